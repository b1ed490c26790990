package io.ringtap.system.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.device.NetworkInterface;
import io.ringtap.device.NetworkInterfaces;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.Checksum;
import io.ringtap.packet.Frame;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.ping.shield.EchoShield;
import io.ringtap.system.Command;
import io.ringtap.system.ForeignXdp;
import io.ringtap.system.FrameSender;
import io.ringtap.system.JsonLines;
import io.ringtap.system.KernelObjects;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.testnet.load.EchoTraffic;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Echo replies that nobody here asked for end at the interface; all others arrive, whoever asked.
@RequiresRoot
class EchoShieldTest {
  private static final String HERE = "10.6.0.1";
  private static final String THERE = "10.6.0.2";
  private static final int FLOOD = 100_000;

  private final List<EchoShield.State> states = new CopyOnWriteArrayList<>();
  private NetworkNamespace here;
  private NetworkNamespace there;
  private VethPair cable;

  @BeforeEach
  void layACable() throws IOException {
    here = NetworkNamespace.create("shield-here");
    there = NetworkNamespace.create("shield-there");
    cable = VethPair.create(here, "in0", there, "out0");
    cable.a().address(HERE + "/24");
    cable.b().address(THERE + "/24");
    cable.a().neighbour(THERE, cable.b().mac());
    cable.b().neighbour(HERE, cable.a().mac());
  }

  @AfterEach
  void remove() {
    there.close();
    here.close();
  }

  private EchoShield shield() throws Exception {
    EchoShield shield =
        here.call(() -> {
          NetworkInterface on = NetworkInterfaces.byName("in0").orElseThrow();
          return EchoShield.open(on, states::add);
        });
    shield.awaitLearned();
    return shield;
  }

  /// Replies from the host that is pinged, with 4096 identifiers that nobody here has. They come
  /// over the cable, which carries them only to a program at its end.
  private RunningLoad flood(long frames, long rate) throws IOException {
    return replies(FrameLoad.on(cable.b()).outgoing(), frames, rate);
  }

  /// The same, as if they had come over the cable.
  private RunningLoad arrivals(long frames) throws IOException {
    return replies(FrameLoad.on(cable.a()), frames, 0);
  }

  private RunningLoad replies(FrameLoad load, long frames, long rate) throws IOException {
    load.echo(new EchoTraffic(true, cable.a().mac(), HERE, THERE, 1, freeIdentifier(), 4096));
    return load.size(98).frames(frames).rate(rate).cpus(0).start();
  }

  /// Far from those of the processes that ping here: these have process numbers as identifiers.
  private static int freeIdentifier() {
    return (int) (ProcessHandle.current().pid() + (1 << 15)) & 0xf000;
  }

  /// Echo replies that the stack of this host has seen (`/proc/net/snmp`).
  private long repliesSeen() throws IOException {
    List<String> lines =
        here.call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/snmp"))).stream()
            .filter(line -> line.startsWith("Icmp:"))
            .toList();
    List<String> names = List.of(lines.getFirst().split(" ", -1));
    return Long.parseLong(lines.getLast().split(" ", -1)[names.indexOf("InEchoReps")]);
  }

  @Test
  void endsForeignRepliesBeforeTheStackSeesThem() throws Exception {
    try (EchoShield shield = shield()) {
      assertThat(shield.state().reason()).isEmpty();
      assertThat(shield.state().isUp()).isTrue();

      try (RunningLoad load = flood(FLOOD, 0)) {
        load.await();
        assertThat(load.injected()).isEqualTo(FLOOD);
      }

      Eventually.await(
          "all of it has been dropped",
          () -> shield.counts().equals(new EchoShield.Counts(FLOOD, 0)));
      assertThat(repliesSeen()).isZero();
    }
    try (RunningLoad load = arrivals(1000)) { // and once it is closed, all arrive
      load.await();
    }
    Eventually.await("all of it has arrived", () -> repliesSeen() == 1000);
  }

  /// A namespace behind this host, whose packets leave with this host's address.
  private NetworkNamespace container() throws Exception {
    NetworkNamespace container = NetworkNamespace.create("shield-container");
    VethPair inside = VethPair.create(here, "bridge0", container, "eth0");
    inside.a().address("10.7.0.1/24");
    inside.b().address("10.7.0.2/24");
    container.routes().via("0.0.0.0/0", "10.7.0.1");
    here.sysctl("net.ipv4.ip_forward", "1");
    Process nft =
        here.start(
            "nft",
            "add table ip t; add chain ip t post { type nat hook postrouting priority srcnat; };"
                + " add rule ip t post oifname in0 masquerade");
    assertThat(nft.waitFor()).isZero();
    return container;
  }

