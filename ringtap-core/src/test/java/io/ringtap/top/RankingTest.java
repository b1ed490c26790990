package io.ringtap.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankingTest {
  private final KeyHash hash = new KeyHash(1, new SplittableRandom(5));

  private IntervalCount count(int counters, long seconds) {
    IntervalCount count = new IntervalCount(counters, hash);
    count.endNanos = count.beginNanos + seconds * 1_000_000_000;
    return count;
  }

  private static void add(IntervalCount count, int vlan, long weight, long companion) {
    count.keys.add(new long[] {vlan}, weight, companion);
    count.packets += weight;
    count.bytes += companion;
  }

  @Test
  void addsUpTheThreadsOverTheTimeThatEachTook() {
    IntervalCount one = count(8, 1);
    IntervalCount two = count(8, 2);
    add(one, 1, 10, 1000);
    add(one, 2, 30, 3000);
    add(two, 1, 40, 8000);

    Interval interval =
        new Ranking(KeyKind.VLAN, Order.PACKETS, 10).of(List.of(one, two), 77, 3, 4);

    assertThat(interval.packets()).isEqualTo(80);
    assertThat(interval.bytes()).isEqualTo(12_000);
    assertThat(interval.packetsPerSecond()).isCloseTo(60, within(1e-9));
    assertThat(interval.bitsPerSecond()).isCloseTo(8 * 8000, within(1e-6));
    assertThat(interval.durationNanos()).isEqualTo(2_000_000_000);
    assertThat(interval.droppedByKernel()).isEqualTo(3);
    assertThat(interval.droppedByInterface()).isEqualTo(4);
    assertThat(interval.bound()).isZero();
    assertThat(interval.rows()).extracting(row -> row.key().toString()).containsExactly("1", "2");
    Interval.Row first = interval.rows().getFirst();
    assertThat(first.packets()).isEqualTo(50);
    assertThat(first.bytes()).isEqualTo(9000);
    assertThat(first.packetsPerSecond()).isCloseTo(30, within(1e-9));
    assertThat(first.bitsPerSecond()).isCloseTo(8 * 5000, within(1e-6));
    assertThat(first.share()).isCloseTo(0.625, within(1e-9));
    assertThat(first.missed()).isZero();
  }

  @Test
  void countsPacketsBesideBitsWhenOrderedByBits() {
    IntervalCount one = count(8, 1);
    one.keys.add(new long[] {1}, 1500, 1);
    one.keys.add(new long[] {2}, 600, 10);
    one.packets = 11;
    one.bytes = 2100;

    Interval interval = new Ranking(KeyKind.VLAN, Order.BITS, 1).of(List.of(one), 0, 0, 0);

    assertThat(interval.keys()).isEqualTo(2);
    assertThat(interval.rows()).hasSize(1);
    Interval.Row row = interval.rows().getFirst();
    assertThat(row.key()).hasToString("1");
    assertThat(row.bytes()).isEqualTo(1500);
    assertThat(row.packets()).isEqualTo(1);
    assertThat(row.bitsPerSecond()).isCloseTo(12_000, within(1e-9));
    assertThat(row.share()).isCloseTo(1500.0 / 2100, within(1e-9));
  }

  @Test
  void boundsHoldForTheSumOfThreads() {
    Random random = new Random(11);
    List<IntervalCount> threads = List.of(count(16, 1), count(16, 1), count(16, 1));
    Map<Integer, Long> exact = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      int vlan = (int) Math.min(4000, 3 / (random.nextDouble() + 1e-9));
      add(threads.get(random.nextInt(100) % 3), vlan, 1, 60);
      exact.merge(vlan, 1L, Long::sum);
    }

    Interval interval = new Ranking(KeyKind.VLAN, Order.PACKETS, 1000).of(threads, 0, 0, 0);

    assertThat(interval.bound()).isPositive().isLessThanOrEqualTo(100_000 / 16);
    assertThat(interval.keys()).isBetween(2 * 16, exact.size() - 1);
    for (Interval.Row row : interval.rows()) {
      long truth = Objects.requireNonNull(exact.remove(row.key().vlan()));
      assertThat(row.packets()).isLessThanOrEqualTo(truth);
      assertThat(row.packets() + row.missed()).isGreaterThanOrEqualTo(truth);
      assertThat(row.missed()).isBetween(0L, interval.bound());
    }
    assertThat(exact.values()).allMatch(truth -> truth <= interval.bound());
  }

  @Test
  void anIntervalWithoutPacketsHasNoRows() {
    Interval interval =
        new Ranking(KeyKind.VLAN, Order.PACKETS, 10).of(List.of(count(4, 1)), 0, 0, 0);

    assertThat(interval.rows()).isEmpty();
    assertThat(interval.keys()).isZero();
    assertThat(interval.packetsPerSecond()).isZero();
  }
}
