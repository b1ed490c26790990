package io.ringtap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringtap.packet.IpAddress;
import io.ringtap.send.Pace;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SweepOptionsTest {
  private static Arguments refused(String beginning, UnaryOperator<SweepOptions> change) {
    return Arguments.of(beginning, change);
  }

  static Stream<Arguments> outOfRange() {
    return Stream.of(
        refused("probes have no recorded pace", it -> it.withPace(Pace.speed(1))),
        refused("rampUp is PT-1S;", it -> it.withRampUp(Duration.ofSeconds(-1))),
        refused(
            "rampUp is PT1H0.000000001S;", it -> it.withRampUp(Duration.ofHours(1).plusNanos(1))),
        refused("timeout is PT0S;", it -> it.withTimeout(Duration.ZERO)),
        refused(
            "timeout is PT1M0.000000001S;",
            it -> it.withTimeout(Duration.ofMinutes(1).plusNanos(1))),
        refused("probes is 0;", it -> it.withProbes(0)),
        refused("retries is -1;", it -> it.withRetries(-1)),
        refused("2 probes with 8 retries;", it -> it.withProbes(2).withRetries(8)),
        refused("1 probes with 2147483647 retries;", it -> it.withRetries(Integer.MAX_VALUE)),
        refused("hopLimit is 0;", it -> it.withHopLimit(0)),
        refused("hopLimit is 256;", it -> it.withHopLimit(256)),
        refused("firstSourcePort is 0;", it -> it.withFirstSourcePort(0)),
        refused("firstSourcePort is 61441;", it -> it.withFirstSourcePort(61_441)),
        refused("memoryBytes is 65535;", it -> it.withMemory(65_535)),
        refused("memoryBytes is 17179869185;", it -> it.withMemory((1L << 34) + 1)),
        refused("firstPosition is -1;", it -> it.withFirstPosition(-1)));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void refusesWhatIsOutOfRange(String beginning, UnaryOperator<SweepOptions> change) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change.apply(SweepOptions.DEFAULT))
        .withMessageStartingWith(beginning);
  }

  @Test
  void keepsWhatIsNotChanged() {
    SweepOptions changed =
        SweepOptions.DEFAULT
            .withProbe(SweepProbe.syn())
            .withPace(Pace.packetsPerSecond(7))
            .withRampUp(Duration.ofHours(1))
            .withProbes(2)
            .withRetries(7)
            .withTimeout(Duration.ofMinutes(1))
            .withSender(SenderKind.XDP)
            .withInterface("eth0")
            .withSource(IpAddress.parse("192.0.2.1"))
            .withHopLimit(255)
            .withFirstSourcePort(61_440)
            .withMemory(1 << 16)
            .withFirstPosition(9);

    assertThat(changed)
        .isEqualTo(
            new SweepOptions(
                SweepProbe.syn(),
                new SweepOptions.Schedule(
                    Pace.packetsPerSecond(7), Duration.ofHours(1), 2, 7, Duration.ofMinutes(1)),
                new SweepOptions.Origin(
                    SenderKind.XDP, "eth0", IpAddress.parse("192.0.2.1"), 255, 61_440),
                1 << 16,
                9));
  }
}
