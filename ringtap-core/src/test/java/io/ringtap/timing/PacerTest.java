package io.ringtap.timing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long ORIGIN = 123_456_789L;

  /// Probes that go in a window when the sender asks as often as it can.
  private static int taken(Pacer pacer, long from, long until, long everyNanos) {
    int taken = 0;
    for (long now = from; now < until; now += everyNanos) {
      while (pacer.tryTake(now)) {
        taken++;
      }
    }
    return taken;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 7.5, 100, 1000, 33_333, 150_000})
  void keepsTheRateOverTime(double rate) {
    Pacer pacer = new Pacer(rate, ORIGIN);
    taken(pacer, ORIGIN, ORIGIN + SECOND, 5_000);

    int taken = taken(pacer, ORIGIN + SECOND, ORIGIN + 11 * SECOND, 50_000);

    assertThat((double) taken).isBetween(10 * rate - 1 - rate / 10_000, 10 * rate + 1);
  }

  @Test
  void catchesUpOnNoMoreThanTenMillisecondsAfterAPause() {
    Pacer pacer = new Pacer(10_000, ORIGIN);
    taken(pacer, ORIGIN, ORIGIN + SECOND, 50_000);
    long afterThePause = ORIGIN + 100 * SECOND;

    int burst = taken(pacer, afterThePause, afterThePause + 1, 1);

    assertThat(burst).isBetween(100, 101);
  }

  @Test
  void beginsWithNoMoreThanTenMillisecondsWorth() {
    Pacer pacer = new Pacer(10_000, ORIGIN);

    int burst = taken(pacer, ORIGIN, ORIGIN + 1, 1);

    assertThat(burst).isBetween(1, 101);
  }

  @Test
  @Randomized
  void neverExceedsTheRateAndItsCatchUpInAnyWindow() {
    Property.forAll(random -> {
      double rate = random.nextDouble(1, 1_000_000);
      Pacer pacer = new Pacer(rate, ORIGIN);
      long now = ORIGIN;
      for (int i = 0; i < 5; i++) {
        now += random.nextLong(SECOND);
        long until = now + random.nextLong(SECOND / 1000);

        int taken = taken(pacer, now, until, 10_000);

        double most = (until - now + 10_000_000) / (double) SECOND * rate + 1;
        assertThat((double) taken).isLessThanOrEqualTo(most + 1e-6);
        now = until;
      }
    });
  }

  @Test
  void tellsWhenTheNextMayGo() {
    Pacer pacer = new Pacer(1000, ORIGIN);
    assertThat(pacer.nextNanos()).isEqualTo(ORIGIN);
    long now = ORIGIN + SECOND;
    taken(pacer, now, now + 1, 1);

    long next = pacer.nextNanos();

    assertThat(next).isBetween(now + 1, now + SECOND / 1000);
    assertThat(pacer.tryTake(next - 1)).isFalse();
    assertThat(pacer.tryTake(next + 1)).isTrue();
  }

  @Test
  void letsEverythingGoWithoutARate() {
    Pacer pacer = new Pacer(0, ORIGIN);

    for (int i = 0; i < 1000; i++) {
      assertThat(pacer.tryTake(ORIGIN)).isTrue();
    }
  }
}
