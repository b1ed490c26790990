package io.ringtap.fleet.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.fleet.record.GapRecord;
import io.ringtap.fleet.record.Origin;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SequencesTest {
  private static final long DAY = 86_400_000;

  private Sequences sequences = new Sequences();

  private static Origin origin(String agent, long run, long number) {
    return new Origin("fra1", agent, run, number);
  }

  private Map<String, Sequences.Losses> losses() {
    Map<String, Sequences.Losses> all = new HashMap<>();
    sequences.losses(all::put);
    return all;
  }

  @Test
  void missesWhatHasNotComeUntilItComesOrIsSaidToBeGone() throws IOException {
    for (long number : new long[] {2, 5, 1, 9, 6}) {
      assertThat(sequences.isNew(origin("a", 1, number), 0)).isTrue();
    }
    assertThat(losses().get("fra1/a")).isEqualTo(new Sequences.Losses(4, 0));

    sequences = Sequences.read(sequences.bytes());
    assertThat(sequences.isNew(origin("a", 1, 5), 0)).isFalse();
    assertThat(sequences.isNew(origin("a", 1, 7), 0)).isTrue();
    assertThat(sequences.isNew(origin("a", 2, 7), 0)).isTrue();
    assertThat(sequences.isNew(origin("b", 1, 1), 0)).isTrue();
    assertThat(losses().get("fra1/a")).isEqualTo(new Sequences.Losses(3 + 6, 0));
    assertThat(losses().get("fra1/b")).isEqualTo(new Sequences.Losses(0, 0));

    assertThat(sequences.takeGap(new GapRecord(origin("a", 1, 3), 4), 0)).isEqualTo(2);
    assertThat(sequences.takeGap(new GapRecord(origin("a", 1, 3), 4), 0)).isZero();
    assertThat(losses().get("fra1/a")).isEqualTo(new Sequences.Losses(1 + 6, 2));
  }

  @Test
  void knowsNothingOfTheBeginningOfWhatBeganBeforeIt() {
    assertThat(sequences.isNew(origin("old", 1, 500), 0)).isTrue();
    assertThat(sequences.isNew(origin("old", 1, 503), 0)).isTrue();
    assertThat(sequences.isNew(origin("new", 100, 3), 0)).isTrue();

    sequences.beginHere(50);

    assertThat(losses())
        .hasEntrySatisfying("fra1/old", lost -> assertThat(lost.missing()).isZero());
    assertThat(losses())
        .hasEntrySatisfying("fra1/new", lost -> assertThat(lost.missing()).isEqualTo(2));
    assertThat(sequences.isNew(origin("old", 1, 501), 0)).isTrue(); // as of a spool
    assertThat(sequences.isNew(origin("old", 1, 501), 0)).isFalse();
    assertThat(losses())
        .hasEntrySatisfying("fra1/old", lost -> assertThat(lost.missing()).isZero());
    assertThat(sequences.isNew(origin("old", 1, 506), 0)).isTrue();
    assertThat(losses())
        .hasEntrySatisfying("fra1/old", lost -> assertThat(lost.missing()).isEqualTo(2));
    assertThat(sequences.takeGap(new GapRecord(origin("old", 1, 499), 504), 0)).isEqualTo(3);
    assertThat(losses())
        .hasEntrySatisfying("fra1/old", lost -> assertThat(lost.missing()).isEqualTo(1));
  }

  @Test
  void countsNoLessThanNothingWhateverNumbersAreWritten() {
    for (int run = 1; run <= 3; run++) {
      GapRecord gap = new GapRecord(origin("a", run, 1), Long.MAX_VALUE);
      assertThat(sequences.takeGap(gap, 0)).isPositive();
    }

    assertThat(losses().get("fra1/a")).isEqualTo(new Sequences.Losses(0, Long.MAX_VALUE));
  }

  @Test
  void forgetsRunsOfWhichNothingCanComeAnyMore() {
    assertThat(sequences.isNew(origin("a", 1, 9), 0)).isTrue();
    assertThat(sequences.isNew(origin("b", 1, 1), 8 * DAY)).isTrue();

    sequences.forgetOld(10 * DAY);

    assertThat(losses()).containsOnlyKeys("fra1/b");
  }
}
