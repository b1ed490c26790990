package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.StampSource;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceOutcome;
import io.ringtap.trace.TraceProtocol;
import io.ringtap.trace.TraceReport;
import io.ringtap.trace.Tracer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A trace through two routers, beside traceroute in the same network.
class TraceTest {
  private static final List<NetworkNamespace> CHAIN = new ArrayList<>();

  @BeforeAll
  static void open() throws IOException {
    Requirement.root();
    for (String name : new String[] {"source", "first", "second", "target"}) {
      NetworkNamespace namespace = NetworkNamespace.create(name);
      CHAIN.add(namespace);
      namespace.forward();
      namespace.sysctl("net.ipv4.icmp_ratelimit", "0");
      namespace.sysctl("net.ipv6.icmp.ratelimit", "0");
    }
    for (int i = 0; i < 3; i++) {
      VethPair.create(CHAIN.get(i), "down", CHAIN.get(i + 1), "up");
      CHAIN.get(i).link("down").up();
      CHAIN.get(i + 1).link("up").up();
      CHAIN.get(i).link("down").address("10.77." + i + ".1/24").address("2001:db8:" + i + "::1/64");
      CHAIN
          .get(i + 1)
          .link("up")
          .address("10.77." + i + ".2/24")
          .address("2001:db8:" + i + "::2/64");
    }
    for (int i = 0; i < 2; i++) {
      CHAIN.get(i).routes().via("10.77.2.0/24", "10.77." + i + ".2");
      CHAIN.get(i).routes().via("2001:db8:2::/64", "2001:db8:" + i + "::2");
    }
    for (int i = 2; i < 4; i++) {
      CHAIN.get(i).routes().via("10.77.0.0/24", "10.77." + (i - 1) + ".1");
      CHAIN.get(i).routes().via("2001:db8:0::/64", "2001:db8:" + (i - 1) + "::1");
    }
  }

  @AfterAll
  static void close() {
    CHAIN.forEach(NetworkNamespace::close);
  }

  private static TraceReport trace(String target, TraceProtocol protocol, Queue<TraceOutcome> heard)
      throws IOException {
    TraceOptions options =
        TraceOptions.DEFAULT
            .withProtocol(protocol, 0)
            .withHops(1, 6)
            .withRounds(3, Duration.ofMillis(50))
            .withTimeout(Duration.ofSeconds(5));
    try (Tracer tracer = CHAIN.getFirst().call(() -> Tracer.open(options))) {
      IpAddress address = IpAddress.parse(target);
      return CHAIN
          .getFirst()
          .call(() -> tracer.trace(List.of(address), heard::add))
          .join()
          .getFirst();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.77.2.2, ICMP", "10.77.2.2, UDP", "10.77.2.2, TCP",
    "2001:db8:2::2, ICMP", "2001:db8:2::2, UDP", "2001:db8:2::2, TCP"
  })
  void findsTheHopsThatTracerouteFinds(String target, TraceProtocol protocol) throws Exception {
    Queue<TraceOutcome> heard = new ConcurrentLinkedQueue<>();

    TraceReport report = trace(target, protocol, heard);

    assertThat(report.isReached()).isTrue();
    assertThat(report.hops())
        .extracting(hop -> hop.responders().getFirst().address().toString())
        .isEqualTo(traceroute(target, protocol));
    assertThat(report.hops())
        .allSatisfy(hop -> {
          assertThat(hop.counts()).isEqualTo(new TraceReport.Counts(3, 0, 0, 0, 0));
          assertThat(hop.responders()).hasSize(1);
        });
    assertThat(heard)
        .hasSize((int) (9 + report.beyond().sent()))
        .allSatisfy(outcome -> {
          assertThat(outcome).isInstanceOf(TraceOutcome.Answer.class);
          assertThat(((TraceOutcome.Answer) outcome).stamp()).isEqualTo(StampSource.KERNEL);
        });
  }

  private static List<String> traceroute(String target, TraceProtocol protocol) throws Exception {
    String kind =
        switch (protocol) {
          case ICMP -> "--icmp";
          case UDP -> "--udp";
          case TCP -> "--tcp";
        };
    Process process =
        CHAIN.getFirst().start("traceroute", "-n", "-q", "1", "-m", "6", kind, target);
    process.getOutputStream().close();
    return process
        .inputReader()
        .lines()
        .skip(1)
        .map(line -> line.strip().split("\\s+", -1)[1].toLowerCase(Locale.ROOT))
        .toList();
  }

  @Test
  void showsARouterThatHidesAndALossThatIsNoLoss() throws Exception {
    NetworkNamespace router = CHAIN.get(1);
    nft(router, "add table ip hide");
    nft(router, "add chain ip hide out { type filter hook output priority 0 ; }");
    nft(router, "add rule ip hide out icmp type time-exceeded drop");
    try {
      TraceOptions options =
          TraceOptions.DEFAULT
              .withHops(1, 4)
              .withRounds(1, Duration.ZERO)
              .withTimeout(Duration.ofSeconds(2));
      try (Tracer tracer = CHAIN.getFirst().call(() -> Tracer.open(options))) {
        TraceReport report =
            CHAIN
                .getFirst()
                .call(() -> tracer.trace(List.of(IpAddress.parse("10.77.2.2")), _ -> {}))
                .join()
                .getFirst();

        assertThat(report.isReached()).isTrue();
        assertThat(report.hops())
            .extracting(TraceReport.Hop::isSilent)
            .containsExactly(true, false, false);
        assertThat(report.hops().getFirst().counts())
            .isEqualTo(new TraceReport.Counts(0, 1, 0, 0, 0));
        assertThat(report.hops().getFirst().forwardedLoss()).isZero();
      }
    } finally {
      nft(router, "delete table ip hide");
    }
  }

  private static void nft(NetworkNamespace namespace, String words) throws Exception {
    Process process = namespace.start("nft", words);
    assertThat(process.waitFor()).as("%s", words).isZero();
  }
}
