package io.ringtap.system.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IcmpType;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import io.ringtap.system.Command;
import io.ringtap.system.Tcpdump;
import io.ringtap.testing.Allocation;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.Requirement;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceOutcome;
import io.ringtap.trace.TraceProtocol;
import io.ringtap.trace.TraceReport;
import io.ringtap.trace.Tracer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a trace through two routers says, beside traceroute, mtr and tcpdump in the same network.
class TraceTest {
  private static final TraceOptions OPTIONS =
      TraceOptions.DEFAULT
          .withHops(1, 6)
          .withRounds(3)
          .withInterval(Duration.ofMillis(50))
          .withTimeout(Duration.ofSeconds(5));
  private static final Pattern MTR_HOP =
      Pattern.compile("\\s*\\d+\\.\\|-- (\\S+)\\s+([\\d.]+)%?\\s+(\\d+) .*");
  private static final TraceReport.Counts THREE = new TraceReport.Counts(3, 0, 0, 0, 0);

  private final List<TraceOutcome> heard = Collections.synchronizedList(new ArrayList<>());
  private RouterChain chain;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    Requirement.tool("nft");
    chain = RouterChain.open();
  }

  @AfterEach
  void close() {
    if (chain != null) {
      chain.close();
    }
  }

  private static List<String> responders(TraceReport report) {
    return report.hops().stream()
        .map(hop -> hop.responders().getFirst().address().toString())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "10.77.2.2, ICMP", "10.77.2.2, UDP", "10.77.2.2, TCP",
    "2001:db8:2::2, ICMP", "2001:db8:2::2, UDP", "2001:db8:2::2, TCP"
  })
  void findsTheHopsThatTracerouteFinds(String target, TraceProtocol protocol) throws Exception {
    Requirement.tool("traceroute");

    TraceReport report = chain.trace(target, OPTIONS.withProtocol(protocol), heard::add);

    assertThat(report.isReached()).isTrue();
    assertThat(responders(report)).isEqualTo(traceroute(target, protocol));
    assertThat(report.hops())
        .allSatisfy(hop -> {
          assertThat(hop.counts()).isEqualTo(THREE);
          assertThat(hop.responders()).hasSize(1);
        });
    assertThat(heard)
        .hasSize((int) (9 + report.beyond().sent()))
        .allSatisfy(outcome -> {
          assertThat(outcome).isInstanceOf(TraceOutcome.Answer.class);
          assertThat(((TraceOutcome.Answer) outcome).stamp()).isEqualTo(StampSource.KERNEL);
        });
  }

  private List<String> traceroute(String target, TraceProtocol protocol) throws Exception {
    String kind = "--" + protocol.word();
    return RouterChain.run(chain.source(), "traceroute", "-n", "-q", "1", "-m", "6", kind, target)
        .stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+", -1)[1].toLowerCase(Locale.ROOT))
        .toList();
  }

  /// A line of mtr's report.
  private record MtrHop(String address, double loss) {}

  private List<MtrHop> mtr(int count) throws Exception {
    Requirement.tool("mtr");
    String[] command = {
      "mtr", "-n", "-r", "-c", Integer.toString(count), "-i", "0.05", "-G", "1", RouterChain.TARGET
    };
    return RouterChain.run(chain.source(), command).stream()
        .map(MTR_HOP::matcher)
        .filter(Matcher::matches)
        .map(hop -> new MtrHop(hop.group(1), Double.parseDouble(hop.group(2))))
        .toList();
  }

  @Test
  void showsARouterThatHidesAndALossThatIsNoLoss() throws Exception {
    hide();

    TraceReport report =
        chain.trace(OPTIONS.withRounds(1).withTimeout(Duration.ofSeconds(2)), heard::add);

    assertThat(report.isReached()).isTrue();
    assertThat(report.hops())
        .extracting(TraceReport.Hop::isSilent)
        .containsExactly(true, false, false);
    assertThat(report.hops().getFirst().counts()).isEqualTo(new TraceReport.Counts(0, 1, 0, 0, 0));
    assertThat(report.hops().getFirst().forwardedLoss()).isZero();
    assertThat(mtr(2))
        .extracting(MtrHop::address)
        .containsExactly("???", "10.77.1.2", RouterChain.TARGET);
  }

  /// The first router keeps its errors to itself.
  private void hide() throws Exception {
    nft("add table ip hide");
    nft("add chain ip hide out { type filter hook output priority 0 ; }");
    nft("add rule ip hide out icmp type time-exceeded drop");
  }

  private void nft(String words) throws Exception {
    List<String> _ = RouterChain.run(chain.first(), "nft", words);
  }

  @Test
  void tellsARouterThatAnswersFewFromLoss() throws Exception {
    int rounds = 20;
    chain.second().sysctl("net.ipv4.icmp_ratelimit", "1000");

    TraceReport report =
        chain.trace(OPTIONS.withRounds(rounds).withInterval(Duration.ofMillis(5)), heard::add);
    List<MtrHop> reference = mtr(rounds);

    TraceReport.Hop limited = report.hops().get(1);
    assertThat(limited.counts().sent()).isEqualTo(rounds);
    assertThat(limited.counts().answered() + limited.counts().lost()).isEqualTo(rounds);
    assertThat(limited.counts().lost()).isPositive();
    assertThat(report.hops())
        .extracting(TraceReport.Hop::isRateLimited)
        .containsExactly(false, true, false);
    assertThat(limited.forwardedLoss()).isZero();
    assertThat(reference).hasSize(3);
    assertThat(reference.get(1).loss()).isPositive();
    assertThat(reference.get(2).loss()).isZero();
  }

  @Test
  void tellsLossThatGoesOnFromARouterThatAnswersFew() throws Exception {
    nft("add table ip lossy");
    nft("add chain ip lossy on { type filter hook forward priority 0 ; }");
    nft("add rule ip lossy on icmp type echo-request numgen inc mod 5 == 0 drop");

    TraceReport report =
        chain.trace(
            OPTIONS.withHops(1, 3).withRounds(20).withInterval(Duration.ofMillis(5)), heard::add);

    TraceReport.Hop last = report.hops().getLast();
    assertThat(report.hops().get(1).counts().lost() + last.counts().lost()).isEqualTo(8);
    assertThat(report.hops().getFirst().counts().lost()).isZero();
    assertThat(last.isRateLimited()).isFalse();
    assertThat(last.forwardedLoss()).isEqualTo(last.counts().lossRatio()).isPositive();
  }

  @Test
  void timesARouterThatIsSlowToAnswer() throws Exception {
    long delayMillis = 120;
    hide();
    TraceReport report;
    try (ScriptedRouter _ = ScriptedRouter.on(chain, delayMillis, IcmpType.TIME_EXCEEDED, 0, 0)) {
      report = chain.trace(OPTIONS, heard::add);
    }

    assertThat(responders(report)).containsExactly("10.77.0.2", "10.77.1.2", RouterChain.TARGET);
    assertThat(report.hops()).extracting(TraceReport.Hop::counts).containsOnly(THREE);
    assertThat(report.hops().getFirst().rtt().min())
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(delayMillis));
    assertThat(report.hops().getLast().rtt().min())
        .isLessThan(report.hops().getFirst().rtt().min());
  }

  @Test
  void showsTheMtuThatARouterReports() throws Exception {
    hide();
    TraceReport report;
    try (ScriptedRouter _ =
        ScriptedRouter.on(chain, 0, IcmpType.DESTINATION_UNREACHABLE, 4, 1400)) {
      report = chain.trace(OPTIONS.withHops(1, 1), heard::add);
    }

    assertThat(error(report.hops().getFirst()).mtu()).isEqualTo(1400);
    assertThat(report.isReached()).isFalse();
  }

  @Test
  void doesNotTakeItsOwnLossForTheNetworks() throws Exception {
    hide();
    AtomicBoolean isFlooded = new AtomicBoolean();
    TraceReport report;
    try (ScriptedRouter router = ScriptedRouter.on(chain, 0, IcmpType.TIME_EXCEEDED, 0, 0)) {
      router.silence();
      // The tracer reads nothing meanwhile, and there is no room for so many.
      report =
          chain.trace(
              OPTIONS.withHops(1, 3).withRounds(1).withTimeout(Duration.ofSeconds(3)),
              outcome -> {
                heard.add(outcome);
                if (isFlooded.compareAndSet(false, true)) {
                  router.flood(60_000);
                }
              });
    }

    assertThat(report.hops())
        .extracting(TraceReport.Hop::counts)
        .containsExactly(
            new TraceReport.Counts(0, 0, 1, 0, 0),
            new TraceReport.Counts(1, 0, 0, 0, 0),
            new TraceReport.Counts(1, 0, 0, 0, 0));
    assertThat(heard).hasSize(3).filteredOn(TraceOutcome.Dropped.class::isInstance).hasSize(1);
  }

  @Test
  void showsWhatARouterRewrites() throws Exception {
    chain.first().link("down").address("10.77.1.99/32");
    nft("add table ip rewrite");
    nft("add chain ip rewrite post { type filter hook postrouting priority 300 ; }");
    nft("add chain ip rewrite pre { type filter hook prerouting priority -300 ; }");
    nft(
        "add rule ip rewrite post ip saddr 10.77.0.1 udp dport 33434 ip dscp set cs1"
            + " ip saddr set 10.77.1.99 udp sport set 4000");
    nft("add rule ip rewrite pre ip daddr 10.77.1.99 ip daddr set 10.77.0.1");

    TraceReport report = chain.trace(OPTIONS.withProtocol(TraceProtocol.UDP), heard::add);

    assertThat(report.isReached()).isTrue();
    assertThat(report.hops()).extracting(TraceReport.Hop::counts).containsOnly(THREE);
    TraceOutcome.IcmpError before = error(report.hops().getFirst());
    assertThat(before.rewrittenSource()).isNull();
    assertThat(before.rewrittenFlow()).isEqualTo(-1);
    assertThat(before.isChecksumRewritten()).isFalse();
    assertThat(before.trafficClass()).isZero();
    assertThat(report.hops().subList(1, 3))
        .allSatisfy(hop -> {
          TraceOutcome.IcmpError behind = error(hop);
          assertThat(behind.rewrittenSource()).hasToString("10.77.1.99");
          assertThat(behind.rewrittenFlow()).isEqualTo(4000);
          assertThat(behind.isChecksumRewritten()).isTrue();
          assertThat(behind.trafficClass()).isEqualTo(0x20);
        });
  }

  /// The first router sets it: to many, so that the second forwards every probe; or to one, so that
  /// the second lets none through.
  @ParameterizedTest
  @CsvSource({"64, ICMP", "64, UDP", "1, ICMP", "1, UDP", "1, TCP"})
  void findsTheHopsThatTracerouteFindsWhereATtlIsRewritten(int ttl, TraceProtocol protocol)
      throws Exception {
    Requirement.tool("traceroute");
    nft("add table ip rewrite");
    nft("add chain ip rewrite post { type filter hook postrouting priority 0 ; }");
    nft("add rule ip rewrite post ip daddr " + RouterChain.TARGET + " ip ttl set " + ttl);

    TraceReport report =
        chain.trace(RouterChain.TARGET, OPTIONS.withProtocol(protocol), heard::add);

    assertThat(responders(report))
        .hasSize(ttl == 1 ? 6 : 2)
        .isEqualTo(traceroute(RouterChain.TARGET, protocol));
    assertThat(report.isReached()).isEqualTo(ttl > 1);
    assertThat(report.hops()).extracting(TraceReport.Hop::counts).containsOnly(THREE);
  }

  @Test
  void remarksOnATypeOfServiceThatIsRewritten() throws Exception {
    nft("add table ip rewrite");
    nft("add chain ip rewrite post { type filter hook postrouting priority 0 ; }");
    nft("add rule ip rewrite post icmp type echo-request ip dscp set ef");
    Command ringtap = new Command(chain.source());

    List<String> hops =
        ringtap.run("trace", "--csv", "-n", "-c", "1", "-Q", "0x20", RouterChain.TARGET).out();

    assertThat(hops).hasSize(4);
    assertThat(hops.get(1)).endsWith(",kernel,");
    assertThat(hops.get(2)).endsWith(",kernel,TOS 0xb8");
    assertThat(hops.get(3)).endsWith(",kernel,"); // the reply says nothing of the request's
  }

  private static TraceOutcome.IcmpError error(TraceReport.Hop hop) {
    TraceOutcome.IcmpError error = hop.responders().getFirst().latest().error();
    assertThat(error).isNotNull();
    return error;
  }

  @Test
  void timesAsTcpdumpDoesOnTheWire() throws Exception {
    Requirement.tool("tcpdump");
    int rounds = 50;
    List<Long> onWire;
    try (Tcpdump wire = Tcpdump.on(chain.source().link("down"))) {
      TraceReport _ =
          chain.trace(
              OPTIONS.withHops(1, 3).withRounds(rounds).withInterval(Duration.ofMillis(5)),
              heard::add);
      onWire = wire.roundTrips(3 * rounds);
    }

    List<Long> measured =
        heard.stream()
            .map(TraceOutcome.Answer.class::cast)
            .sorted(
                Comparator.comparingInt((TraceOutcome.Answer answer) -> answer.probe().round())
                    .thenComparingInt(answer -> answer.probe().hopLimit()))
            .map(TraceOutcome.Answer::rttNanos)
            .toList();
    assertThat(measured).hasSameSizeAs(onWire);
    assertThat(
            IntStream.range(0, measured.size())
                .filter(i -> Math.abs(measured.get(i) - onWire.get(i)) <= 1_000)
                .count())
        .as("of %d", measured.size())
        .isGreaterThanOrEqualTo(measured.size() * 99L / 100);
  }

  @Test
  void allocatesNothingForProbesThatNobodyListensTo() throws Exception {
    TraceOptions endless =
        OPTIONS
            .withHops(1, 3)
            .withRounds(TraceOptions.UNLIMITED)
            .withInterval(Duration.ofMillis(1));
    try (Tracer tracer = chain.source().call(() -> Tracer.open(endless))) {
      var future =
          chain.source().call(() -> tracer.trace(List.of(IpAddress.parse(RouterChain.TARGET))));
      Thread thread =
          Thread.getAllStackTraces().keySet().stream()
              .filter(it -> it.getName().equals("ringtap-trace"))
              .findFirst()
              .orElseThrow();

      // Until code is compiled and times are covered, there may be a little.
      Eventually.await(
          "a part without allocations",
          () -> {
            long before = Allocation.by(thread);
            long goal = answered(tracer) + 300;
            Eventually.await("answers", () -> answered(tracer) >= goal);
            return Allocation.by(thread) == before;
          });
      tracer.stop();
      assertThat(future.join().getFirst().isReached()).isTrue();
    }
  }

  private static long answered(Tracer tracer) {
    return tracer.reports().getFirst().hops().stream()
        .mapToLong(hop -> hop.counts().answered())
        .sum();
  }
}
