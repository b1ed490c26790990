package io.ringtap.monitor.tui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tamboui.buffer.Buffer;
import dev.tamboui.style.Modifier;
import io.ringtap.monitor.tui.Look.Colours;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorViewTest {
  private static final Look PLAIN = new Look(true, Colours.NONE, ZoneOffset.UTC);
  private static final Look ASCII = new Look(false, Colours.NONE, ZoneOffset.UTC);
  private static final Look COLOURED = new Look(true, Colours.INDEXED, ZoneOffset.UTC);

  private static MonitorView view(KnownTargets targets, Look look) {
    InstantSource now = InstantSource.fixed(Instant.ofEpochSecond(KnownTargets.NOW_SECONDS));
    MonitorView view = new MonitorView(targets, now, look);
    view.refresh();
    return view;
  }

  private static void type(MonitorView view, String text) {
    text.chars().forEach(character -> view.onKey(Key.TEXT, (char) character));
  }

  private static void press(MonitorView view, Key... keys) {
    for (Key key : keys) {
      assertThat(view.onKey(key, (char) 0)).isTrue();
    }
  }

  /// The name of the target whose plot is shown.
  private static String selected(MonitorView view) {
    return Screens.lines(view, 80, 24).stream()
        .filter(line -> line.startsWith("── host"))
        .map(line -> line.substring(3, line.indexOf("  ")))
        .findFirst()
        .orElse("none");
  }

  @Test
  void drawsTargetsPlotAndEventsIn80ColumnsAnd24Rows() {
    assertThat(Screens.text(view(new KnownTargets(12, "default"), PLAIN), 80, 24))
        .isEqualTo(
            """
             ringtap monitor  12 targets: 1 down, 1 loss, 10 up                    04:00:00
             ▂ host0                         1.00ms ▃ host1                         2.00ms
             ▃ host2                         3.00ms 3 host3                       loss 25%
             ▃ host4                         5.00ms ▃ host5                         6.00ms
             ▃ host6                         7.00ms X host7                           down
             ▃ host8                         9.00ms ▄ host9                         10.0ms
             ▄ host10                        11.0ms ▄ host11                        12.0ms
            ── host0  10.0.0.0  up  loss 0%  median 1.00ms  ttl 64 ──────────── 5 minutes ──
              probes ▁▂▃▃▄▅▆▆▇█▁▂▃▃▄▅▆▆▇█X▂▃▃▄▅▆▆▇█▁▂▃▃▄▅▆▆▇█ 29.0ms
                   │                                         ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
                   │                                         ██████████████████████████████
                   │    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
             20.0ms┤    ███████████████████████
                   │
                   │
                  0┤
               loss                            XXXXXXXXXXXXXX               ▃▃
                   └─────────────┬─────────────┬▲────────────▽─────────────┬──────────────┬
                                 03:56         03:57         03:58         03:59
            ── events ──────────────────────────────────────────────────────────────────────
             03:58:00     ▽ down over     host7  a reply after 12 probes
             03:57:05     ▲ down          host7  5 probes without a reply

             Enter alone  / search  w worst  n next bad  + - time  ? help  q quit
            """);
  }

  @Test
  void drawsManyTargetsInGroupsAsACharacterEachInAsciiToo() {
    assertThat(Screens.text(view(new KnownTargets(200, "lan", "wan"), ASCII), 80, 24))
        .isEqualTo(
            """
             ringtap monitor  200 targets: 20 down, 20 loss, 160 up                04:00:00
             lan  100 targets: 10 down, 10 loss, 80 up
             .--3---X-====3===X=====3===X=++++3+++X++.--3---X-====3===X=====3===X=++++3+++X
             ++.--3---X-====3===X==
             wan  100 targets: 10 down, 10 loss, 80 up
             ===3===X=++++3+++X++.--3---X-====3===X=====3===X=++++3+++X++.--3---X-====3===X
             =====3===X=++++3+++X++
            -- host0  10.0.0.0  up  loss 0%  median 1.00ms  ttl 64 ------------ 5 minutes --
              probes _.--=+**%#_.--=+**%#X.--=+**%#_.--=+**%# 29.0ms
                   |                                         ++++++++++++++++++++++++++++++
                   |                                         ##############################
                   |    +++++++++++++++++++++++
             20.0ms+    #######################
                   |
                   |
                  0+
               loss                            XXXXXXXXXXXXXX               33
                   +-------------+-------------+^------------v-------------+--------------+
                                 03:56         03:57         03:58         03:59
            -- events ----------------------------------------------------------------------
             03:58:00     v down over     host7  a reply after 12 probes
             03:57:05     ^ down          host7  5 probes without a reply

             Enter alone  / search  w worst  n next bad  + - time  ? help  q quit
            """)
        .matches("\\p{ASCII}*");
  }

  @Test
  void showsAnOutageInColoursAsAbsenceOfReplies() {
    Buffer drawn = Screens.buffer(view(new KnownTargets(3, "default"), COLOURED), 80, 24);
    List<String> lines = Screens.lines(drawn);
    int loss = lines.indexOf(lines.stream().filter(l -> l.startsWith("   loss")).findFirst().get());
    int outage = lines.get(loss).indexOf('X');

    assertThat(drawn.get(outage, loss).style().fg()).contains(dev.tamboui.style.Color.indexed(196));
    assertThat(drawn.get(outage, loss - 1).style().bg())
        .contains(dev.tamboui.style.Color.indexed(52));
    assertThat(drawn.get(outage - 1, loss - 1).style().bg()).isEmpty();
  }

  @Test
  void usesNoColourWhereNoneIsWelcome() {
    Buffer drawn = Screens.buffer(view(new KnownTargets(300, "a", "b"), PLAIN), 80, 24);

    for (int y = 0; y < 24; y++) {
      for (int x = 0; x < 80; x++) {
        assertThat(drawn.get(x, y).style().fg()).isEmpty();
        assertThat(drawn.get(x, y).style().bg()).isEmpty();
      }
    }
  }

  @Test
  void selectsWithTheArrowsLineByLineAndTargetByTarget() {
    MonitorView view = view(new KnownTargets(300, "lan", "wan"), PLAIN);
    assertThat(selected(view)).isEqualTo("host0");

    press(view, Key.RIGHT, Key.RIGHT);
    assertThat(selected(view)).isEqualTo("host2");
    press(view, Key.DOWN);
    assertThat(selected(view)).isEqualTo("host80");
    press(view, Key.DOWN); // past the heading of the next group
    assertThat(selected(view)).isEqualTo("host152");
    press(view, Key.UP, Key.LEFT);
    assertThat(selected(view)).isEqualTo("host79");
    press(view, Key.END);
    assertThat(selected(view)).isEqualTo("host299");
    press(view, Key.RIGHT, Key.HOME);
    assertThat(selected(view)).isEqualTo("host0");
  }

  @Test
  void scrollsToTheSelectedOneAmongThousands() {
    MonitorView view = view(new KnownTargets(10_000, "all"), PLAIN);

    press(view, Key.END);

    assertThat(selected(view)).isEqualTo("host9999");
    Buffer drawn = Screens.buffer(view, 80, 24);
    boolean isSeen = false;
    for (int y = 1; y < 10; y++) {
      for (int x = 0; x < 80; x++) {
        isSeen |= drawn.get(x, y).style().effectiveModifiers().contains(Modifier.REVERSED);
      }
    }
    assertThat(isSeen).isTrue();
    assertThat(Screens.lines(view, 80, 24).getLast()).endsWith(" 121-129 of 129");
  }

  @Test
  void doesNotMindKeysBeforeItWasDrawn() {
    MonitorView view = view(new KnownTargets(10, "all"), PLAIN);

    press(view, Key.DOWN, Key.PAGE_DOWN, Key.UP);

    assertThat(selected(view)).isEqualTo("host0");
  }

  @Test
  void findsTargetsByNameWhileItIsTyped() {
    MonitorView view = view(new KnownTargets(300, "lan", "wan"), PLAIN);

    type(view, "/HOST20");
    assertThat(Screens.lines(view, 80, 24).getLast()).startsWith(" search: HOST20_");
    assertThat(selected(view)).isEqualTo("host20");
    type(view, "7");
    assertThat(selected(view)).isEqualTo("host207");
    press(view, Key.BACKSPACE, Key.ENTER, Key.RIGHT);
    assertThat(selected(view)).isEqualTo("host208");
    assertThat(Screens.lines(view, 80, 24).getLast()).startsWith(" 11 found by \"HOST20\"");
    press(view, Key.ESCAPE);

    assertThat(selected(view)).isEqualTo("host208");
    assertThat(Screens.lines(view, 80, 24).getLast()).startsWith(" Enter alone");
  }

  @Test
  void saysThatASearchFindsNothing() {
    MonitorView view = view(new KnownTargets(3, "lan"), PLAIN);

    type(view, "/qqq");

    assertThat(Screens.text(view, 80, 24)).contains("nothing found").contains("search: qqq_");
  }

  @Test
  void putsTheWorstFirst() {
    MonitorView view = view(new KnownTargets(18, "lan", "wan"), PLAIN);

    type(view, "w");

    assertThat(Screens.lines(view, 80, 24).get(1)).contains("X host7 ").contains("X host17 ");
    assertThat(selected(view)).isEqualTo("host7");
  }

  @Test
  void goesFromOneThatIsBadToTheNext() {
    MonitorView view = view(new KnownTargets(30, "lan"), PLAIN);

    type(view, "nnn");
    assertThat(selected(view)).isEqualTo("host13");
    type(view, "nnnn");
    assertThat(selected(view)).isEqualTo("host3");
  }

  @Test
  void keepsTheSelectedOneWhileOthersGo() {
    KnownTargets targets = new KnownTargets(30, "lan");
    MonitorView view = view(targets, PLAIN);
    press(view, Key.RIGHT, Key.RIGHT);

    targets.removeFirst();
    view.refresh();
    assertThat(selected(view)).isEqualTo("host2");
    targets.removeFirst();
    targets.removeFirst();
    view.refresh();

    assertThat(selected(view)).isEqualTo("host4");
  }

  @Test
  void showsOneTargetAloneWithItsEvents() {
    MonitorView view = view(new KnownTargets(12, "default"), PLAIN);

    press(view, Key.ENTER, Key.DOWN);
    List<String> lines = Screens.lines(view, 80, 24);

    assertThat(lines.get(1)).startsWith("── host1  10.0.0.1  up  loss 0%  median 2.00ms  ttl 64 ─");
    assertThat(lines).anyMatch(line -> line.startsWith("── events of host1 ──"));
    press(view, Key.ESCAPE);
    assertThat(Screens.lines(view, 80, 24).get(1)).contains("host0").contains("host1");
  }

  @Test
  void showsMoreTimeOrLess() {
    MonitorView view = view(new KnownTargets(12, "default"), PLAIN);

    type(view, "++");
    assertThat(Screens.text(view, 80, 24)).contains(" 3 hours ─").contains("02:00");
    type(view, "+++++++++");
    assertThat(Screens.text(view, 80, 24))
        .contains(" a year ─")
        .containsPattern("[A-Z][a-z]{2} \\d");
    type(view, "---------");
    assertThat(Screens.text(view, 80, 24)).contains(" 5 minutes ─");
  }

  @Test
  void explainsItselfAndEndsWhenAsked() {
    MonitorView view = view(new KnownTargets(12, "default"), PLAIN);

    type(view, "?");
    assertThat(Screens.text(view, 80, 24)).contains("worst first, or by group");
    press(view, Key.ESCAPE);
    assertThat(Screens.text(view, 80, 24)).doesNotContain("worst first, or by group");

    assertThat(view.onKey(Key.TEXT, 'q')).isFalse();
  }

  @Test
  void saysSoWhenThereAreNoTargets() {
    MonitorView view = view(new KnownTargets(0, "default"), PLAIN);

    press(view, Key.DOWN, Key.ENTER, Key.RIGHT, Key.ESCAPE);

    assertThat(Screens.text(view, 80, 24)).contains("no targets yet");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "39, 24", "40, 10", "50, 12", "80, 9", "300, 90"})
  void fitsIntoAnySize(int columns, int rows) {
    MonitorView view = view(new KnownTargets(5_000, "lan", "wan"), PLAIN);

    for (Key key : List.of(Key.END, Key.ENTER, Key.PAGE_UP)) {
      press(view, key);
      assertThat(Screens.lines(view, columns, rows)).hasSize(rows);
    }
  }
}
