package io.ringtap.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.lab.report.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class RttErrorsTest {
  private final RttErrors errors = new RttErrors();

  @Test
  void tellsHowFarOffToEitherSide() {
    errors.add(101_000, 100_000);
    errors.add(97_000, 100_000);
    errors.add(110_000, 100_000);

    assertThat(errors.values())
        .containsEntry(RttErrors.REPLIES, 3.0)
        .containsEntry(RttErrors.ERROR_P50, 3.0)
        .containsEntry(RttErrors.ERROR_MAX, 10.0)
        .containsEntry(RttErrors.WIRE_P50, 100.0)
        .containsEntry(RttErrors.REPORTED_P50, 101.0);
  }

  @Test
  void drawsTheErrorOverThePartThatHasNoLargerOne() {
    errors.add(105_000, 100_000);
    errors.add(101_000, 100_000);

    assertThat(errors.series())
        .containsExactly(
            new Sample.Series(RttErrors.ERROR_SERIES, List.of(50.0, 100.0), List.of(1.0, 5.0)));
  }
}
