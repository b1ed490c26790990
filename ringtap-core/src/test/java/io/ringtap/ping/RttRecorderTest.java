package io.ringtap.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RttRecorderTest {
  private static final double[] PARTS = {0, 0.001, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1};

  private static RttStatistics statistics(long... samples) {
    RttRecorder recorder = new RttRecorder();
    for (long sample : samples) {
      recorder.record(sample);
    }
    return recorder.snapshot();
  }

  /// Samples of one order of magnitude or of many, with repetitions.
  private static long[] samples(SplittableRandom random, int count) {
    long scale = 1L << random.nextInt(4, 42);
    return random.longs(count).map(bits -> (bits >>> 1) % (1 + (scale >> (bits & 3)))).toArray();
  }

  /// Nearest rank: the smallest sample with at least a part `p` of all at or below it.
  private static long quantile(long[] sorted, double p) {
    return sorted[(int) Math.max(1, Math.ceil(p * sorted.length)) - 1];
  }

  @Test
  @Randomized
  void agreesWithTheNaiveFigures() {
    Property.forAll(random -> {
      long[] samples = samples(random, random.nextInt(1, 500));

      RttStatistics statistics = statistics(samples);

      double mean = LongStream.of(samples).average().orElseThrow();
      double variance =
          LongStream.of(samples).mapToDouble(x -> (x - mean) * (x - mean)).average().orElseThrow();
      double jitter = 0;
      for (int i = 1; i < samples.length; i++) {
        jitter = jitter + (Math.abs(samples[i] - samples[i - 1]) - jitter) / 16;
      }
      assertThat(statistics.count()).isEqualTo(samples.length);
      assertThat(statistics.min()).isEqualTo(LongStream.of(samples).min().orElseThrow());
      assertThat(statistics.max()).isEqualTo(LongStream.of(samples).max().orElseThrow());
      assertThat(statistics.mean()).isCloseTo(mean, within(1e-9 * (mean + 1)));
      assertThat(statistics.stddev()).isCloseTo(Math.sqrt(variance), within(1e-6 * (mean + 1)));
      assertThat(statistics.jitter()).isCloseTo(jitter, within(1e-9 * (mean + 1)));
    });
  }

  @Test
  @Randomized
  void hasExactQuantilesOfFewSamples() {
    Property.forAll(random -> {
      long[] samples = samples(random, random.nextInt(1, RttRecorder.EXACT_SAMPLES + 1));

      RttStatistics statistics = statistics(samples);

      Arrays.sort(samples);
      for (double p : PARTS) {
        assertThat(statistics.quantile(p)).as("%f", p).isEqualTo(quantile(samples, p));
      }
      assertThat(statistics.median()).isEqualTo(quantile(samples, 0.5));
    });
  }

  @Test
  @Randomized
  void isOffByLessThanOnePercentOfManySamples() {
    Property.forAll(random -> {
      long[] samples = samples(random, random.nextInt(RttRecorder.EXACT_SAMPLES + 1, 2000));

      RttStatistics statistics = statistics(samples);

      Arrays.sort(samples);
      for (double p : PARTS) {
        long exact = quantile(samples, p);
        assertThat(Math.abs(statistics.quantile(p) - exact))
            .as("quantile %f of %d", p, exact)
            .isLessThanOrEqualTo((long) (exact * 0.01));
      }
    });
  }

  @Test
  void computesTheFiguresOfAKnownSeries() {
    RttStatistics statistics = statistics(100, 300, 200);

    assertThat(statistics.mean()).isEqualTo(200);
    assertThat(statistics.stddev()).isCloseTo(Math.sqrt(20_000 / 3.0), within(1e-9));
    assertThat(statistics.jitter()).isCloseTo(12.5 + (100 - 12.5) / 16, within(1e-12));
    assertThat(statistics.median()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 64, 65, 127, 128, 1L << 40, (1L << 62) + 12_345, Long.MAX_VALUE})
  void holdsEveryMagnitude(long value) {
    long[] samples = new long[100];
    Arrays.fill(samples, value);

    RttStatistics statistics = statistics(samples);

    assertThat(statistics.median()).isEqualTo(value);
    assertThat(statistics.min()).isEqualTo(value);
    assertThat(statistics.max()).isEqualTo(value);
  }

  @Test
  void isASnapshotThatLaterSamplesDoNotChange() {
    RttRecorder recorder = new RttRecorder();
    recorder.record(5);
    RttStatistics before = recorder.snapshot();

    for (int i = 0; i < 100; i++) {
      recorder.record(1000);
    }

    assertThat(before.count()).isOne();
    assertThat(before.median()).isEqualTo(5);
    assertThat(recorder.snapshot().median()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 31, 1L << 32, 1L << 40})
  void countsMoreEqualSamplesThanAnIntHolds(long times) {
    RttRecorder recorder = new RttRecorder();
    recorder.record(1000);
    recorder.record(7_000_000, times);
    recorder.record(9_000_000);

    RttStatistics statistics = recorder.snapshot();

    assertThat(statistics.count()).isEqualTo(times + 2);
    assertThat(statistics.median()).isCloseTo(7_000_000L, within(70_000L));
    assertThat(statistics.quantile(0)).isCloseTo(1000L, within(10L));
    assertThat(statistics.quantile(1)).isCloseTo(9_000_000L, within(90_000L));
    assertThat(statistics.mean()).isCloseTo(7_000_000, within(1.0));
  }

  @Test
  @Randomized
  void recordsARunOfEqualSamplesAsIfOneByOne() {
    Property.forAll(random -> {
      RttRecorder run = new RttRecorder();
      RttRecorder single = new RttRecorder();
      for (long sample : samples(random, random.nextInt(1, 20))) {
        int times = random.nextInt(1, 50);
        run.record(sample, times);
        for (int i = 0; i < times; i++) {
          single.record(sample);
        }
      }

      RttStatistics one = single.snapshot();
      RttStatistics other = run.snapshot();

      assertThat(other.count()).isEqualTo(one.count());
      assertThat(other.mean()).isCloseTo(one.mean(), within(1e-9 * (one.mean() + 1)));
      assertThat(other.stddev()).isCloseTo(one.stddev(), within(1e-6 * (one.mean() + 1)));
      assertThat(other.jitter()).isCloseTo(one.jitter(), within(1e-9 * (one.mean() + 1)));
      for (double p : PARTS) {
        assertThat(other.quantile(p)).isEqualTo(one.quantile(p));
      }
    });
  }

  @Test
  void isAllZeroWithoutSamples() {
    assertThat(RttStatistics.NONE.median()).isZero();
    assertThat(RttStatistics.NONE.count()).isZero();
    assertThat(RttStatistics.NONE.stddev()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01})
  void refusesAPartThatIsNone(double p) {
    RttStatistics statistics = statistics(1);

    assertThatIllegalArgumentException().isThrownBy(() -> statistics.quantile(p));
  }
}
