package io.ringtap.monitor.tui;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Outcome;
import io.ringtap.monitor.window.OutcomeCounts;
import io.ringtap.monitor.window.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmokeColumnTest {
  private static Window window(long start, int seconds, int lost, long... rtts) {
    OutcomeCounts counts = new OutcomeCounts();
    LatencyHistogram rtt = new LatencyHistogram();
    counts.add(Outcome.LOST, lost);
    for (long nanos : rtts) {
      counts.add(Outcome.REPLY);
      rtt.add(nanos);
    }
    return new Window(start, seconds, counts, rtt, 64);
  }

  @Test
  void addsUpTheWindowsThatBeginInAColumn() {
    List<Window> windows = List.of(window(100, 10, 1, 1_000, 2_000), window(110, 10, 0, 3_000));

    SmokeColumn[] columns = SmokeColumn.of(windows, 100, 20, 1);

    assertThat(columns[0].lossRatio()).isEqualTo(0.25);
    assertThat(columns[0].min()).isEqualTo(1_000);
    assertThat(columns[0].max()).isEqualTo(3_000);
  }

  @Test
  void drawsAWindowOverAllColumnsThatItCovers() {
    SmokeColumn[] columns =
        SmokeColumn.of(List.of(window(100, 10, 0, 5), window(120, 10, 1)), 100, 40, 8);

    assertThat(columns)
        .extracting(SmokeColumn::lossRatio)
        .containsExactly(0.0, 0.0, Double.NaN, Double.NaN, 1.0, 1.0, Double.NaN, Double.NaN);
    assertThat(columns[1].hasReplies()).isTrue();
    assertThat(columns[4].isOutage()).isTrue();
    assertThat(columns[4].hasReplies()).isFalse();
  }

  @Test
  void isDensestAtTheMedian() {
    SmokeColumn column =
        SmokeColumn.of(List.of(window(0, 10, 0, 10, 20, 21, 22, 23, 24, 25, 26, 27, 31)), 0, 10, 1)[
            0];

    assertThat(column.density(23, 24)).isEqualTo(4);
    assertThat(column.density(25, 26)).isEqualTo(3);
    assertThat(column.density(27, 28)).isEqualTo(2);
    assertThat(column.density(30, 32)).isEqualTo(1);
    assertThat(column.density(32, 99)).isZero();
  }

  @Test
  void leavesRoomForTheLongTimesOfMostAndNotForEachOne() {
    SmokeColumn[] columns =
        SmokeColumn.of(
            List.of(window(0, 10, 0, 10, 20, 20, 20, 20, 20, 20, 20, 20, 20, 31)), 0, 10, 1);

    assertThat(SmokeColumn.range(columns)).containsExactly(10, 20);
    assertThat(SmokeColumn.range(SmokeColumn.of(List.of(), 0, 10, 1))).isNull();
  }
}
