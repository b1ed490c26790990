package io.ringtap.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringtap.send.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendPaceTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  /// Sends whenever it may, for a time, and looks at the clock every so often.
  private static long sent(SendPace pace, long from, long until, long step) {
    long sent = 0;
    for (long now = from; now <= until; now += step) {
      pace.advance(now);
      while (pace.isDue()) {
        pace.take(100);
        sent++;
      }
    }
    return sent;
  }

  @Test
  void keepsARateOfPackets() {
    SendPace pace = new SendPace(Pace.packetsPerSecond(12_345.6), Duration.ZERO, 0);

    assertThat(sent(pace, 0, 100 * SECOND, 70_000)).isCloseTo(1_234_560, within(2L));
  }

  @Test
  void keepsARateOfBits() {
    SendPace pace = new SendPace(Pace.bitsPerSecond(8_000_000), Duration.ZERO, 0);

    assertThat(sent(pace, 0, 10 * SECOND, 70_000)).isCloseTo(100_000, within(2L));
  }

  @Test
  void risesToTheRateInAStraightLine() {
    SendPace pace = new SendPace(Pace.packetsPerSecond(10_000), Duration.ofSeconds(2), 0);

    assertThat(sent(pace, 0, SECOND, 50_000)).isCloseTo(2_500, within(2L));
    assertThat(sent(pace, SECOND, 2 * SECOND, 50_000)).isCloseTo(7_500, within(2L));
    assertThat(sent(pace, 2 * SECOND, 3 * SECOND, 50_000)).isCloseTo(10_000, within(2L));
  }

  @Test
  void doesNotMakeUpForALongPause() {
    SendPace pace = new SendPace(Pace.packetsPerSecond(10_000), Duration.ZERO, 0);
    long _ = sent(pace, 0, SECOND, 50_000);

    assertThat(sent(pace, 5 * SECOND, 5 * SECOND, 1)).isBetween(100L, 102L);
  }

  @Test
  void saysHowLongToWait() {
    SendPace pace = new SendPace(Pace.packetsPerSecond(1000), Duration.ZERO, 0);
    pace.take(60);

    assertThat(pace.isDue()).isFalse();
    long wait = pace.waitNanos();
    pace.advance(wait + 1);
    assertThat(pace.isDue()).isTrue();
    assertThat(wait).isLessThanOrEqualTo(MILLI);
  }

  @Test
  void hasNoLimitIfNoneIsAskedFor() {
    SendPace pace = new SendPace(Pace.asFastAsPossible(), Duration.ofSeconds(1), 0);

    for (int i = 0; i < 1_000_000; i++) {
      assertThat(pace.isDue()).isTrue();
      pace.take(60);
    }
  }
}
