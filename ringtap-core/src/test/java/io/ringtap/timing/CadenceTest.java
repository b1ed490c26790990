package io.ringtap.timing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CadenceTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  @Test
  void wakesAtOnceWithoutSlack() {
    Cadence cadence = new Cadence(0);
    cadence.adapt(1000);

    assertThat(cadence.wakeNanos(123_456_789)).isEqualTo(123_456_789);
  }

  @Test
  void wakesAtTheNextMultipleAlsoOfTimesBeforeZero() {
    Cadence cadence = new Cadence(50 * MILLI);

    assertThat(cadence.wakeNanos(100 * MILLI)).isEqualTo(100 * MILLI);
    assertThat(cadence.wakeNanos(100 * MILLI + 1)).isEqualTo(150 * MILLI);
    assertThat(cadence.wakeNanos(-1)).isZero();
    assertThat(cadence.wakeNanos(-60 * MILLI)).isEqualTo(-50 * MILLI);
    assertThat(cadence.wakeNanos(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void isLateByTheSameFromOneIntervalToTheNext() {
    Cadence cadence = new Cadence(50 * MILLI);
    cadence.admit(SECOND);
    cadence.adapt(4000);

    long first = cadence.wakeNanos(123_456_789) - 123_456_789;
    for (int i = 1; i < 100; i++) {
      long due = 123_456_789 + i * SECOND;
      assertThat(cadence.wakeNanos(due) - due).isEqualTo(first);
    }
  }

  @Test
  void takesNoMoreTogetherThanABatch() {
    Cadence cadence = new Cadence(50 * MILLI);

    cadence.adapt(1000);
    assertThat(cadence.stepNanos()).isEqualTo(50 * MILLI);
    cadence.adapt(10_000);
    assertThat(cadence.stepNanos()).isEqualTo(50 * MILLI / 4);
    cadence.adapt(1_000_000);
    assertThat(cadence.stepNanos()).isZero();
    cadence.adapt(0);
    assertThat(cadence.stepNanos()).isEqualTo(50 * MILLI);
  }

  @Test
  void doesNotSwayAtTheLimitBetweenTwoSteps() {
    Cadence cadence = new Cadence(50 * MILLI);
    cadence.adapt(2600);
    assertThat(cadence.stepNanos()).isEqualTo(25 * MILLI);

    cadence.adapt(2500);
    assertThat(cadence.stepNanos()).isEqualTo(25 * MILLI);
    cadence.adapt(1900);
    assertThat(cadence.stepNanos()).isEqualTo(50 * MILLI);
    cadence.adapt(2500);
    assertThat(cadence.stepNanos()).isEqualTo(50 * MILLI);
  }

  @Test
  void isLateByASmallPartOfTheShortestIntervalOnly() {
    Cadence cadence = new Cadence(50 * MILLI);
    cadence.admit(SECOND);
    assertThat(cadence.stepNanos()).isEqualTo(50 * MILLI);

    cadence.admit(100 * MILLI);
    assertThat(cadence.stepNanos()).isEqualTo(50 * MILLI / 16);
    cadence.adapt(10);
    assertThat(cadence.stepNanos()).isEqualTo(50 * MILLI / 16);
    cadence.admit(MILLI);
    assertThat(cadence.stepNanos()).isZero();
  }
}
