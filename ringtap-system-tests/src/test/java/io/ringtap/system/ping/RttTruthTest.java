package io.ringtap.system.ping;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.PingerOptions;
import io.ringtap.ping.StampSource;
import io.ringtap.ping.Transport;
import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import io.ringtap.system.Tcpdump;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The round-trip times that a pinger tells are those that tcpdump sees on the wire.
class RttTruthTest {
  private static final int PROBES = 500;
  private static final long TOLERANCE_NANOS = 1_000;
  private static final String ALL_GROUPS = "0 2147483647";

  private NetworkNamespace near;
  private NetworkNamespace far;
  private VethPair cable;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    Requirement.tool("tcpdump");
    near = NetworkNamespace.create("near");
    far = NetworkNamespace.create("far");
    cable = VethPair.create(near, "a0", far, "b0");
    cable.a().address("10.9.0.1/24").address("fd00:9::1/64");
    cable.b().address("10.9.0.2/24").address("fd00:9::2/64");
  }

  @AfterEach
  void close() {
    if (far != null) {
      far.close();
      near.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"10.9.0.2, 18", "fd00:9::2, 18", "10.9.0.2, 1400", "fd00:9::2, 1400"})
  void kernelStampsTellTheWiresOwnTime(String target, int payloadBytes) throws Exception {
    List<Long> told;
    List<Long> wire;
    try (Tcpdump tcpdump = Tcpdump.on(cable.a())) {
      told = ping(target, payloadBytes, Transport.RAW, PROBES);
      wire = tcpdump.roundTrips(PROBES);
    }
    int agreeing = 0;
    for (int i = 0; i < PROBES; i++) {
      agreeing += Math.abs(told.get(i) - wire.get(i)) <= TOLERANCE_NANOS ? 1 : 0;
    }

    assertThat(agreeing).as("of %s probes", PROBES).isGreaterThanOrEqualTo(PROBES * 99 / 100);
  }

  /// A datagram socket's departures are stamped by the driver, after the tap at that end. So a
  /// round trip is no longer than what a tap at the near end sees, and no shorter than what one at
  /// the far end sees.
  @ParameterizedTest
  @CsvSource({"10.9.0.2, 18", "fd00:9::2, 18", "10.9.0.2, 1400", "fd00:9::2, 1400"})
  void datagramSocketsTellATimeBetweenThoseOfTheTwoEndsOfTheWire(String target, int payloadBytes)
      throws Exception {
    near.sysctl("net.ipv4.ping_group_range", ALL_GROUPS);

    assertBetweenTheEnds(() -> ping(target, payloadBytes, Transport.DATAGRAM, PROBES), PROBES);
  }

  @Test
  void whatTheFirewallRefusesCostsNoOtherProbeItsStamp() throws Exception {
    near.sysctl("net.ipv4.ping_group_range", ALL_GROUPS);
    Requirement.tool("nft");
    Process nft =
        near.start(
            "nft",
            "add table ip f; add chain ip f o { type filter hook output priority 0; };"
                + " add rule ip f o icmp sequence { 5, 6, 17, 300 } drop");
    assertThat(nft.waitFor()).isZero();

    assertBetweenTheEnds(() -> ping("10.9.0.2", 18, Transport.DATAGRAM, PROBES - 4), PROBES - 4);
  }

  @Test
  void soDoesTheCommandOfAnOrdinaryUser() throws Exception {
    near.sysctl("net.ipv4.ping_group_range", ALL_GROUPS);
    Command ringtap = new Command(near).asNobody();

    assertBetweenTheEnds(
        () -> {
          Command.Result result =
              ringtap.run("ping", "--json", "-i", "2ms", "-c", "" + PROBES, "10.9.0.2");
          List<Map<String, Object>> replies =
              JsonLines.parse(result.out()).stream()
                  .filter(line -> line.get("type").equals("reply"))
                  .toList();
          assertThat(replies).extracting(reply -> reply.get("stamp")).containsOnly("kernel");
          return replies.stream().map(reply -> (Long) reply.get("rtt_ns")).toList();
        },
        PROBES);
  }

  private void assertBetweenTheEnds(Callable<List<Long>> pings, int expected) throws Exception {
    List<Long> told;
    List<Long> longest;
    List<Long> shortest;
    try (Tcpdump atNear = Tcpdump.on(cable.a());
        Tcpdump atFar = Tcpdump.on(cable.b())) {
      told = pings.call();
      longest = atNear.roundTrips(expected);
      shortest = atFar.roundTrips(expected);
    }
    assertThat(told).hasSize(expected);
    for (int i = 0; i < expected; i++) {
      assertThat(told.get(i)).as("probe %s", i + 1).isBetween(shortest.get(i), longest.get(i));
    }
  }

  /// Round-trip times in nanoseconds, in the order of the probes, of which so many are answered.
  private List<Long> ping(String target, int payloadBytes, Transport transport, int answered)
      throws Exception {
    PingOptions options =
        PingOptions.DEFAULT
            .withCount(PROBES)
            .withInterval(Duration.ofMillis(2))
            .withPayloadBytes(payloadBytes);
    PingerOptions pingerOptions = PingerOptions.DEFAULT.withTransport(transport);
    Outcomes outcomes = new Outcomes();
    try (Pinger pinger = near.call(() -> Pinger.open(pingerOptions))) {
      pinger.ping(PingRequest.to(IpAddress.parse(target)).with(options), outcomes).join();
    }
    List<PingOutcome.Reply> replies = outcomes.of(PingOutcome.Reply.class);
    assertThat(replies).hasSize(answered);
    assertThat(replies).extracting(PingOutcome.Reply::stamp).containsOnly(StampSource.KERNEL);
    return replies.stream()
        .sorted(Comparator.comparingLong(PingOutcome.Reply::sequence))
        .map(PingOutcome.Reply::rttNanos)
        .toList();
  }
}
