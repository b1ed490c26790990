package io.ringtap.monitor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.NativeHistogramBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RttBucketsTest {
  @Test
  void putsPowersOfTwoIntoTheBucketThatTheyEnd() {
    for (int power = -20; power <= 6; power++) {
      double end = Math.scalb(1.0, power);

      assertThat(RttBuckets.index(end)).isEqualTo(power * 8);
      assertThat(RttBuckets.index(Math.nextUp(end))).isEqualTo(power * 8 + 1);
      assertThat(RttBuckets.index(Math.nextDown(end))).isEqualTo(power * 8);
    }
  }

  @Test
  void putsEachValueBetweenTheEndsOfItsBucket() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i = 0; i < 100_000; i++) {
      double seconds = Math.exp(random.nextDouble(Math.log(1e-9), Math.log(100)));
      int index = RttBuckets.index(seconds);

      // By Math.pow, which may be off in the last digit.
      assertThat(seconds).isLessThanOrEqualTo(Math.pow(2, index / 8.0) * (1 + 1e-12));
      assertThat(seconds).isGreaterThan(Math.pow(2, (index - 1) / 8.0) * (1 - 1e-12));
    }
  }

  @Test
  void keepsCountAndSumWhileItGoesToCoarserBuckets() {
    RttBuckets buckets = new RttBuckets();
    long sum = 0;
    int count = 0;
    for (long nanos = 1_000; nanos < 60_000_000_000L; nanos += nanos / 20) {
      buckets.add(nanos);
      sum += nanos;
      count++;

      assertThat(total(buckets)).isEqualTo(count);
    }

    assertThat(buckets.sumSeconds()).isEqualTo(sum / 1e9);
    assertThat(buckets.nativeBuckets().size()).isLessThanOrEqualTo(48);
    assertThat(buckets.schema()).isLessThan(3);
  }

  @Test
  void isTheSameWhetherItWentToCoarserBucketsEarlyOrLate() {
    List<Long> values = new ArrayList<>();
    for (long nanos = 1_000; nanos < 60_000_000_000L; nanos += nanos / 20) {
      values.add(nanos);
    }
    RttBuckets rising = new RttBuckets();
    values.forEach(rising::add);
    RttBuckets falling = new RttBuckets();
    values.reversed().forEach(falling::add);

    assertThat(falling.schema()).isEqualTo(rising.schema());
    assertThat(pairs(falling)).isEqualTo(pairs(rising));
  }

  @Test
  void countsAValueOfZeroBesideTheBuckets() {
    RttBuckets buckets = new RttBuckets();
    buckets.add(0);

    assertThat(buckets.zeros()).isEqualTo(1);
    assertThat(buckets.nativeBuckets().size()).isZero();
    assertThat(buckets.classicBuckets().getCount(0)).isEqualTo(1);
  }

  @Test
  void makesClassicBucketsThatHoldExactlyWhatIsWithinThem() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    RttBuckets buckets = new RttBuckets();
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      values.add((long) Math.exp(random.nextDouble(Math.log(1_000), Math.log(1e11))));
      buckets.add(values.getLast());
    }

    double below = 0;
    for (ClassicHistogramBucket bucket : buckets.classicBuckets()) {
      double from = below;
      double to = bucket.getUpperBound();
      assertThat(bucket.getCount())
          .isEqualTo(values.stream().filter(v -> v / 1e9 > from && v / 1e9 <= to).count());
      below = to;
    }
  }

  private static long total(RttBuckets buckets) {
    return buckets.nativeBuckets().stream().mapToLong(NativeHistogramBucket::getCount).sum();
  }

  private static List<String> pairs(RttBuckets buckets) {
    return buckets.nativeBuckets().stream()
        .map(bucket -> bucket.getBucketIndex() + ":" + bucket.getCount())
        .toList();
  }
}
