package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.device.Adapters;
import io.ringtap.device.Channels;
import io.ringtap.device.Driver;
import io.ringtap.device.Link;
import io.ringtap.device.LinkAddress;
import io.ringtap.device.LinkCounters;
import io.ringtap.device.LinkEvent;
import io.ringtap.device.LinkMonitor;
import io.ringtap.device.LinkTable;
import io.ringtap.device.Links;
import io.ringtap.device.OperationalState;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the kernel tells of interfaces that the test has made itself.
class DeviceLinksTest {
  private NetworkNamespace here;
  private NetworkNamespace there;

  @BeforeEach
  void makeNamespaces() throws IOException {
    Requirement.root();
    here = NetworkNamespace.create("here");
    there = NetworkNamespace.create("there");
  }

  @AfterEach
  void endNamespaces() {
    if (there != null) {
      there.close();
    }
    if (here != null) {
      here.close();
    }
  }

  private void ip(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words));
    Command.Result result = Command.finish(here.start(command.toArray(String[]::new)));
    assertThat(result.err()).isEmpty();
  }

  @Test
  void knowsTheInterfacesOfTheCallersNamespaceAlone() throws IOException {
    VethPair pair = VethPair.create(here, "va", there, "vb");

    List<Link> links = here.call(Links::all);
    Link end = here.call(() -> Links.byName("va")).orElseThrow();

    assertThat(links).extracting(Link::name).containsExactly("lo", "va");
    assertThat(end.index()).isEqualTo(pair.a().index());
    assertThat(end.hardwareType()).isEqualTo(Link.ETHER);
    assertThat(end.mtu()).isEqualTo(1500);
    assertThat(end.kind()).isEqualTo("veth");
    assertThat(end.hardwareAddress()).isEqualTo(pair.a().mac());
    assertThat(end.peer()).isEqualTo(pair.b().index());
    assertThat(end.isPeerElsewhere()).isTrue();
    assertThat(end.isUp()).isTrue();
    assertThat(end.operationalState()).isEqualTo(OperationalState.UP);
    assertThat(links.getFirst().isLoopback()).isTrue();
    assertThat(here.call(() -> Links.byIndex(end.index()))).contains(end);
    assertThat(here.call(() -> Links.byName("vb"))).isEmpty();
    assertThat(here.call(() -> Links.byName("a name that is far too long"))).isEmpty();
    assertThat(here.call(() -> Links.byIndex(4711))).isEmpty();
  }

  @Test
  void countsEveryFrame() throws IOException {
    VethPair pair = DeviceFrames.quietCable(here, "va", there, "vb");
    int index = pair.b().index();
    LinkCounters before = there.call(() -> Links.counters(index));

    DeviceFrames.send(pair.a(), 1234, 100);

    LinkCounters after = there.call(() -> Links.counters(index));
    assertThat(after.rxPackets() - before.rxPackets()).isEqualTo(1234);
    assertThat(after.rxBytes() - before.rxBytes()).isEqualTo(123_400);
    assertThat(after.txPackets() - before.txPackets()).isZero();
    assertThat(after.rxErrors()).isZero();
  }

  @Test
  void listsMoreInterfacesThanOneMessageHolds() throws Exception {
    for (int i = 0; i < 60; i++) {
      ip("link", "add", "a" + i, "type", "veth", "peer", "name", "b" + i);
    }

    List<Link> links = here.call(Links::all);

    assertThat(links).hasSize(121);
    assertThat(links).extracting(Link::name).contains("lo", "a0", "b0", "a59", "b59");
    assertThat(links).extracting(Link::index).doesNotHaveDuplicates();
  }

  @Test
  void listsAddressesWithTheirPrefixes() throws IOException {
    VethPair pair = VethPair.create(here, "va", there, "vb");
    pair.a().address("10.1.2.3/20").address("fd00::7/72");

    List<LinkAddress> addresses =
        here.call(() -> {
          try (LinkTable table = LinkTable.open()) {
            return table.addresses();
          }
        });

    int index = pair.a().index();
    assertThat(addresses)
        .filteredOn(address -> address.index() == index)
        .extracting(LinkAddress::toString)
        .contains("10.1.2.3/20", "fd00:0:0:0:0:0:0:7/72");
    assertThat(addresses).extracting(LinkAddress::toString).contains("127.0.0.1/8");
  }

  @Test
  void asksTheDriver() throws IOException {
    VethPair pair = VethPair.create(here, "va", there, "vb");
    long peer = pair.b().index();
    try (Adapters adapters = here.call(Adapters::open)) {
      // The socket belongs to the namespace, whichever thread asks.
      assertThat(adapters.driver("va")).map(Driver::name).contains("veth");
      assertThat(adapters.channels("va")).map(Channels::receiving).contains(1);
      assertThat(adapters.timeStamping("va"))
          .hasValueSatisfying(stamps -> assertThat(stamps.isSoftwareReceive()).isTrue());
      assertThat(adapters.statistics("va"))
          .filteredOn(statistic -> statistic.name().equals("peer_ifindex"))
          .singleElement()
          .matches(statistic -> statistic.value() == peer);
      assertThat(adapters.queueCounters("va")).hasSize(1);
      assertThat(adapters.driver("nope")).isEmpty();
      assertThat(adapters.offloads("nope")).isEmpty();
      assertThat(adapters.statistics("a name that is far too long")).isEmpty();
      assertThat(adapters.receiveHash("va")).isEmpty();
    }
  }

  @Test
  void hearsOfALifeInOrder() throws Exception {
    try (LinkMonitor monitor = here.call(LinkMonitor::open)) {
      List<LinkEvent> events = new ArrayList<>();
      assertThat(isReadable(monitor)).isFalse();

      ip("link", "add", "va", "type", "veth", "peer", "name", "vb");
      int index = here.link("va").index();
      here.link("va").up();
      here.link("va").down();
      ip("link", "set", "va", "name", "vx");
      here.link("vx").up();
      here.link("vx").delete();
      assertThat(isReadable(monitor)).isTrue();
      monitor.drain(events::add);

      assertThat(events)
          .filteredOn(event -> event.index() == index)
          .containsExactly(
              new LinkEvent.Appeared(index, "va"),
              new LinkEvent.Up(index, "va"),
              new LinkEvent.Down(index, "va"),
              new LinkEvent.Renamed(index, "va", "vx"),
              new LinkEvent.Up(index, "vx"),
              new LinkEvent.Down(index, "vx"),
              new LinkEvent.Vanished(index, "vx"));
      assertThat(isReadable(monitor)).isFalse();
    }
  }

  @Test
  void hearsNothingOfABridgesPortLeaving() throws Exception {
    ip("link", "add", "va", "type", "veth", "peer", "name", "vb");
    ip("link", "add", "br0", "type", "bridge");
    try (LinkMonitor monitor = here.call(LinkMonitor::open)) {
      List<LinkEvent> events = new ArrayList<>();

      ip("link", "set", "va", "master", "br0");
      ip("link", "set", "va", "nomaster");
      monitor.drain(events::add);

      assertThat(events).isEmpty();
    }
  }

  @Test
  void findsOutWhereThingsEndedUpWhenNewsWasLost() throws Exception {
    ip("link", "add", "va", "type", "veth", "peer", "name", "vb");
    int index = here.link("va").index();
    try (LinkMonitor monitor = here.call(LinkMonitor::open)) {
      List<LinkEvent> events = new ArrayList<>();

      // Each tells more than a kilobyte; the socket holds some two hundred.
      for (int i = 0; i < 600; i++) {
        here.link("va").up();
        here.link("va").down();
      }
      ip("link", "set", "va", "name", "vx");
      here.link("vx").up();
      here.link("vb").delete();
      ip("link", "add", "vc", "type", "veth", "peer", "name", "vd");
      monitor.drain(events::add);

      assertThat(events).hasSizeLessThan(1200);
      assertThat(events)
          .filteredOn(event -> event.index() == index)
          .last()
          .isInstanceOf(LinkEvent.Vanished.class);
      assertThat(events).contains(new LinkEvent.Appeared(here.link("vc").index(), "vc"));
      events.clear();
      here.link("vc").up();
      monitor.drain(events::add);
      assertThat(events).containsExactly(new LinkEvent.Up(here.link("vc").index(), "vc"));
    }
  }

  private static boolean isReadable(LinkMonitor monitor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(PollFd.LAYOUT);
      PollFd.set(poll, 0, monitor.number(), PollFd.POLLIN);
      return Libc.poll(CallState.current(), poll, 1, 0) == 1;
    }
  }
}
