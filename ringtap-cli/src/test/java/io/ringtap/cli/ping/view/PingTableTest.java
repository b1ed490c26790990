package io.ringtap.cli.ping.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Terminal;
import io.ringtap.error.Errno;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingOutcome.Arrival;
import io.ringtap.ping.StampSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PingTableTest {
  private static final Terminal.Size SIZE = new Terminal.Size(24, 100);

  private final StringBuilder text = new StringBuilder();

  private static PingOutcome reply(int sequence, long rttNanos) {
    return new PingOutcome.Reply(sequence, arrival(rttNanos));
  }

  private static Arrival arrival(long rttNanos) {
    return new Arrival(Example.ADDRESS, rttNanos, 64, StampSource.KERNEL, 0);
  }

  private static List<PingTable.Row> rows() {
    PingTable.Row good = new PingTable.Row("192.0.2.7");
    for (int i = 1; i <= 8; i++) {
      good.add(reply(i, i * 100_000L));
    }
    PingTable.Row lossy = new PingTable.Row("host.example (2001:db8::7)");
    lossy.add(reply(1, 12_345_678));
    lossy.add(new PingOutcome.TimedOut(2, 1_000_000_000, true, 0));
    lossy.add(new PingOutcome.LateReply(2, arrival(1_100_000_000)));
    lossy.add(new PingOutcome.NotSent(3, Errno.ENETUNREACH, 0));
    return List.of(good, lossy, new PingTable.Row("192.0.2.9"));
  }

  private static List<PingTable.Row> many(int count) {
    List<PingTable.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new PingTable.Row("192.0.2." + i));
    }
    return rows;
  }

  private void draw(
      boolean isColoured,
      boolean isUnicode,
      List<PingTable.Row> rows,
      long hidden,
      Terminal.Size size) {
    List<LiveRegion.Line> lines = new PingTable(isUnicode).lines(rows, size.columns() - 1);
    LiveRegion.paint(text, lines, size, hidden, " more", isColoured);
  }

  private String shown() {
    return text.toString().replace("\u001B[K", "");
  }

  @Test
  void drawsALineForEachTarget() {
    draw(false, true, rows(), 0, SIZE);

    assertThat(shown().lines()).hasSize(4);
    assertThat(shown())
        .isEqualTo(
            """
            target                       sent      loss     last      min      avg      p99      max  ms
            192.0.2.7                       8        0%    0.800    0.100    0.450    0.800    0.800  ▁▂▃▄▅▆▇█
            host.example (2001:db8::7)      2       50%        -   12.346   12.346   12.346   12.346  ▁××
            192.0.2.9                       0         -        -        -        -        -        -  \n\
            """);
  }

  @Test
  void drawsInAsciiWhereNothingElseCanBeShown() {
    draw(false, false, rows(), 0, SIZE);

    assertThat(shown()).contains("  _.-~=+*#\n").contains("  _xx\n");
  }

  @Test
  void coloursLossAndTheHeader() {
    draw(true, true, rows(), 0, SIZE);

    assertThat(shown())
        .startsWith("\u001B[1mtarget")
        .contains("\u001B[31m       50%\u001B[0m")
        .doesNotContain("\u001B[31m        0%");
  }

  @Test
  void leavesOutTargetsThatDoNotFitAndCountsThem() {
    draw(false, true, many(20), 5, new Terminal.Size(10, 100));

    assertThat(shown().lines()).hasSize(9);
    assertThat(shown()).hasLineCount(9).contains("192.0.2.6 ").doesNotContain("192.0.2.7 ");
    assertThat(shown()).endsWith("... and 18 more\n");
  }

  @Test
  void showsAllTargetsThatJustFit() {
    draw(false, true, many(8), 0, new Terminal.Size(10, 100));

    assertThat(shown().lines()).hasSize(9);
    assertThat(shown()).contains("192.0.2.7 ").doesNotContain("more");
  }

  @Test
  void staysWithinNarrowTerminals() {
    for (int columns = 1; columns < 120; columns++) {
      text.setLength(0);
      Terminal.Size size = new Terminal.Size(4, columns);

      draw(false, true, rows(), 0, size);

      int width = Math.max(columns - 1, 1);
      assertThat(shown().lines()).hasSizeLessThan(4);
      assertThat(shown().lines()).allMatch(line -> line.length() <= width);
    }
  }
}
