package io.ringtap.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampClockTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long DISTANCE = 1_800_000_000L * SECOND;

  private final Queue<Long> pauses = new ArrayDeque<>(); // between two reads each
  private long monotonic = 77 * SECOND;
  private long distance = DISTANCE;
  private final StampClock clock = new StampClock(this::readMonotonic, this::readEpoch);

  private long readMonotonic() {
    return monotonic;
  }

  private long readEpoch() {
    long pause = pauses.isEmpty() ? 20 : pauses.remove();
    long stamp = monotonic + distance;
    monotonic += pause; // after the one clock was read and before the other
    return stamp;
  }

  @Test
  void bringsStampsOntoTheMonotonicClockAndBack() {
    long now = clock.observe();

    assertThat(now).isEqualTo(monotonic);
    assertThat(clock.isTrusted()).isTrue();
    assertThat(clock.monotonicOf(now + DISTANCE) - now).isBetween(-10L, 10L);
    assertThat(clock.epochOf(clock.monotonicOf(4711))).isEqualTo(4711);
  }

  @ParameterizedTest
  @ValueSource(longs = {3600 * SECOND, -3600 * SECOND, 51_000, -51_000})
  void noticesAStepAndDistrustsTheStampsOfOneObservation(long step) {
    clock.observe();
    distance += step;

    clock.observe();
    boolean trustedAtTheStep = clock.isTrusted();
    clock.observe();

    assertThat(trustedAtTheStep).isFalse();
    assertThat(clock.isTrusted()).isTrue();
    assertThat(clock.monotonicOf(monotonic + distance) - monotonic).isBetween(-20L, 20L);
  }

  @ParameterizedTest
  @ValueSource(longs = {49_000, -49_000})
  void toleratesWhatMayBeAnErrorOfReading(long drift) {
    clock.observe();
    distance += drift;

    clock.observe();

    assertThat(clock.isTrusted()).isTrue();
  }

  @Test
  void doesNotTakeAPauseBetweenTheReadsForAStep() {
    clock.observe();
    pauses.add(SECOND);
    pauses.add(5 * SECOND);

    clock.observe();

    assertThat(clock.isTrusted()).isTrue();
    assertThat(clock.monotonicOf(monotonic + DISTANCE) - monotonic).isBetween(-20L, 20L);
  }

  @Test
  void doesNotTakePausesWithoutEndForAStep() {
    clock.observe();
    for (int i = 0; i < 5; i++) {
      pauses.add(SECOND);
    }

    long now = clock.observe();

    assertThat(now).isEqualTo(monotonic);
    assertThat(clock.isTrusted()).isTrue();
    assertThat(clock.monotonicOf(monotonic + DISTANCE) - monotonic).isBetween(-20L, 20L);
  }

  @Test
  void noticesAStepBehindAPause() {
    clock.observe();
    distance -= 9 * SECOND;
    pauses.add(2 * SECOND);

    clock.observe();

    assertThat(clock.isTrusted()).isFalse();
    assertThat(clock.monotonicOf(monotonic + distance) - monotonic).isBetween(-20L, 20L);
  }

  @Test
  void improvesAFirstReadingThatWasPaused() {
    pauses.add(SECOND);
    clock.observe();

    clock.observe();

    assertThat(clock.monotonicOf(monotonic + DISTANCE) - monotonic).isBetween(-20L, 20L);
  }

  @Test
  void readsTheMonotonicClockAnew() {
    clock.observe();
    monotonic += SECOND;

    assertThat(clock.now()).isEqualTo(monotonic);
  }
}