  private static void assertAllAnswered(Process ping) {
    assertThat(ping.inputReader().lines()).anyMatch(line -> line.contains(" 0% packet loss"));
  }

  @Test
  void keepsTheRepliesOfWhoeverAsked() throws Exception {
    Requirement.tool("nft");
    here.sysctl("net.ipv4.ping_group_range", "0 0"); // so that ping needs no raw socket
    String[] ping = {"ping", "-n", "-c", "20", "-i", "0.05", THERE};
    try (NetworkNamespace container = container();
        EchoShield shield = shield();
        RunningLoad _ = flood(Long.MAX_VALUE, 50_000)) {
      Process datagram = here.start(ping);
      Process translated = container.start(ping); // its replies come to an address of this host
      Process sixth =
          here.start("ping", "-6", "-n", "-c", "5", "-i", "0.05", "ff02::1%in0"); // from others
      assertAllAnswered(datagram);
      assertAllAnswered(translated);
      assertThat(sixth.waitFor()).isZero();
      assertThat(states).containsExactly(new EchoShield.State(true, "")); // was never down
      assertThat(shield.counts().dropped()).isPositive();
      assertThat(shield.counts().passed()).isZero();

      here.sysctl("net.ipv4.ping_group_range", "1 0");
      do {
        assertAllAnswered(here.start(ping)); // by a raw socket, which the shield sees at some time
      } while (states.size() == 1);
      Eventually.await("it is up again", () -> shield.state().isUp());
      assertThat(states.get(1).reason()).contains("raw ICMP socket");
    }
  }

  @Test
  void isDownWhileAnotherProcessCaptures() throws Exception {
    try (EchoShield shield = shield();
        RunningLoad _ = flood(Long.MAX_VALUE, 10_000)) {
      Eventually.await("it drops", () -> shield.counts().dropped() > 0);
      assertThat(shield.counts().passed()).isZero();

      do {
        Process tcpdump =
            here.start("tcpdump", "-i", "in0", "-c", "1000", "-w", "/dev/null", "icmp[0] = 0");
        assertThat(tcpdump.waitFor()).isZero(); // it has seen a thousand of them
      } while (states.size() == 1); // until the shield has seen it too
      assertThat(states.get(1))
          .isEqualTo(new EchoShield.State(false, "another process captures packets there"));
      Eventually.await("it is up again", () -> shield.state().isUp());
      long passed = shield.counts().passed();
      assertThat(passed).isGreaterThanOrEqualTo(1000);
      long dropped = shield.counts().dropped();
      Eventually.await("it drops again", () -> shield.counts().dropped() > dropped);
      assertThat(shield.counts().passed()).isEqualTo(passed);
    }
  }

  /// An echo reply, from the Ethernet header on.
  private byte[] reply() throws IOException {
    String macs = cable.a().mac().replace(":", "") + cable.b().mac().replace(":", "");
    byte[] frame =
        HexFormat.of().parseHex(macs + "0800" + "00".repeat(20) + "0000" + "00".repeat(14));
    frame[38] = (byte) (freeIdentifier() >> 8);
    MemorySegment memory = MemorySegment.ofArray(frame);
    Ipv4Header.write(memory, 14, 0, 36, 0, 64, IpProtocol.ICMP, 0x0a060002, 0x0a060001);
    int sum = ~Checksum.fold(Checksum.sum(memory, 34, 16)) & 0xffff;
    frame[36] = (byte) (sum >> 8);
    frame[37] = (byte) sum;
    return frame;
  }

  private static byte[] with(byte[] frame, int at, String hex) {
    byte[] other = frame.clone();
    byte[] bytes = HexFormat.of().parseHex(hex);
    System.arraycopy(bytes, 0, other, at, bytes.length);
    return other;
  }

  private static byte[] inserted(byte[] frame, int at, String hex) {
    String text = HexFormat.of().formatHex(frame);
    return HexFormat.of().parseHex(text.substring(0, 2 * at) + hex + text.substring(2 * at));
  }

  private static String hex(Frame packet) {
    MemorySegment bytes = packet.memory().asSlice(packet.offset(), packet.caplen());
    return HexFormat.of().formatHex(bytes.toArray(ValueLayout.JAVA_BYTE));
  }

