package io.ringtap.monitor.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.config.AddressFamily;
import io.ringtap.monitor.target.TargetKey;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PhaseTest {
  private static final long SECOND = 1_000_000_000;
  private static final long NOW = 1_700_000_000 * SECOND + 123_456_789;

  private static TargetKey key(int host) {
    return new TargetKey("g", "10.0.%d.%d".formatted(host >> 8, host & 255), AddressFamily.ANY);
  }

  @Test
  void isTheSameByTheWallClockWheneverTheTargetIsBegun() {
    Duration delay = Phase.delay(key(1), SECOND, NOW);
    Duration later = Phase.delay(key(1), SECOND, NOW + 12_345_678_901L);

    assertThat((NOW + 12_345_678_901L + later.toNanos()) % SECOND)
        .isEqualTo((NOW + delay.toNanos()) % SECOND);
    assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(1));
  }

  @Test
  void doesNotChangeFromOneVersionToTheNext() {
    TargetKey key = new TargetKey("core", "router-2.example.net", AddressFamily.IPV6);

    assertThat(Phase.phaseNanos(key, 10 * SECOND)).isEqualTo(9_350_000_000L);
  }

  @Test
  void spreadsTargetsEvenlyOverTheInterval() {
    long[] perTenth = new long[10];
    LongStream.range(0, 10_000)
        .map(host -> Phase.phaseNanos(key((int) host), SECOND))
        .forEach(phase -> perTenth[(int) (phase * 10 / SECOND)]++);

    // 1000 each, and six standard deviations.
    assertThat(LongStream.of(perTenth)).allMatch(count -> count > 820 && count < 1180);
  }

  @Test
  void hasProbesOfASlotLeaveTogether() {
    assertThat(LongStream.range(0, 1000).map(host -> Phase.phaseNanos(key((int) host), SECOND)))
        .allMatch(phase -> phase % Phase.SLOT_NANOS == 0);
  }

  @Test
  void leavesIntervalsThatAreShorterThanASlotAtTheirBeginning() {
    assertThat(Phase.phaseNanos(key(1), 3_000_000)).isZero();
  }
}
