package io.ringtap.system.sweep;

import static io.ringtap.system.sweep.SweepNetwork.HOSTS;
import static io.ringtap.system.sweep.SweepNetwork.OPTIONS;
import static io.ringtap.system.sweep.SweepNetwork.SIZE;
import static io.ringtap.system.sweep.SweepNetwork.addresses;
import static io.ringtap.system.sweep.SweepNetwork.targets;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.packet.Direction;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.ping.StampSource;
import io.ringtap.send.Pace;
import io.ringtap.sweep.SenderKind;
import io.ringtap.sweep.Sweep;
import io.ringtap.sweep.SweepAnswer.Kind;
import io.ringtap.sweep.SweepAnswer.Novelty;
import io.ringtap.sweep.SweepCounters;
import io.ringtap.sweep.SweepOptions;
import io.ringtap.sweep.SweepProbe;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.RequiresRoot;
import io.ringtap.testnet.host.HostBehaviour;
import io.ringtap.testnet.host.IcmpError;
import io.ringtap.testnet.host.VirtualHosts;
import io.ringtap.testnet.load.EchoTraffic;
import io.ringtap.testnet.load.FrameLoad;
import io.ringtap.testnet.load.RunningLoad;
import io.ringtap.testnet.responder.AnswerRule;
import io.ringtap.testnet.responder.ResponderCounter;
import io.ringtap.testnet.responder.XdpResponder;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sweeps of hosts of which is known who answers, judged by what these have counted and by the
/// kernel.
@RequiresRoot
class SweepTest {
  /// For hosts that a thread simulates, which a busy machine may hold up.
  private static final SweepOptions PATIENT = OPTIONS.withTimeout(Duration.ofSeconds(2));

  private SweepNetwork network;

  @BeforeEach
  void open() throws Exception {
    network = SweepNetwork.open();
  }

