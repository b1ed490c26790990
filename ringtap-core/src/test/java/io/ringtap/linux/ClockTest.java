package io.ringtap.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.linux.abi.Timespec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class ClockTest {
  @Test
  void readsTheClockThatJavaReads() {
    Clock clock = new Clock(Arena.ofAuto());

    long before = nanos(Instant.now());
    long now = clock.epochNanos();
    long after = nanos(Instant.now());

    assertThat(now).isBetween(before, after);
  }

  @Test
  void splitsNanosecondsIntoATimespecAndBack() {
    MemorySegment time = Arena.ofAuto().allocate(Timespec.LAYOUT);

    Timespec.nanos(time, 0, 1_999_999_999_999_999_999L);

    assertThat(Timespec.nanos(time, 0)).isEqualTo(1_999_999_999_999_999_999L);
  }

  private static long nanos(Instant instant) {
    return ChronoUnit.NANOS.between(Instant.EPOCH, instant);
  }
}