  @Test
  void passesAllButPlainRepliesToItsOwnAddresses() throws Exception {
    cable.a().address("fd06::1/64");
    byte[] plain = reply();
    byte[] sixth = // fd06::2 to fd06::1
        HexFormat.of()
            .parseHex(
                HexFormat.of().formatHex(Arrays.copyOf(plain, 12))
                    + "86dd6000000000083a40fd060000000000000000000000000002"
                    + "fd0600000000000000000000000000018100000"
                    + "0f0010001");
    List<byte[]> others =
        List.of(
            inserted(plain, 12, "81000007"), // in a VLAN
            with(plain, 0, "02aaaaaaaaaa"), // to another card
            with(plain, 30, "0a060009"), // to another address
            with(plain, 20, "2000"), // the first of several fragments
            with(plain, 20, "0001"), // a later one
            inserted(with(plain, 14, "46"), 34, "01010101"), // with options
            with(plain, 34, "08"), // a request
            with(plain, 34, "0e"), // a timestamp reply
            with(plain, 23, "11"), // UDP
            Arrays.copyOf(plain, 40), // cut
            with(sixth, 53, "09"), // to another address
            with(sixth, 54, "80"), // a request
            inserted(with(sixth, 20, "00"), 54, "3a00010400000000")); // with a hop-by-hop header
    CaptureOptions options = CaptureOptions.on("in0");
    List<String> seen = new CopyOnWriteArrayList<>();
    try (EchoShield shield = shield();
        Capture capture = here.call(() -> Capture.open(options));
        FrameSender sender = FrameSender.on(cable.b())) {
      capture.start(packet -> seen.add(hex(packet)));
      assertThat(shield.state().isUp()).isTrue(); // for this process's own sockets do not count
      sender.send(plain, sixth);
      sender.send(others.toArray(byte[][]::new));

      for (byte[] other : others) {
        String text = HexFormat.of().formatHex(other);
        Eventually.await(text + " has passed", () -> seen.contains(text));
      }
      Eventually.await("two are dropped", () -> shield.counts().dropped() == 2);
      assertThat(seen)
          .doesNotContain(HexFormat.of().formatHex(plain), HexFormat.of().formatHex(sixth));
      assertThat(shield.counts().passed()).isZero();
    }
  }

  @Test
  void leavesTheProgramOfOthersAndOpensNothing() throws Exception {
    try (ForeignXdp theirs = ForeignXdp.on(cable.a())) {
      OpenDescriptors.assertNoneLeft(() ->
          assertThatThrownBy(() -> shield().close())
              .isInstanceOf(LinuxException.class)
              .hasMessageContaining("XDP on in0")
              .hasMessageContaining(theirs.refusal()));
    }
  }

  @Test
  void theCommandHasItsRepliesAndLeavesNothingWhenItIsKilled() throws Exception {
    Command ringtap = new Command(here);
    List<String> err = new ArrayList<>();
    Process process = ringtap.start("ping", "--shield", "--json", "-i", "50ms", THERE);
    KernelObjects objects;
    try (BufferedReader out = process.inputReader();
        BufferedReader errors = process.errorReader()) {
      err.add(errors.readLine());
      err.add(errors.readLine());
      List<String> lines = new ArrayList<>();
      try (RunningLoad _ = flood(Long.MAX_VALUE, 50_000)) {
        for (int i = 0; i < 10; i++) {
          lines.add(out.readLine());
        }
        objects = KernelObjects.of(process.toHandle());
      }
      assertThat(JsonLines.parse(lines)).extracting(line -> line.get("type")).containsOnly("reply");
      boolean _ = process.toHandle().destroyForcibly(); // SIGKILL
      process.waitFor();
    }
    assertThat(err)
        .containsExactly(
            "ringtap ping: in0: XDP in native mode; looks for 2 s what others on this host send",
            "ringtap ping: in0 is shielded from foreign echo replies");
    assertThat(objects.ids()).containsKeys("prog_id", "map_id", "link_id");
    Eventually.await("nothing is left in the kernel", objects::areGone);
    long before = repliesSeen();
    try (RunningLoad load = arrivals(100)) {
      load.await();
    }
    Eventually.await("replies arrive again", () -> repliesSeen() == before + 100);

    Command.Result ended = ringtap.run("ping", "--shield", "-c", "1", "-q", THERE);
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.err())
        .contains("in0: 0 foreign echo replies dropped, 0 passed while it was not shielded");
    Command.Result refused = ringtap.run("ping", "--shield", "-c", "1", "127.0.0.1");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .containsExactly("ringtap ping: --shield is for Ethernet, which lo is not");
  }
}
