package io.ringtap.system.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.device.EthtoolSocket;
import io.ringtap.device.EthtoolSocket.Channels;
import io.ringtap.device.EthtoolSocket.Driver;
import io.ringtap.device.InterfaceAddress;
import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.InterfaceEvent;
import io.ringtap.device.InterfaceMonitor;
import io.ringtap.device.Link;
import io.ringtap.device.NetworkInterface;
import io.ringtap.device.NetworkInterfaces;
import io.ringtap.device.OperationalState;
import io.ringtap.device.RtnetlinkSocket;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.packet.LinkType;
import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
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
class DeviceInterfacesTest {
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

    List<NetworkInterface> all = here.call(NetworkInterfaces::list);
    NetworkInterface found = here.call(() -> NetworkInterfaces.byName("va")).orElseThrow();
    Link end = found.link();

    assertThat(all).extracting(NetworkInterface::name).containsExactly("lo", "va");
    assertThat(end.index()).isEqualTo(pair.a().index());
    assertThat(end.hardwareType()).isEqualTo(Link.ETHER);
    assertThat(end.mtu()).isEqualTo(1500);
    assertThat(end.kind()).isEqualTo("veth");
    assertThat(end.hardwareAddress()).isEqualTo(pair.a().mac());
    assertThat(end.peer()).isEqualTo(pair.b().index());
    assertThat(end.isPeerElsewhere()).isTrue();
    assertThat(end.isUp()).isTrue();
    assertThat(end.operationalState()).isEqualTo(OperationalState.UP);
    assertThat(all.getFirst().isLoopback()).isTrue();
    assertThat(here.call(() -> NetworkInterfaces.byIndex(end.index()))).contains(found);
    assertThat(here.call(() -> NetworkInterfaces.byName("vb"))).isEmpty();
    assertThat(here.call(() -> NetworkInterfaces.byName("a name that is far too long"))).isEmpty();
    assertThat(here.call(() -> NetworkInterfaces.byIndex(4711))).isEmpty();
  }

  @Test
  void countsEveryFrame() throws IOException {
    VethPair pair = DeviceFrames.quietCable(here, "va", there, "vb");
    int index = pair.b().index();
    InterfaceCounters before = there.call(() -> NetworkInterfaces.counters(index));

    DeviceFrames.send(pair.a(), 1234, 100);

    InterfaceCounters after = there.call(() -> NetworkInterfaces.counters(index));
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

    List<NetworkInterface> all = here.call(NetworkInterfaces::list);

    assertThat(all).hasSize(121);
    assertThat(all).extracting(NetworkInterface::name).contains("lo", "a0", "b0", "a59", "b59");
    assertThat(all).extracting(NetworkInterface::index).doesNotHaveDuplicates();
  }

  @Test
  void listsAddressesWithTheirPrefixes() throws IOException {
    VethPair pair = VethPair.create(here, "va", there, "vb");
    pair.a().address("10.1.2.3/20").address("fd00::7/72");

    List<InterfaceAddress> addresses =
        here.call(() -> {
          try (RtnetlinkSocket socket = RtnetlinkSocket.open()) {
            return socket.addresses();
          }
        });

    int index = pair.a().index();
    assertThat(addresses)
        .filteredOn(address -> address.index() == index)
        .extracting(InterfaceAddress::toString)
        .contains("10.1.2.3/20", "fd00:0:0:0:0:0:0:7/72");
    assertThat(addresses).extracting(InterfaceAddress::toString).contains("127.0.0.1/8");
  }

  @Test
  void joinsAddressesToTheirInterfaces() throws IOException {
    VethPair pair = VethPair.create(here, "va", there, "vb");
    pair.a().address("10.1.2.3/20").address("fd00::7/72");

    List<NetworkInterface> all = here.call(NetworkInterfaces::list);

    NetworkInterface loopback = all.getFirst();
    NetworkInterface end = all.getLast();
    assertThat(loopback.name()).isEqualTo("lo");
    assertThat(loopback.addresses()).extracting(InterfaceAddress::toString).contains("127.0.0.1/8");
    assertThat(loopback.linkType()).isEqualTo(LinkType.ETHERNET);
    assertThat(end.name()).isEqualTo("va");
    assertThat(end.index()).isEqualTo(pair.a().index());
    assertThat(end.state()).isEqualTo(OperationalState.UP);
    assertThat(end.addresses())
        .allMatch(address -> address.index() == end.index())
        .extracting(InterfaceAddress::toString)
        .contains("10.1.2.3/20", "fd00:0:0:0:0:0:0:7/72")
        .doesNotContain("127.0.0.1/8");
    assertThat(here.call(() -> NetworkInterfaces.byName("va"))).contains(end);
  }

  @Test
  void asksTheDriver() throws IOException {
    VethPair pair = VethPair.create(here, "va", there, "vb");
    long peer = pair.b().index();
    try (EthtoolSocket ethtool = here.call(EthtoolSocket::open)) {
      // The socket belongs to the namespace, whichever thread asks.
      assertThat(ethtool.driver("va")).map(Driver::name).contains("veth");
      assertThat(ethtool.channels("va")).map(Channels::receiving).contains(1);
      assertThat(ethtool.timeStamping("va"))
          .hasValueSatisfying(stamps -> assertThat(stamps.isSoftwareReceive()).isTrue());
      assertThat(ethtool.statistics("va"))
          .filteredOn(statistic -> statistic.name().equals("peer_ifindex"))
          .singleElement()
          .matches(statistic -> statistic.value() == peer);
      assertThat(ethtool.queueCounters("va")).hasSize(1);
      assertThat(ethtool.driver("nope")).isEmpty();
      assertThat(ethtool.offloads("nope")).isEmpty();
      assertThat(ethtool.statistics("a name that is far too long")).isEmpty();
      assertThat(ethtool.receiveHash("va")).isEmpty();
    }
  }

  @Test
  void hearsOfALifeInOrder() throws Exception {
    try (InterfaceMonitor monitor = here.call(InterfaceMonitor::open)) {
      List<InterfaceEvent> events = new ArrayList<>();
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
              new InterfaceEvent.Appeared(index, "va"),
              new InterfaceEvent.Up(index, "va"),
              new InterfaceEvent.Down(index, "va"),
              new InterfaceEvent.Renamed(index, "va", "vx"),
              new InterfaceEvent.Up(index, "vx"),
              new InterfaceEvent.Down(index, "vx"),
              new InterfaceEvent.Vanished(index, "vx"));
      assertThat(isReadable(monitor)).isFalse();
    }
  }

  @Test
  void hearsNothingOfABridgesPortLeaving() throws Exception {
    ip("link", "add", "va", "type", "veth", "peer", "name", "vb");
    ip("link", "add", "br0", "type", "bridge");
    try (InterfaceMonitor monitor = here.call(InterfaceMonitor::open)) {
      List<InterfaceEvent> events = new ArrayList<>();

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
    try (InterfaceMonitor monitor = here.call(InterfaceMonitor::open)) {
      List<InterfaceEvent> events = new ArrayList<>();

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
          .isInstanceOf(InterfaceEvent.Vanished.class);
      assertThat(events).contains(new InterfaceEvent.Appeared(here.link("vc").index(), "vc"));
      events.clear();
      here.link("vc").up();
      monitor.drain(events::add);
      assertThat(events).containsExactly(new InterfaceEvent.Up(here.link("vc").index(), "vc"));
    }
  }

  private static boolean isReadable(InterfaceMonitor monitor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(PollFd.LAYOUT);
      PollFd.set(poll, 0, monitor.number(), PollFd.POLLIN);
      return Libc.poll(CallState.current(), poll, 1, 0) == 1;
    }
  }
}