  @AfterEach
  void close() {
    network.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"RAW", "PACKET", "XDP"})
  void findsEachAddressThatAnswersOnce(SenderKind kind) throws Exception {
    AnswerRule rule = AnswerRule.ALL.withSilent(300);
    Heard heard = new Heard();
    network.route(HOSTS);
    try (XdpResponder hosts = XdpResponder.attach(network.cable, HOSTS, rule)) {

      SweepCounters counters = network.run(targets(HOSTS), OPTIONS.withSender(kind), heard);

      assertThat(heard.found()).isEqualTo(addresses(HOSTS, address -> !rule.isSilent(address)));
      assertThat(counters.sent()).isEqualTo(SIZE);
      assertThat(hosts.counters())
          .containsEntry(ResponderCounter.ECHO_REPLIES, counters.found())
          .containsEntry(ResponderCounter.SILENT, SIZE - counters.found());
      assertThat(counters.duplicates() + counters.invalid() + counters.refused()).isZero();
      assertThat(heard.all())
          .allMatch(answer -> answer.rttNanos() >= 0)
          .allMatch(answer -> answer.stamps() == StampSource.KERNEL_RECEIVE);
    }
  }

  @Test
  void probesAgainOnlyThoseThatHaveNotAnswered() throws Exception {
    AnswerRule rule = AnswerRule.ALL.withSilent(100).withDeaf(300, 1);
    int deaf = addresses(HOSTS, rule::isDeaf).size();
    Heard heard = new Heard();
    network.route(HOSTS);
    try (XdpResponder hosts = XdpResponder.attach(network.cable, HOSTS, rule)) {

      SweepCounters counters = network.run(targets(HOSTS), OPTIONS.withRetries(2), heard);

      Set<IpAddress> answering = addresses(HOSTS, address -> !rule.isSilent(address));
      assertThat(heard.found()).isEqualTo(answering);
      int silent = SIZE - answering.size();
      assertThat(hosts.counters()).containsEntry(ResponderCounter.DEAF, (long) deaf);
      assertThat(counters.resent()).isEqualTo(deaf + 2L * silent);
      assertThat(counters.sent()).isEqualTo(SIZE + counters.resent());
      assertThat(heard.all().stream().filter(answer -> answer.attempt() == 1)).hasSize(deaf);
    }
  }

  @Test
  void tellsAnswersToFurtherProbesFromDuplicates() throws Exception {
    Heard heard = new Heard();
    network.route(HOSTS);
    try (XdpResponder _ = XdpResponder.attach(network.cable, HOSTS, AnswerRule.ALL)) {

      SweepCounters counters = network.run(targets(HOSTS), OPTIONS.withProbes(3), heard);

      assertThat(counters.sent()).isEqualTo(3 * SIZE);
      assertThat(counters.found()).isEqualTo(SIZE);
      assertThat(counters.repeats()).isEqualTo(2 * SIZE);
      assertThat(counters.duplicates()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RAW", "PACKET", "XDP"})
  void tellsOpenPortsFromClosedOnes(SenderKind kind) throws Exception {
    Heard heard = new Heard();
    network.route(HOSTS);
    AnswerRule rule = AnswerRule.ALL.withOpenPorts(Set.of(443));
    SweepOptions options = OPTIONS.withProbe(SweepProbe.syn()).withSender(kind);
    try (XdpResponder hosts = XdpResponder.attach(network.cable, HOSTS, rule)) {

      SweepCounters counters = network.run(targets(HOSTS, 80, 443), options, heard);

      assertThat(counters.found()).isEqualTo(2 * SIZE);
      assertThat(counters.open()).isEqualTo(SIZE);
      assertThat(heard.of(Kind.SYN_ACK)).hasSize(SIZE).allMatch(answer -> answer.port() == 443);
      assertThat(heard.of(Kind.RST)).hasSize(SIZE).allMatch(answer -> answer.port() == 80);
      assertThat(heard.all()).allMatch(answer -> answer.rttNanos() >= 0);
      assertThat(hosts.counters())
          .containsEntry(ResponderCounter.SYN_ACKS, (long) SIZE)
          .containsEntry(ResponderCounter.RESETS, (long) SIZE);
      // The kernel accepted the SYN-ACKs' checksums, and answered them with RST.
      assertThat(resetsSent()).isEqualTo(SIZE);
    }
  }

  /// `OutRsts` of the sweeping namespace (`/proc/net/snmp`).
  private long resetsSent() throws Exception {
    List<String> lines =
        network.near.call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/snmp")));
    List<List<String>> tcp =
        lines.stream()
            .filter(line -> line.startsWith("Tcp:"))
            .map(line -> List.of(line.split(" ", -1)))
            .toList();
    return Long.parseLong(tcp.getLast().get(tcp.getFirst().indexOf("OutRsts")));
  }

  @Test
  void agreesWithTheKernelsOwnTcp() throws Exception {
    Heard heard = new Heard();
    network.route("10.65.0.0/28");
    network.far.routes().local("10.65.0.0/28");
    try (ServerSocket listening = network.far.call(ServerSocket::new)) {
      network.far.run(() ->
          listening.bind(new InetSocketAddress(IpAddress.parse("10.65.0.5").toInetAddress(), 0)));
      int port = listening.getLocalPort();
      SweepOptions options = OPTIONS.withProbe(SweepProbe.syn());

      SweepCounters counters = network.run(targets("10.65.0.0/28", port), options, heard);

      assertThat(counters.found()).isEqualTo(16);
      assertThat(heard.of(Kind.SYN_ACK))
          .singleElement()
          .satisfies(
              answer -> assertThat(answer.address()).isEqualTo(IpAddress.parse("10.65.0.5")));
      assertThat(heard.of(Kind.RST)).hasSize(15);
    }
  }

  @Test
  void isUnderstoodByTheKernelOverIpv6() throws Exception {
    String hosts = "2001:db8:6::/123";
    network.route(hosts);
    network.far.routes().local(hosts);
    network.far.sysctl("net.ipv6.icmp.ratelimit", "0");

    SweepCounters echo = network.run(targets(hosts), OPTIONS, new Heard());
    SweepCounters syn =
        network.run(targets(hosts, 22), OPTIONS.withProbe(SweepProbe.syn()), new Heard());
    Heard refused = new Heard();
    SweepCounters udp =
        network.run(targets(hosts, 9), OPTIONS.withProbe(SweepProbe.udp(new byte[5])), refused);

    assertThat(echo.found()).isEqualTo(32);
    assertThat(syn.found()).isEqualTo(32);
    assertThat(syn.open()).isZero();
    assertThat(udp.errors()).isEqualTo(32);
    assertThat(refused.all())
        .allMatch(answer -> answer.type() == 1 && answer.code() == 4) // port unreachable
        .allMatch(answer -> answer.from().equals(IpAddress.parse(SweepNetwork.ROUTER6)))
        .allMatch(answer -> answer.port() == 9);
  }

  @Test
  void measuresTheTimeThatTheWireShows() throws Exception {
    Map<Integer, Long> departures = new ConcurrentHashMap<>();
    Map<Integer, Long> arrivals = new ConcurrentHashMap<>();
    Heard heard = new Heard();
    network.route("10.66.0.0/24");
    CaptureOptions echoes = CaptureOptions.on("near0").withFilter("icmp");
    SweepOptions options = PATIENT.withSender(SenderKind.RAW).withPace(Pace.packetsPerSecond(1000));
    try (VirtualHosts hosts = VirtualHosts.start(network.far, "hosts0", 7);
        Capture capture = network.near.call(() -> Capture.open(echoes))) {
      hosts
          .own("10.66.0.0/24")
          .behave(
              "10.66.0.0/24",
              HostBehaviour.PROMPT.delay(Duration.ofMillis(5)).jitter(Duration.ofMillis(20)));
      capture.start(packet -> {
        long ip = packet.offset() + EthernetHeader.BYTES;
        int source = Ipv4Header.source(packet.memory(), ip);
        int destination = Ipv4Header.destination(packet.memory(), ip);
        boolean departs = packet.direction() == Direction.OUTGOING;
        (departs ? departures : arrivals).put(departs ? destination : source, packet.epochNanos());
      });

      assertThat(network.run(targets("10.66.0.0/24"), options, heard).found()).isEqualTo(256);
      capture.stop();
      capture.await();
    }

    long leastError = Long.MAX_VALUE;
    for (Heard.Answer answer : heard.all()) {
      int address = (int) answer.address().low();
      long error = answer.rttNanos() - (arrivals.get(address) - departures.get(address));
      // Only the departure is read in user space, before the kernel's; clocks are compared to 50
      // µs.
      assertThat(error).isGreaterThan(-100_000);
      leastError = Math.min(leastError, error);
    }
    assertThat(leastError).isLessThan(1_000_000);
  }

  @Test
  void hearsUdpRepliesAndErrorsOfClosedPorts() throws Exception {
    Heard heard = new Heard();
    network.route(HOSTS).route("10.65.0.0/26");
    network.far.routes().local("10.65.0.0/26");
    SweepOptions options = OPTIONS.withProbe(SweepProbe.udp(new byte[] {1, 2, 3}));
    try (XdpResponder _ = XdpResponder.attach(network.cable, HOSTS, AnswerRule.ALL)) {

      assertThat(network.run(targets(HOSTS, 53), options, heard).found()).isEqualTo(SIZE);
      SweepCounters counters = network.run(targets("10.65.0.0/26", 9), options, new Heard());

      assertThat(counters.errors()).isEqualTo(64);
      assertThat(counters.found()).isZero();
    }
  }

  @Test
  void countsDuplicatesAndNamesTheSendersOfErrors() throws Exception {
    Heard heard = new Heard();
    network.route("10.66.0.0/24");
    try (VirtualHosts hosts = VirtualHosts.start(network.far, "hosts0", 7)) {
      IcmpError refusal = IcmpError.of(IcmpType.DESTINATION_UNREACHABLE, 13, "198.51.100.9");
      hosts.link().address("198.51.100.1/24");
      hosts
          .own("10.66.0.0/24")
          .behave("10.66.0.0/25", HostBehaviour.PROMPT.duplicate(1, 2))
          .behave("10.66.0.128/25", HostBehaviour.PROMPT.refuse(refusal));

      SweepCounters counters = network.run(targets("10.66.0.0/24"), PATIENT, heard);

      assertThat(counters.found()).isEqualTo(128);
      assertThat(counters.duplicates()).isEqualTo(2 * 128);
      assertThat(counters.errors()).isEqualTo(128);
      assertThat(heard.of(Kind.ICMP_ERROR))
          .allMatch(answer -> answer.from().equals(IpAddress.parse("198.51.100.9")))
          .allMatch(answer -> answer.code() == 13 && answer.rttNanos() >= 0)
          .allMatch(answer -> answer.address().compareTo(IpAddress.parse("10.66.0.128")) >= 0);
      assertThat(heard.all().stream().filter(answer -> answer.novelty() == Novelty.DUPLICATE))
          .hasSize(2 * 128);
    }
  }

  @Test
  void findsIpv6Hosts() throws Exception {
    String hosts = "2001:db8:5::/118";
    AnswerRule rule = AnswerRule.ALL.withSilent(500);
    network.route(hosts);
    try (XdpResponder _ = XdpResponder.attach(network.cable, hosts, rule)) {
      for (SenderKind kind : List.of(SenderKind.RAW, SenderKind.PACKET, SenderKind.XDP)) {
        Heard heard = new Heard();

        SweepCounters counters = network.run(targets(hosts), OPTIONS.withSender(kind), heard);

        assertThat(heard.found()).isEqualTo(addresses(hosts, address -> !rule.isSilent(address)));
        assertThat(counters.sent()).isEqualTo(1024);
      }
    }
  }

  @Test
  void doesNotBelieveForgedReplies() throws Exception {
    AnswerRule rule = AnswerRule.ALL.withSilent(1000);
    EchoTraffic forged =
        new EchoTraffic(
            true, network.cable.a().mac(), SweepNetwork.NEAR, "10.64.0.0", SIZE, 0, 1 << 16);
    network.route(HOSTS);
    try (XdpResponder _ = XdpResponder.attach(network.cable, HOSTS, rule);
        // It listens for as long as the forged replies come, however slow the machine is.
        Sweep sweep =
            network.sweep(targets(HOSTS), OPTIONS.withTimeout(SweepOptions.MAX_TIMEOUT))) {
      sweep.start(answer -> {
        throw new AssertionError("believed " + answer.address());
      });

      // Each identifier occurs, the sweep's too; the host accepts these frames as replies.
      try (RunningLoad load =
          FrameLoad.on(network.cable.a()).frames(4 << 16).size(64).echo(forged).start()) {
        load.await();
      }
      Eventually.await("one was looked at", () -> sweep.counters().invalid() > 0);
      sweep.abort();
      sweep.await(); // throws what the listener threw

      assertThat(sweep.counters().found()).isZero();
    }
  }
}
