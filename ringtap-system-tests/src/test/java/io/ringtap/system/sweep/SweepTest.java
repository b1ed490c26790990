package io.ringtap.system.sweep;

import static io.ringtap.system.sweep.SweepNetwork.addresses;
import static io.ringtap.system.sweep.SweepNetwork.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Traffic;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
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
import io.ringtap.sweep.SweepProgress;
import io.ringtap.sweep.SweepTargets;
import io.ringtap.testing.Allocation;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sweeps of hosts of which is known who answers, judged by what these have counted and by the
/// kernel.
@RequiresRoot
class SweepTest {
  private static final String HOSTS = "10.64.0.0/21";
  private static final int SIZE = 2048;
  private static final SweepOptions OPTIONS =
      SweepOptions.DEFAULT
          .withPace(Pace.packetsPerSecond(20_000))
          .withRampUp(Duration.ZERO)
          .withTimeout(Duration.ofMillis(400));

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

  private SweepCounters run(SweepTargets targets, SweepOptions options, Heard heard)
      throws Exception {
    try (Sweep sweep = network.sweep(targets, options)) {
      sweep.start(heard);
      sweep.await();
      assertThat(sweep.progress().completed()).isEqualTo(targets.size());
      SweepCounters counters = sweep.counters();
      assertThat(counters.dropped()).isZero();
      assertThat(counters.found() + counters.repeats() + counters.duplicates() + counters.errors())
          .isEqualTo(heard.all().size());
      return counters;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RAW", "PACKET", "XDP"})
  void findsEachAddressThatAnswersOnce(SenderKind kind) throws Exception {
    AnswerRule rule = AnswerRule.ALL.withSilent(300);
    Heard heard = new Heard();
    network.route(HOSTS);
    try (XdpResponder hosts = XdpResponder.attach(network.cable, HOSTS, rule)) {

      SweepCounters counters = run(targets(HOSTS), OPTIONS.withSender(kind), heard);

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

      SweepCounters counters = run(targets(HOSTS), OPTIONS.withRetries(2), heard);

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

      SweepCounters counters = run(targets(HOSTS), OPTIONS.withProbes(3), heard);

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

      SweepCounters counters = run(targets(HOSTS, 80, 443), options, heard);

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

      SweepCounters counters = run(targets("10.65.0.0/28", port), options, heard);

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

    SweepCounters echo = run(targets(hosts), OPTIONS, new Heard());
    SweepCounters syn = run(targets(hosts, 22), OPTIONS.withProbe(SweepProbe.syn()), new Heard());
    Heard refused = new Heard();
    SweepCounters udp =
        run(targets(hosts, 9), OPTIONS.withProbe(SweepProbe.udp(new byte[5])), refused);

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
    SweepOptions options = OPTIONS.withSender(SenderKind.RAW).withPace(Pace.packetsPerSecond(1000));
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

      assertThat(run(targets("10.66.0.0/24"), options, heard).found()).isEqualTo(256);
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

      assertThat(run(targets(HOSTS, 53), options, heard).found()).isEqualTo(SIZE);
      SweepCounters counters = run(targets("10.65.0.0/26", 9), options, new Heard());

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

      SweepCounters counters = run(targets("10.66.0.0/24"), PATIENT, heard);

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

        SweepCounters counters = run(targets(hosts), OPTIONS.withSender(kind), heard);

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
        Sweep sweep = network.sweep(targets(HOSTS), OPTIONS)) {
      sweep.start(answer -> {
        throw new AssertionError("believed " + answer.address());
      });

      // Each identifier occurs, the sweep's too; the host accepts these frames as replies.
      try (RunningLoad load =
          FrameLoad.on(network.cable.a()).frames(4 << 16).size(64).echo(forged).start()) {
        load.await();
      }
      sweep.await();

      assertThat(sweep.counters().found()).isZero();
      assertThat(sweep.counters().invalid()).isPositive();
    }
  }

  @Test
  void goesOnWhereItWasStopped() throws Exception {
    Heard heard = new Heard();
    network.route(HOSTS);
    SweepOptions options =
        OPTIONS.withPace(Pace.packetsPerSecond(2000)).withTimeout(Duration.ofMillis(200));
    try (XdpResponder hosts = XdpResponder.attach(network.cable, HOSTS, AnswerRule.ALL)) {
      SweepProgress last;
      try (Sweep sweep = network.sweep(targets(HOSTS), options)) {
        sweep.start(heard);
        Eventually.await("some targets are done", () -> sweep.progress().completed() > SIZE / 8);
        sweep.abort(); // what is in flight is lost, as after `kill -9`
        sweep.await();
        last = sweep.progress();
      }
      assertThat(last.completed()).isLessThan(last.next());
      int before = heard.found().size();
      assertThat(before).isBetween((int) last.completed(), (int) last.next());
      Heard rest = new Heard();

      run(targets(HOSTS), options.withFirstPosition(last.completed()), rest);

      assertThat(rest.found()).hasSize(SIZE - (int) last.completed());
      Set<IpAddress> union = heard.found();
      union.addAll(rest.found());
      assertThat(union).hasSize(SIZE);
      Map<ResponderCounter, Long> answered = hosts.counters();
      assertThat(answered)
          .containsEntry(ResponderCounter.ECHO_REPLIES, SIZE + last.next() - last.completed());
    }
  }

  @Test
  void isNeverFasterThanItsRate() throws Exception {
    double rate = 8000;
    List<Long> stamps = new ArrayList<>();
    network.route(HOSTS);
    SweepOptions options =
        OPTIONS
            .withPace(Pace.packetsPerSecond(rate))
            .withRampUp(Duration.ofMillis(100))
            .withSender(SenderKind.RAW)
            .withTimeout(Duration.ofMillis(100));
    CaptureOptions requests =
        CaptureOptions.on("near0")
            .withFilter("icmp[icmptype] == icmp-echo")
            .withTraffic(Traffic.OUT);
    try (Capture capture = network.near.call(() -> Capture.open(requests))) {
      capture.start(packet -> stamps.add(packet.epochNanos()));

      long _ = run(targets(HOSTS), options, new Heard()).sent();

      capture.stop();
      capture.await();
    }
    assertThat(stamps).hasSize(SIZE);
    // What belongs to ten milliseconds may be sent late, and a batch may be held up before that.
    double burst = 2 * rate / 100 + 34;
    for (int i = 0; i < stamps.size(); i++) {
      for (int j = i + 1; j < stamps.size(); j++) {
        double seconds = (stamps.get(j) - stamps.get(i)) / 1e9;
        assertThat((double) (j - i)).isLessThanOrEqualTo(rate * seconds + burst);
      }
    }
    // Half of what the full rate would have sent in the time in which it rises.
    double expected = SIZE / rate + 0.05;
    assertThat((stamps.getLast() - stamps.getFirst()) / 1e9).isGreaterThan(expected - burst / rate);
  }

  @Test
  void allocatesNothingForAProbeOrAnAnswer() throws Exception {
    network.route("10.64.0.0/12");
    AtomicLong answers = new AtomicLong();
    try (XdpResponder _ = XdpResponder.attach(network.cable, "10.64.0.0/12", AnswerRule.ALL);
        Sweep sweep = network.sweep(targets("10.64.0.0/12"), OPTIONS)) {
      sweep.start(_ -> answers.incrementAndGet());
      Thread sender = thread("ringtap-sweep-sender");
      Thread receiver = thread("ringtap-sweep-receiver");
      AtomicLong allocated = new AtomicLong();
      AtomicLong since = new AtomicLong(); // answers at the latest allocation

      // The JIT compiler may allocate until it is done with the code.
      Eventually.await(
          "a thousand answers pass without an allocation",
          () -> {
            long now = Allocation.by(sender) + Allocation.by(receiver);
            if (allocated.getAndSet(now) != now) {
              since.set(answers.get());
            }
            return answers.get() > since.get() + 1000;
          });
      sweep.abort();
    }
  }

  private static Thread thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void waitsForAnswersAfterAStop() throws Exception {
    network.route(HOSTS);
    Heard heard = new Heard();
    try (XdpResponder _ = XdpResponder.attach(network.cable, HOSTS, AnswerRule.ALL);
        Sweep sweep =
            network.sweep(targets(HOSTS), OPTIONS.withPace(Pace.packetsPerSecond(1000)))) {
      sweep.start(heard);
      Eventually.await("something was sent", () -> sweep.counters().sent() > 10);
      sweep.stop();
      sweep.await();

      assertThat(heard.found()).hasSize((int) sweep.counters().sent());
      assertThat(sweep.progress().completed()).isEqualTo(sweep.progress().next());
    }
  }

  @Test
  void countsWhatTheKernelRefuses() throws Exception {
    network.route("10.67.0.0/25");
    network.near.routes().prohibit("10.67.0.128/25");

    SweepCounters counters =
        run(targets("10.67.0.0/24"), OPTIONS.withTimeout(Duration.ofMillis(100)), new Heard());

    assertThat(counters.refusals()).containsEntry(Errno.EACCES, 128L);
    assertThat(counters.probes()).isEqualTo(256);
  }

  @Test
  void countsAsSentOnlyWhatALinkHasTaken() throws Exception {
    network.route(HOSTS);
    Process tc =
        network.near.start(
            "tc", "qdisc", "add", "dev", "near0", "root", "tbf", "rate", "8mbit", "burst", "4kb",
            "limit", "8kb");
    assertThat(tc.waitFor()).isZero();
    SweepOptions options = OPTIONS.withSender(SenderKind.RAW).withPace(Pace.asFastAsPossible());
    try (XdpResponder hosts = XdpResponder.attach(network.cable, HOSTS, AnswerRule.ALL)) {

      SweepCounters counters = run(targets(HOSTS), options, new Heard());

      assertThat(counters.waits()).isPositive();
      assertThat(counters.sent()).isEqualTo(SIZE - counters.refused());
      assertThat(counters.found()).isEqualTo(counters.sent());
      assertThat(hosts.counters()).containsEntry(ResponderCounter.ECHO_REPLIES, counters.sent());
    }
  }

  @Test
  void refusesSourcePortsThatAProgramHas() throws Exception {
    network.route(HOSTS);
    try (ServerSocket taken = network.near.call(ServerSocket::new)) {
      network.near.run(
          () -> taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 62_000)));

      assertThatThrownBy(
              () -> network.sweep(targets(HOSTS, 80), OPTIONS.withProbe(SweepProbe.syn())).close())
          .isInstanceOf(LinuxException.class)
          .hasMessageContaining("port 62000");
    }
  }
}
