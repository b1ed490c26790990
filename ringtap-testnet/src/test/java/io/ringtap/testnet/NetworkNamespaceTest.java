package io.ringtap.testnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.host.VirtualHosts;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@RequiresRoot
class NetworkNamespaceTest {
  private static final Path NET = Path.of("/proc/thread-self/net/dev");

  @Test
  void hasNothingButALoopbackThatIsUp() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("empty");
        EchoSocket socket = EchoSocket.open(namespace, false)) {
      socket.send("127.0.0.1", 1, 7, new byte[8]);

      assertThat(socket.receive(5_000).orElseThrow().sequence()).isEqualTo(7);
      assertThat(namespace.<List<String>, IOException>call(() -> interfaces())).containsOnly("lo");
    }
  }

  @Test
  void leavesTheHostsInterfacesAlone() throws Exception {
    List<String> before = interfaces();

    try (NetworkNamespace namespace = NetworkNamespace.create("apart");
        VirtualHosts hosts = VirtualHosts.start(namespace, "rt-apart", 1)) {
      hosts.link().up();

      assertThat(interfaces()).isEqualTo(before);
    }
  }

  @Test
  void carriesCablesBetweenNamespaces() throws Exception {
    try (NetworkNamespace left = NetworkNamespace.create("left");
        NetworkNamespace right = NetworkNamespace.create("right")) {
      VethPair cable = VethPair.create(left, "a0", right, "b0");
      cable.a().address("10.9.0.1/24").address("fd00:9::1/64");
      cable.b().address("10.9.0.2/24").address("fd00:9::2/64");

      assertThat(answerFrom(left, "10.9.0.2")).isEqualTo("10.9.0.2");
      assertThat(answerFrom(left, "fd00:9::2")).isEqualTo("fd00:9:0:0:0:0:0:2");
      long sent = cable.a().counters().txPackets();
      long received = cable.b().counters().rxPackets();
      assertThat(sent).isPositive();
      // The kernel may send its own packets at any time.
      assertThat(received).isBetween(sent, cable.a().counters().txPackets());
    }
  }

  @Test
  void answersForAWholeLocalPrefixBehindAGateway() throws Exception {
    try (NetworkNamespace left = NetworkNamespace.create("left");
        NetworkNamespace right = NetworkNamespace.create("right")) {
      VethPair cable = VethPair.create(left, "a0", right, "b0");
      cable.a().address("10.9.0.1/24").address("fd00:9::1/64");
      cable.b().address("10.9.0.2/24").address("fd00:9::2/64");
      left.routes().via("10.200.0.0/16", "10.9.0.2").via("fd00:200::/32", "fd00:9::2");
      right.routes().local("10.200.0.0/16").local("fd00:200::/32");

      assertThat(answerFrom(left, "10.200.77.1")).isEqualTo("10.200.77.1");
      assertThat(answerFrom(left, "fd00:200::77")).isEqualTo("fd00:200:0:0:0:0:0:77");
    }
  }

  @Test
  void refusesWhatItsRoutesRefuse() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("refusing");
        EchoSocket socket = EchoSocket.open(namespace, false)) {
      namespace.routes().blackhole("10.1.0.0/16").unreachable("10.2.0.0/16").prohibit("10.3.3.3");

      assertThatThrownBy(() -> socket.send("10.1.0.1", 1, 1, new byte[0]))
          .hasMessageContaining("EINVAL");
      assertThatThrownBy(() -> socket.send("10.2.0.1", 1, 1, new byte[0]))
          .hasMessageContaining("EHOSTUNREACH");
      assertThatThrownBy(() -> socket.send("10.3.3.3", 1, 1, new byte[0]))
          .hasMessageContaining("EACCES");
    }
  }

  @Test
  void knowsAPermanentNeighbourWithoutAsking() throws Exception {
    try (NetworkNamespace left = NetworkNamespace.create("left");
        NetworkNamespace right = NetworkNamespace.create("right")) {
      VethPair cable = VethPair.create(left, "a0", right, "b0");
      cable.a().address("10.9.0.1/24").neighbour("10.9.0.2", cable.b().mac());
      cable.b().address("10.9.0.2/24").neighbour("10.9.0.1", cable.a().mac());
      left.sysctl("net.ipv4.neigh.a0.mcast_solicit", "0");

      assertThat(answerFrom(left, "10.9.0.2")).isEqualTo("10.9.0.2");
    }
  }

  @Test
  void takesALinkDownAndDeletesIt() throws Exception {
    try (NetworkNamespace left = NetworkNamespace.create("left");
        NetworkNamespace right = NetworkNamespace.create("right");
        EchoSocket socket = EchoSocket.open(left, false)) {
      VethPair cable = VethPair.create(left, "a0", right, "b0");
      cable.a().mtu(1280).address("10.9.0.1/24");

      cable.a().down();

      assertThatThrownBy(() -> socket.send("10.9.0.2", 1, 1, new byte[0]))
          .hasMessageContaining("ENETUNREACH");

      cable.b().delete();

      assertThatThrownBy(() -> cable.a().up())
          .isInstanceOfSatisfying(
              LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV))
          .hasMessageContaining("RTM_NEWLINK up for a0 in network namespace 'left'");
    }
  }

  @Test
  void saysWhatTheKernelSaysAgainstARequest() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("wordy")) {
      assertThatThrownBy(() -> namespace.routes().via("10.0.0.0/8", "192.0.2.1"))
          .isInstanceOf(LinuxException.class)
          .hasMessageContaining("RTM_NEWROUTE 10.0.0.0/8")
          .hasMessageContaining("ENETUNREACH")
          .hasMessageContaining("invalid gateway");
      assertThatThrownBy(() -> namespace.link("lo").mtu(-1)).isInstanceOf(LinuxException.class);
      assertThatThrownBy(() -> namespace.link("lo").address("10.0.0.1/33"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("0 to 32, not 33");
    }
  }

  @Test
  void setsKernelParametersOfItsOwnOnly() throws Exception {
    Path hopLimit = Path.of("/proc/sys/net/ipv4/ip_default_ttl");
    List<String> hosts = Files.readAllLines(hopLimit);

    try (NetworkNamespace namespace = NetworkNamespace.create("own")) {
      namespace.sysctl("net.ipv4.ip_default_ttl", "42");

      assertThat(Files.readAllLines(hopLimit)).isEqualTo(hosts);
      assertThat(namespace.<List<String>, IOException>call(() -> Files.readAllLines(hopLimit)))
          .containsExactly("42");
      assertThatThrownBy(() -> namespace.sysctl("net.ipv4.no_such", "1"))
          .isInstanceOf(LinuxException.class)
          .hasMessageContaining("sysctl net.ipv4.no_such=1")
          .hasMessageContaining("ENOENT");
      assertThatThrownBy(() -> namespace.sysctl("kernel.hostname", "x"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void passesExceptionsOnWithTheirType() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("throwing")) {
      EOFException checked = new EOFException("checked");
      AssertionError error = new AssertionError("error");

      assertThatThrownBy(() ->
              namespace.run(() -> {
                throw checked;
              }))
          .isSameAs(checked);
      assertThatThrownBy(() ->
              namespace.run(() -> {
                throw error;
              }))
          .isSameAs(error);
      assertThat(namespace.call(() -> namespace.call(() -> "nested"))).isEqualTo("nested");
    }
  }

  @Test
  void runsOtherProgramsInside() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create("inside")) {
      Process process = namespace.start("cat", "/proc/self/net/dev");
      List<String> devices = process.inputReader(StandardCharsets.UTF_8).readAllLines();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(names(devices)).containsOnly("lo");
    }
  }

  @Test
  void givesBackItsDescriptorsAndItsThread() throws Exception {
    roundTrip();
    long descriptors = descriptors();

    for (int i = 0; i < 3; i++) {
      roundTrip();
    }

    assertThat(descriptors()).isEqualTo(descriptors);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("netns leak"));
  }

  @Test
  void refusesWorkAfterCloseAndClosesTwice() throws Exception {
    NetworkNamespace namespace = NetworkNamespace.create("closed");
    namespace.close();

    namespace.close();

    assertThatThrownBy(() -> namespace.call(() -> 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(namespace::enter).isInstanceOf(IllegalStateException.class);
  }

  private static void roundTrip() throws IOException {
    try (NetworkNamespace left = NetworkNamespace.create("leak left");
        NetworkNamespace right = NetworkNamespace.create("leak right");
        VirtualHosts hosts = VirtualHosts.start(left, "tun0", 1)) {
      VethPair.create(left, "a0", right, "b0").a().address("10.9.0.1/24");
      hosts.link().up();
      assertThatThrownBy(() -> VirtualHosts.start(left, "a0", 1))
          .isInstanceOf(LinuxException.class);
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static List<String> interfaces() throws IOException {
    return names(Files.readAllLines(NET));
  }

  /// The interfaces in the table of proc_pid_net(5), which has two lines of headings.
  private static List<String> names(List<String> lines) {
    return lines.stream()
        .skip(2)
        .map(line -> line.substring(0, line.indexOf(':')).strip())
        .toList();
  }

  private static String answerFrom(NetworkNamespace namespace, String to) throws IOException {
    try (EchoSocket socket = EchoSocket.open(namespace, to.contains(":"))) {
      socket.send(to, 1, 1, new byte[16]);
      return socket.receive(5_000).orElseThrow().from();
    }
  }
}
