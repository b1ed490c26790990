package io.ringtap.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ringtap.testing.Allocation;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeavyHittersTest {
  private static final int STREAM = 200_000;

  private final KeyHash hash = new KeyHash(2, new SplittableRandom(42));

  /// Streams as functions: the key for a position, and the weight for a position and key.
  static Stream<Arguments> streams() {
    Random random = new Random(7);
    long[] zipf = new long[STREAM];
    long[] random100k = new long[STREAM];
    for (int i = 0; i < STREAM; i++) {
      zipf[i] = (long) (1 / (random.nextDouble() + 1e-6));
      random100k[i] = random.nextInt(100_000);
    }
    LongBinaryOperator one = (_, _) -> 1;
    LongBinaryOperator sizes = (i, _) -> 60 + i * 2_654_435_761L % 1441;
    return Stream.of(
        stream("all distinct", i -> i, one),
        stream("all distinct, of any size", i -> i, sizes),
        stream("one key", _ -> 5, sizes),
        stream("alternating", i -> i % 2, one),
        stream("as many keys as counters, in turn", i -> i % 64, one),
        stream("one key more than there is room, in turn", i -> i % 129, one),
        stream("sorted", i -> i / 10, one),
        stream("random", i -> random100k[(int) i], sizes),
        stream("zipf", i -> zipf[(int) i], one),
        stream("zipf, of any size", i -> zipf[(int) i], sizes),
        stream("one heavy key among distinct ones", i -> i % 50 == 0 ? -1 : i, one),
        stream("ever heavier", i -> i, (i, _) -> i),
        stream("ever lighter", i -> i, (i, _) -> STREAM - i),
        stream("a heavy key that comes last", i -> i < STREAM - 5000 ? i : -1, one),
        stream("a heavy key that came first", i -> i < 5000 ? -1 : i, one),
        stream("keys that come back when they are gone", i -> i % 64 == 0 ? i % 640 : i, one),
        stream("without weight now and then", i -> i % 1000, (i, _) -> i % 3));
  }

  private static Arguments stream(String name, LongUnaryOperator key, LongBinaryOperator weight) {
    return Arguments.of(name, key, weight);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void keepsItsWord(String name, LongUnaryOperator key, LongBinaryOperator weight) {
    for (int counters : new int[] {1, 2, 7, 64, 4096}) {
      HeavyHitters sketch = new HeavyHitters(counters, hash);
      Map<Long, Long> exact = new HashMap<>();
      long total = 0;
      for (long i = 0; i < STREAM; i++) {
        long added = weight.applyAsLong(i, key.applyAsLong(i));
        sketch.add(keyOf(key.applyAsLong(i)), added, 1);
        exact.merge(key.applyAsLong(i), added, Long::sum);
        total += added;
        if (i % 50_021 == 0) {
          check(name + ", " + counters + " counters", sketch, counters, exact, total);
        }
      }
      check(name + ", " + counters + " counters", sketch, counters, exact, total);
    }
  }

  private static void check(
      String name, HeavyHitters sketch, int counters, Map<Long, Long> exact, long total) {
    assertThat(sketch.total()).as(name).isEqualTo(total);
    assertThat(sketch.size()).as(name).isLessThanOrEqualTo(2 * counters);
    assertThat(sketch.threshold()).as(name).isLessThanOrEqualTo(total / counters);
    Map<Long, Long> absent = new HashMap<>(exact);
    for (int i = 0; i < sketch.size(); i++) {
      Long truth = absent.remove(sketch.key(i)[1]);
      boolean isKept =
          truth != null // seen, and only once
              && sketch.weight(i) <= truth
              && truth <= sketch.weight(i) + sketch.missed(i)
              && sketch.missed(i) <= sketch.threshold();
      if (!isKept) {
        fail("%s: entry %d weighs %s", name, i, truth);
      }
    }
    long heaviest = absent.values().stream().mapToLong(truth -> truth).max().orElse(0);
    assertThat(heaviest).as("%s: absent", name).isLessThanOrEqualTo(sketch.threshold());
  }

  /// Both words distinguish keys.
  private static long[] keyOf(long number) {
    return new long[] {number * 31, number};
  }

  @Test
  void isExactWhileThereIsRoom() {
    HeavyHitters sketch = new HeavyHitters(32, hash);

    for (int i = 0; i < 64_000; i++) {
      sketch.add(keyOf(i % 64), 10, 3);
    }

    assertThat(sketch.size()).isEqualTo(64);
    assertThat(sketch.threshold()).isZero();
    for (int i = 0; i < 64; i++) {
      assertThat(sketch.weight(i)).isEqualTo(10_000);
      assertThat(sketch.companion(i)).isEqualTo(3_000);
      assertThat(sketch.missed(i)).isZero();
    }
  }

  @Test
  void findsTheOneThatHidesAmongAMillion() {
    HeavyHitters sketch = new HeavyHitters(4096, hash);

    for (int i = 0; i < 1_000_000; i++) {
      sketch.add(keyOf(i), 1, 0);
      if (i % 1000 == 0) {
        sketch.add(keyOf(-1), 1, 0);
      }
    }

    long most = 0;
    for (int i = 0; i < sketch.size(); i++) {
      if (sketch.key(i)[1] == -1) {
        most = sketch.weight(i) + sketch.missed(i);
      }
    }
    assertThat(most).isGreaterThanOrEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void startsAnewWhenCleared(int counters) {
    HeavyHitters sketch = new HeavyHitters(counters, hash);
    for (int i = 0; i < 10_000; i++) {
      sketch.add(keyOf(i), 5, 5);
    }

    sketch.clear();
    sketch.add(keyOf(9_999), 2, 1);

    assertThat(sketch.size()).isEqualTo(1);
    assertThat(sketch.total()).isEqualTo(2);
    assertThat(sketch.threshold()).isZero();
    assertThat(sketch.weight(0)).isEqualTo(2);
    assertThat(sketch.companion(0)).isEqualTo(1);
    assertThat(sketch.missed(0)).isZero();
  }

  @Test
  void addsWithoutAllocating() {
    HeavyHitters sketch = new HeavyHitters(64, hash);
    long[] key = new long[2];

    int _ =
        Allocation.assertNone(() -> {
          for (int i = 0; i < 20_000; i++) {
            key[1] = i;
            sketch.add(key, 1, 60);
          }
        });

    assertThat(sketch.threshold()).isPositive();
  }
}
