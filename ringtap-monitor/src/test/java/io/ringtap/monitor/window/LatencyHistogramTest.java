package io.ringtap.monitor.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Allocation;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 31, 32, 33, 63, 64, 65, 1_000_000, 1L << 40, Long.MAX_VALUE / 2})
  void hasEachValueInABucketWithin1Part32(long nanos) {
    int bucket = LatencyHistogram.bucket(nanos);
    long low = LatencyHistogram.lowest(bucket);
    long next = LatencyHistogram.lowest(bucket + 1);

    assertThat(nanos).isBetween(low, next - 1);
    assertThat(next - low).isLessThanOrEqualTo(Math.max(1, low / 32));
    assertThat(LatencyHistogram.bucket(low)).isEqualTo(bucket);
    assertThat(LatencyHistogram.bucket(next)).isEqualTo(bucket + 1);
  }

  @Test
  @Randomized
  void isTheSameWhetherAddedAtOnceOrInParts() {
    Property.forAll(random -> {
      LatencyHistogram whole = new LatencyHistogram();
      LatencyHistogram sum = new LatencyHistogram();
      for (int part = 0; part < 5; part++) {
        LatencyHistogram one = new LatencyHistogram();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
          long value = random.nextLong(1L << random.nextInt(1, 40));
          whole.add(value);
          one.add(value);
        }
        sum.add(one.copy());
      }

      assertThat(sum.count()).isEqualTo(whole.count());
      assertThat(sum.sum()).isEqualTo(whole.sum());
      assertThat(sum.min()).isEqualTo(whole.min());
      assertThat(sum.max()).isEqualTo(whole.max());
      assertThat(sum.buckets()).isEqualTo(whole.buckets());
      for (int i = 0; i < sum.buckets(); i++) {
        assertThat(sum.bucketAt(i)).isEqualTo(whole.bucketAt(i));
        assertThat(sum.countAt(i)).isEqualTo(whole.countAt(i));
      }
    });
  }

  @Test
  @Randomized
  void givesQuantilesWithinTheWidthOfABucket() {
    Property.forAll(
        200,
        random -> {
          long[] values = new long[1 + random.nextInt(300)];
          LatencyHistogram histogram = new LatencyHistogram();
          for (int i = 0; i < values.length; i++) {
            values[i] = random.nextLong(1L << random.nextInt(1, 36));
            histogram.add(values[i]);
          }
          Arrays.sort(values);

          for (double part : new double[] {0, 0.1, 0.5, 0.9, 0.99, 1}) {
            int rank = Math.clamp((long) Math.ceil(part * values.length), 1, values.length);
            long exact = values[rank - 1];
            assertThat(histogram.quantile(part))
                .isBetween(exact - exact / 64 - 1, exact + exact / 64 + 1);
          }
        });
  }

  @Test
  void saysThatItIsEmpty() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.add(5);
    histogram.clear();

    assertThat(histogram.count()).isZero();
    assertThat(histogram.buckets()).isZero();
    assertThat(histogram.quantile(0.5)).isEqualTo(-1);
    assertThat(histogram.mean()).isNaN();
  }

  @Test
  void allocatesNothingForBucketsThatAreThere() {
    LatencyHistogram histogram = new LatencyHistogram();

    int rounds =
        Allocation.assertNone(() -> {
          for (int i = 0; i < 1000; i++) {
            histogram.add(i * 1000L);
          }
        });

    assertThat(rounds).isPositive();
  }
}
