package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pinger;
import io.ringtap.ping.PingerOptions;
import io.ringtap.ping.StampSource;
import io.ringtap.ping.Transport;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The round-trip times that a pinger tells are those that tcpdump sees on the wire.
class RttTruthTest {
  private static final int PROBES = 500;
  private static final long TOLERANCE_NANOS = 1_000;

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
    Measured measured = measure(target, payloadBytes, Transport.RAW);

    assertThat(measured.replies)
        .extracting(PingOutcome.Reply::stamp)
        .containsOnly(StampSource.KERNEL);
    assertThat(measured.deviations().filter(nanos -> Math.abs(nanos) <= TOLERANCE_NANOS).count())
        .as("of %s probes", PROBES)
        .isGreaterThanOrEqualTo(PROBES * 99 / 100);
  }

  @Test
  void datagramSocketsTellNoLessThanTheWire() throws Exception {
    near.sysctl("net.ipv4.ping_group_range", "0 2147483647");

    Measured measured = measure("10.9.0.2", 18, Transport.DATAGRAM);

    assertThat(measured.replies)
        .extracting(PingOutcome.Reply::stamp)
        .containsOnly(StampSource.KERNEL_RECEIVE);
    assertThat(measured.deviations()).allMatch(nanos -> nanos >= -TOLERANCE_NANOS);
  }

  private Measured measure(String target, int payloadBytes, Transport transport) throws Exception {
    PingOptions options =
        PingOptions.DEFAULT
            .withCount(PROBES)
            .withInterval(Duration.ofMillis(2))
            .withPayloadBytes(payloadBytes);
    PingerOptions pingerOptions = PingerOptions.DEFAULT.withTransport(transport);
    Outcomes outcomes = new Outcomes();
    try (Tcpdump wire = Tcpdump.on(cable.a());
        Pinger pinger = near.call(() -> Pinger.open(pingerOptions))) {
      pinger.ping(PingRequest.to(IpAddress.parse(target)).with(options), outcomes).join();
      List<PingOutcome.Reply> replies = outcomes.of(PingOutcome.Reply.class);
      assertThat(replies).hasSize(PROBES);
      return new Measured(replies, wire.roundTrips(PROBES));
    }
  }

  /// What the pinger and the wire say, probe by probe.
  private record Measured(List<PingOutcome.Reply> replies, List<Long> wireNanos) {
    LongStream deviations() {
      assertThat(wireNanos).hasSameSizeAs(replies);
      return replies.stream()
          .mapToLong(reply -> reply.rttNanos() - wireNanos.get((int) reply.sequence() - 1));
    }
  }
}
