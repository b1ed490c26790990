package io.ringtap.system.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import io.ringtap.trace.TraceOptions;
import io.ringtap.trace.TraceProtocol;
import io.ringtap.trace.TraceReport;
import io.ringtap.trace.Tracer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A trace where a router has two equal routes, and chooses by addresses and ports.
class TracePathsTest {
  private static final String TARGET = "10.79.9.9";
  private static final String LEFT = "10.79.1.2";
  private static final String RIGHT = "10.79.2.2";
  private static final TraceOptions OPTIONS =
      TraceOptions.DEFAULT
          .withProtocol(TraceProtocol.UDP)
          .withHops(1, 4)
          .withInterval(Duration.ofMillis(5))
          .withTimeout(Duration.ofSeconds(5));

  private final List<NetworkNamespace> namespaces = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    Requirement.root();
    Requirement.tool("ip");
    NetworkNamespace source = host("source");
    NetworkNamespace fork = host("fork");
    NetworkNamespace left = host("left");
    NetworkNamespace right = host("right");
    NetworkNamespace target = host("target");
    cable(source, "fork", fork, "source", 0);
    cable(fork, "left", left, "fork", 1);
    cable(fork, "right", right, "fork", 2);
    cable(left, "target", target, "left", 3);
    cable(right, "target", target, "right", 4);
    target.sysctl("net.ipv4.conf.all.rp_filter", "0");
    target.sysctl("net.ipv4.conf.right.rp_filter", "0");
    target.link("left").address(TARGET + "/32");
    fork.sysctl("net.ipv4.fib_multipath_hash_policy", "1");
    List<String> _ =
        RouterChain.run(
            fork,
            ("ip route add " + TARGET + " nexthop via " + LEFT + " nexthop via " + RIGHT)
                .split(" ", -1));
    source.routes().via(TARGET + "/32", "10.79.0.2");
    left.routes().via(TARGET + "/32", "10.79.3.2").via("10.79.0.0/24", "10.79.1.1");
    right.routes().via(TARGET + "/32", "10.79.4.2").via("10.79.0.0/24", "10.79.2.1");
    target.routes().via("10.79.0.0/24", "10.79.3.1");
  }

  private NetworkNamespace host(String name) throws IOException {
    NetworkNamespace namespace = NetworkNamespace.create(name);
    namespaces.add(namespace);
    namespace.forward();
    namespace.sysctl("net.ipv4.icmp_ratelimit", "0");
    return namespace;
  }

  private static void cable(
      NetworkNamespace a, String nameAtA, NetworkNamespace b, String nameAtB, int net)
      throws IOException {
    VethPair cable = VethPair.create(a, nameAtA, b, nameAtB);
    cable.a().up().address("10.79." + net + ".1/24");
    cable.b().up().address("10.79." + net + ".2/24");
  }

  @AfterEach
  void close() {
    namespaces.forEach(NetworkNamespace::close);
  }

  private TraceReport trace(TraceOptions options) throws IOException {
    NetworkNamespace source = namespaces.getFirst();
    try (Tracer tracer = source.call(() -> Tracer.open(options))) {
      List<IpAddress> targets = List.of(IpAddress.parse(TARGET));
      return source.call(() -> tracer.trace(targets)).join().getFirst();
    }
  }

  @Test
  void keepsToOnePath() throws Exception {
    int rounds = 40;

    TraceReport report = trace(OPTIONS.withRounds(rounds));

    assertThat(report.isReached()).isTrue();
    assertThat(report.hops())
        .hasSize(3)
        .allSatisfy(hop -> {
          assertThat(hop.counts()).isEqualTo(new TraceReport.Counts(rounds, 0, 0, 0, 0));
          assertThat(hop.responders()).hasSize(1);
        });
    String responder = report.hops().get(1).responders().getFirst().address().toString();
    assertThat(responder).isIn(LEFT, RIGHT);
  }

  @Test
  void tellsTwoPathsApart() throws Exception {
    int paths = 64;

    // Linux makes 1000 errors a second at the most, whatever the limit for one address.
    TraceReport report = trace(OPTIONS.withRounds(1).withPaths(paths).withRate(500));

    List<TraceReport.Responder> middle = report.hops().get(1).responders();
    assertThat(middle)
        .extracting(responder -> responder.address().toString())
        .containsExactlyInAnyOrder(LEFT, RIGHT);
    Set<Integer> ofLeft = middle.getFirst().paths();
    Set<Integer> ofRight = middle.getLast().paths();
    assertThat(ofLeft).doesNotContainAnyElementsOf(ofRight);
    assertThat(IntStream.range(0, paths))
        .allMatch(it -> ofLeft.contains(it) || ofRight.contains(it));
    assertThat(report.hops())
        .extracting(TraceReport.Hop::counts)
        .containsOnly(new TraceReport.Counts(paths, 0, 0, 0, 0));
  }
}
