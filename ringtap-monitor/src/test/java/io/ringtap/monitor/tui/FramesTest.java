package io.ringtap.monitor.tui;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.monitor.tui.Look.Colours;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final Pattern SEQUENCE = Pattern.compile("\u001B\\[([0-9;]*)([A-Za-z])|(.)");

  private final MonitorView view =
      new MonitorView(
          new KnownTargets(30, "lan"),
          InstantSource.fixed(Instant.ofEpochSecond(KnownTargets.NOW_SECONDS)),
          new Look(true, Colours.INDEXED, ZoneOffset.UTC));

  private final Frames frames = new Frames(view);

  /// A terminal that knows as much as frames use.
  private static final class PlainTerminal {
    private final char[][] cells;
    private int x;
    private int y;

    PlainTerminal(int columns, int rows) {
      cells = new char[rows][columns];
      clear();
    }

    private void clear() {
      for (char[] row : cells) {
        Arrays.fill(row, ' ');
      }
    }

    void take(CharSequence text) {
      Matcher matcher = SEQUENCE.matcher(text);
      while (matcher.find()) {
        if (matcher.group(3) != null) {
          cells[y][x++] = matcher.group(3).charAt(0);
        } else if (matcher.group(2).equals("H")) {
          String[] place = matcher.group(1).isEmpty() ? new String[0] : matcher.group(1).split(";");
          y = place.length == 0 ? 0 : Integer.parseInt(place[0]) - 1;
          x = place.length == 0 ? 0 : Integer.parseInt(place[1]) - 1;
        } else if (matcher.group(2).equals("J")) {
          clear();
        }
      }
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      for (char[] row : cells) {
        lines.add(new String(row).stripTrailing());
      }
      return lines;
    }
  }

  @Test
  void changesMakeEachFrameOfTheOneBefore() {
    PlainTerminal terminal = new PlainTerminal(80, 24);
    view.refresh();
    frames.draw(80, 24);
    terminal.take(frames.changes());
    assertThat(terminal.lines()).isEqualTo(Screens.lines(view, 80, 24));

    for (Key key : List.of(Key.RIGHT, Key.END, Key.ENTER, Key.UP, Key.ESCAPE)) {
      view.onKey(key, (char) 0);
      assertThat(frames.draw(80, 24)).isTrue();
      terminal.take(frames.changes());

      assertThat(terminal.lines()).isEqualTo(Screens.lines(view, 80, 24));
    }
  }

  @Test
  void allOfItDrawsAFrameOnAnEmptyScreen() {
    view.refresh();
    frames.draw(80, 24);
    view.onKey(Key.RIGHT, (char) 0);
    frames.draw(80, 24);
    PlainTerminal terminal = new PlainTerminal(80, 24);

    terminal.take(frames.whole());

    assertThat(terminal.lines()).isEqualTo(Screens.lines(view, 80, 24));
    assertThat(frames.changes().length()).isLessThan(frames.whole().length() / 2);
  }

  @Test
  void writesNothingWhileNothingChanges() {
    view.refresh();
    frames.draw(80, 24);

    view.refresh();
    assertThat(frames.draw(80, 24)).isFalse();
    assertThat(frames.changes().length()).isZero();
  }

  @Test
  void drawsAllOfItInAnotherSize() {
    PlainTerminal terminal = new PlainTerminal(100, 30);
    view.refresh();
    frames.draw(80, 24);
    terminal.take(frames.changes());

    assertThat(frames.draw(100, 30)).isTrue();
    terminal.take(frames.changes());

    assertThat(terminal.lines()).isEqualTo(Screens.lines(view, 100, 30));
  }
}
