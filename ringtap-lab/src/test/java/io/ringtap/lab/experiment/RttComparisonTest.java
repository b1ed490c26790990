package io.ringtap.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.peer.Exchange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RttComparisonTest {
  @Test
  void comparesTheProbesThatBothKnowAnAnswerTo() {
    List<Exchange> exchanges =
        List.of(
            new Exchange(1, 7, 1, 1_000, 1_500),
            new Exchange(1, 7, 2, 2_000, -1),
            new Exchange(1, 7, 3, 3_000, 3_100));

    RttComparison comparison =
        RttComparison.of(exchanges, Map.of(0, 900L, 1, 800L, 2, 150L, 9, 1L)).orElseThrow();

    assertThat(comparison.wireNanos(0)).isEqualTo(100);
    assertThat(comparison.wireNanos(1)).isEqualTo(500);
    assertThat(comparison.reportedNanos(1)).isEqualTo(900);
    assertThat(comparison.excessNanos(0)).isEqualTo(50);
    assertThat(comparison.excessNanos(1)).isEqualTo(400);
  }

  @Test
  void isEmptyWhereAPingerTellsNothing() {
    assertThat(RttComparison.of(List.of(new Exchange(1, 7, 1, 1_000, 1_500)), Map.of())).isEmpty();
  }
}
