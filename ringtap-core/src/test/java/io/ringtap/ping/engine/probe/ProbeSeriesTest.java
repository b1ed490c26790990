package io.ringtap.ping.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.ping.PingOptions;
import io.ringtap.ping.Pings;
import io.ringtap.ping.RunningPing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A series that has sent more probes than an `int` counts.
class ProbeSeriesTest {
  private static ProbeSeries series(long count) {
    PingOptions options = Pings.request().options().withCount(count);
    return new RunningPing(Pings.request().with(options), null, _ -> {}).series();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1L << 31, 1L << 32, (1L << 32) + 1, 1L << 33, Long.MAX_VALUE})
  void hasNoLastProbeWithoutEnd(long sequence) {
    assertThat(series(PingOptions.UNLIMITED).isLast(sequence)).isFalse();
  }

  @Test
  void endsAfterMoreProbesThanAnIntCounts() {
    long count = (1L << 32) + 5;

    assertThat(series(count).isLast(5)).isFalse();
    assertThat(series(count).isLast(count)).isTrue();
  }

  @Test
  void numbersProbesOnWhereTheTableHasOnlyTheLowBits() {
    long adopted = (1L << 32) - 2;

    assertThat(ProbeSeries.sequence(adopted, -5)).isEqualTo((1L << 32) - 5);
    assertThat(ProbeSeries.sequence(adopted, -1)).isEqualTo((1L << 32) - 1);
    assertThat(ProbeSeries.sequence(adopted, 0)).isEqualTo(1L << 32);
    assertThat(ProbeSeries.sequence(adopted, 16_384)).isEqualTo((1L << 32) + 16_384);
    assertThat(ProbeSeries.sequence((1L << 31) - 1, Integer.MIN_VALUE)).isEqualTo(1L << 31);
    assertThat(ProbeSeries.sequence(0, 1)).isOne();
  }
}
