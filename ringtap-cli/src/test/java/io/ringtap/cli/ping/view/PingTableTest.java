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
    lossy.add(new PingOutcome.NotSent(3, Errno.ENETUNREACH, 0, 0));
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
            target                       sent      loss   own     last      avg      p99      max  ms
            192.0.2.7                       8        0%     0    0.800    0.450    0.800    0.800  ▁▂▃▄▅▆▇█
            host.example (2001:db8::7)      2       50%     1        -   12.346   12.346   12.346  ▁××
            192.0.2.9                       0         -     0        -        -        -        -  \n\
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

  @Test
  void hasAllColumnsButOwnLossesOnAWideTerminalAndTheMostImportantOnANarrowOne() {
    List<PingTable.Row> rows = rows().subList(0, 1);

    assertThat(heading(rows, 120)).isEqualTo("target sent loss last min avg p99 max ms");
    assertThat(heading(rows, 79)).isEqualTo("target sent loss last avg p99 max ms");
    assertThat(heading(rows, 50)).isEqualTo("target sent loss last avg");
    assertThat(heading(rows, 29)).isEqualTo("target sent loss");
    assertThat(heading(rows(), 40)).isEqualTo("target sent loss own");
    assertThat(heading(rows, 10)).isEqualTo("target");
  }

  private static String heading(List<PingTable.Row> rows, int columns) {
    return new PingTable(true).lines(rows, columns).getFirst().text().replaceAll(" +", " ").strip();
  }

  @Test
  void targetsThatAreDownComeFirstUntilAnotherOrderIsWanted() {
    PingTable.Row good = new PingTable.Row("good");
    PingTable.Row slow = new PingTable.Row("slow");
    PingTable.Row lossy = new PingTable.Row("lossy");
    PingTable.Row gone = new PingTable.Row("gone");
    PingTable.Row dead = new PingTable.Row("dead");
    for (PingTable.Row row : List.of(good, slow, lossy, gone)) {
      row.add(reply(1, row == slow ? 9_000_000 : 1_000_000));
      row.add(reply(2, row == slow ? 9_000_000 : 1_000_000));
    }
    lossy.add(timeout(3));
    lossy.add(reply(4, 1_000_000));
    lossy.add(timeout(5));
    gone.add(timeout(3));
    gone.add(timeout(4));
    dead.add(timeout(1));
    List<PingTable.Row> given = List.of(good, slow, lossy, gone, dead);
    RowPages pages = new RowPages();

    assertThat(labels(pages.shown(given, 24)))
        .containsExactly("gone", "dead", "good", "slow", "lossy");
    assertThat(pages.words(5, 80))
        .isEqualTo("5 targets, down first; keys: s order, PgUp PgDn, q quit");
    press(pages, "s");
    assertThat(labels(pages.shown(given, 24)))
        .containsExactly("good", "slow", "lossy", "gone", "dead");
    press(pages, "s");
    assertThat(labels(pages.shown(given, 24)))
        .containsExactly("dead", "gone", "lossy", "good", "slow");
    press(pages, "s");
    assertThat(labels(pages.shown(given, 24))).startsWith("slow");
    press(pages, "s");
    assertThat(labels(pages.shown(given, 24))).startsWith("gone");
  }

  private static PingOutcome timeout(int sequence) {
    return new PingOutcome.TimedOut(sequence, 1_000_000_000, true, 0);
  }

  private static List<String> labels(List<PingTable.Row> rows) {
    return rows.stream().map(PingTable.Row::label).toList();
  }

  private static void press(RowPages pages, String keys) {
    assertThat(keys.chars()).allMatch(key -> pages.onKey(key) == RowPages.Wish.NONE);
  }

  @Test
  void endsAtAKey() {
    assertThat(new RowPages().onKey('q')).isEqualTo(RowPages.Wish.END);
  }

  @Test
  void pagesThroughRowsThatDoNotFit() {
    RowPages pages = new RowPages();

    assertThat(labels(pages.shown(many(20), 10))).startsWith("192.0.2.0").hasSize(7);
    assertThat(pages.words(25, 30)).isEqualTo("1-7 of 25, down first");
    press(pages, "\u001B[6~");
    assertThat(labels(pages.shown(many(20), 10))).startsWith("192.0.2.7").hasSize(7);
    press(pages, "  ");
    assertThat(labels(pages.shown(many(20), 10))).endsWith("192.0.2.19").hasSize(7);
    press(pages, "\u001B[A\u001B[5~");
    assertThat(labels(pages.shown(many(20), 10))).startsWith("192.0.2.6");
    assertThat(labels(pages.shown(many(20), 4))).hasSize(1);
    assertThat(labels(pages.shown(many(20), 100))).hasSize(20);
  }
}
