package io.ringtap.timing;

import static io.ringtap.timing.TimingWheel.TICK_NANOS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ping.PingOptions;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimingWheelTest {
  private static final long STRIDE = 24;
  private static final long LINKS = 8;
  private static final long ORIGIN = 987_654_321_987L;
  private static final int ENTRIES = 64;

  private final MemorySegment memory = MemorySegment.ofArray(new long[(int) STRIDE * 8]);
  private final TimingWheel wheel = new TimingWheel(memory, STRIDE, LINKS, ORIGIN);
  private final List<Integer> expired = new ArrayList<>();

  /// An entry of the naive wheel.
  private record Scheduled(int entry, long tick) {}

  /// A sorted list that does what the wheel promises.
  private static final class Naive {
    final List<Scheduled> entries = new ArrayList<>();
    private long tick;

    static long tickOf(long deadline) {
      return (deadline - ORIGIN) / TICK_NANOS + 1;
    }

    void schedule(int entry, long deadline) {
      entries.add(new Scheduled(entry, Math.max(tickOf(deadline), tick + 1)));
      entries.sort(Comparator.comparingLong(Scheduled::tick));
    }

    void cancel(int entry) {
      entries.removeIf(scheduled -> scheduled.entry == entry);
    }

    boolean holds(int entry) {
      return entries.stream().anyMatch(scheduled -> scheduled.entry == entry);
    }

    /// Whether `entry` may be the next to expire: its tick is over, and none has an earlier one.
    boolean expires(int entry, long now) {
      Scheduled first = entries.getFirst();
      Scheduled found =
          entries.stream().filter(scheduled -> scheduled.entry == entry).findAny().orElseThrow();
      entries.remove(found);
      tick = found.tick;
      return found.tick == first.tick && found.tick <= (now - ORIGIN) / TICK_NANOS;
    }

    /// Whether everything whose tick is over has expired.
    boolean isAt(long now) {
      tick = Math.max(tick, (now - ORIGIN) / TICK_NANOS);
      return entries.isEmpty() || entries.getFirst().tick > tick;
    }
  }

  @Test
  @Randomized
  void doesWhatASortedListWouldDo() {
    Property.forAll(random -> {
      MemorySegment fresh = MemorySegment.ofArray(new long[(int) (ENTRIES * STRIDE / 8)]);
      TimingWheel tried = new TimingWheel(fresh, STRIDE, LINKS, ORIGIN);
      Naive naive = new Naive();
      long now = ORIGIN + random.nextLong(1L << random.nextInt(1, 50));
      advance(random, tried, naive, now);

      for (int i = 0; i < 200; i++) {
        int entry = random.nextInt(ENTRIES);
        if (naive.holds(entry)) {
          if (random.nextInt(3) == 0) {
            tried.cancel(entry);
            naive.cancel(entry);
          }
        } else {
          long deadline = now + delay(random);
          tried.schedule(entry, deadline);
          naive.schedule(entry, deadline);
        }
        if (random.nextInt(3) == 0) {
          now += delay(random);
          advance(random, tried, naive, now);
        }
        assertThat(tried.size()).isEqualTo(naive.entries.size());
        assertWakesInTime(tried, naive);
      }
      now += Duration.ofDays(3).toNanos();
      advance(random, tried, naive, now);
      assertThat(tried.size()).isEqualTo(naive.entries.size());
    });
  }

  /// From nanoseconds to a day, each order of magnitude as likely; now and then already past.
  private static long delay(SplittableRandom random) {
    return random.nextLong(1L << random.nextInt(1, 47)) - random.nextInt(2);
  }

  private static void advance(SplittableRandom random, TimingWheel tried, Naive naive, long now) {
    SplittableRandom choices = random.split();
    tried.advance(
        now,
        entry -> {
          assertThat(naive.expires(entry, now)).isTrue();
          // A callback may put the entry back, and take another off or put it on.
          if (choices.nextInt(4) == 0) {
            long deadline = now + delay(choices);
            tried.schedule(entry, deadline);
            naive.schedule(entry, deadline);
          }
          int other = choices.nextInt(ENTRIES);
          if (naive.holds(other)) {
            if (choices.nextInt(4) == 0) {
              tried.cancel(other);
              naive.cancel(other);
            }
          } else if (choices.nextInt(4) == 0) {
            long deadline = now + delay(choices);
            tried.schedule(other, deadline);
            naive.schedule(other, deadline);
          }
        });
    assertThat(naive.isAt(now)).as("nothing that is due was left on the wheel").isTrue();
  }

  private static void assertWakesInTime(TimingWheel tried, Naive naive) {
    if (naive.entries.isEmpty()) {
      assertThat(tried.nextNanos()).isEqualTo(Long.MAX_VALUE);
    } else {
      assertThat(tried.nextNanos())
          .isLessThanOrEqualTo(ORIGIN + naive.entries.getFirst().tick * TICK_NANOS);
    }
  }

  @Test
  @Randomized
  void neverExpiresEarlyAndAtMostTwoTicksLate() {
    Property.forAll(random -> {
      TimingWheel tried = new TimingWheel(memory, STRIDE, LINKS, ORIGIN);
      long start = ORIGIN + random.nextLong(1L << 45);
      tried.advance(start, _ -> {});
      long deadline = start + random.nextLong(1L << random.nextInt(1, 45));
      tried.schedule(0, deadline);
      List<Long> at = new ArrayList<>();

      // Woken when the wheel asks for it, as its threads are.
      long now = start;
      for (int passes = 0; at.isEmpty(); passes++) {
        assertThat(passes).isLessThan(8);
        now = tried.nextNanos();
        long time = now;
        tried.advance(now, _ -> at.add(time));
      }

      assertThat(at.getFirst())
          .isGreaterThanOrEqualTo(deadline)
          .isLessThanOrEqualTo(deadline + 2 * TICK_NANOS);
    });
  }

  @Test
  void keepsTheOrderOfSchedulingWithinATick() {
    for (int entry : new int[] {5, 3, 9, 1}) {
      wheel.schedule(entry, ORIGIN + 10);
    }

    wheel.advance(ORIGIN + TICK_NANOS, expired::add);

    assertThat(expired).containsExactly(5, 3, 9, 1);
  }

  @Test
  void expiresAllOfATickWhicheverLevelTheyWaitedOn() {
    long deadline = ORIGIN + 300 * TICK_NANOS;
    wheel.schedule(0, deadline); // on the second level
    wheel.schedule(1, deadline);
    wheel.advance(ORIGIN + 200 * TICK_NANOS, expired::add);
    wheel.schedule(2, deadline + 1); // on the first
    assertThat(expired).isEmpty();

    wheel.advance(deadline + 2 * TICK_NANOS, expired::add);

    assertThat(expired).containsExactlyInAnyOrder(0, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 1 << 24, (1 << 24) + 1})
  void expiresAtLevelBoundaries(long ticks) {
    wheel.schedule(0, ORIGIN + ticks * TICK_NANOS);

    wheel.advance(ORIGIN + (ticks + 1) * TICK_NANOS - 1, expired::add);
    int early = expired.size();
    wheel.advance(ORIGIN + (ticks + 1) * TICK_NANOS, expired::add);

    assertThat(early).isZero();
    assertThat(expired).containsExactly(0);
  }

  @Test
  void survivesAJumpOverYears() {
    for (int entry = 0; entry < 7; entry++) {
      wheel.schedule(entry, ORIGIN + (1L << (entry * 7)));
    }

    wheel.advance(ORIGIN + Duration.ofDays(3650).toNanos(), expired::add);
    wheel.schedule(7, ORIGIN); // long past
    wheel.advance(ORIGIN + Duration.ofDays(3651).toNanos(), expired::add);

    assertThat(expired).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(wheel.size()).isZero();
    assertThat(wheel.nextNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void keepsTheLongestDelayThatRequestsMayAskFor() {
    long longest = PingOptions.MAX_WAIT.toNanos();
    wheel.schedule(0, ORIGIN + longest);

    wheel.advance(ORIGIN + longest - 1, expired::add);
    int early = expired.size();
    wheel.advance(ORIGIN + longest + 2 * TICK_NANOS, expired::add);

    assertThat(early).isZero();
    assertThat(expired).containsExactly(0);
  }

  @Test
  void cancelsTheFirstTheLastAndTheMiddleOfASlot() {
    for (int entry = 0; entry < 5; entry++) {
      wheel.schedule(entry, ORIGIN + 10);
    }

    wheel.cancel(0);
    wheel.cancel(4);
    wheel.cancel(2);
    wheel.advance(ORIGIN + TICK_NANOS, expired::add);

    assertThat(expired).containsExactly(1, 3);
  }

  @Test
  void touchesNothingOfAnEntryButItsTwelveBytes() {
    memory.fill((byte) 0x5a);

    for (int entry = 0; entry < 4; entry++) {
      wheel.schedule(entry, ORIGIN + entry);
    }
    wheel.cancel(2);
    wheel.advance(ORIGIN + TICK_NANOS, expired::add);

    for (int entry = 0; entry < 4; entry++) {
      assertThat(memory.get(JAVA_INT, entry * STRIDE)).isEqualTo(0x5a5a5a5a);
      assertThat(memory.get(JAVA_INT, entry * STRIDE + 4)).isEqualTo(0x5a5a5a5a);
      assertThat(memory.get(JAVA_INT, entry * STRIDE + 20)).isEqualTo(0x5a5a5a5a);
    }
  }
}
