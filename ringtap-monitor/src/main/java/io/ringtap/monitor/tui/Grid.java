package io.ringtap.monitor.tui;

import dev.tamboui.buffer.Buffer;
import dev.tamboui.layout.Rect;
import dev.tamboui.style.Style;
import dev.tamboui.text.CharWidth;
import java.util.ArrayList;
import java.util.List;

/// The targets as cells: with their names while all of those fit, else a character each. Knows
/// where each one stands, for the arrows.
final class Grid {
  private static final int MAX_NAME = 24;
  private static final int VALUE = 9;
  private static final int MARGIN = 1;

  private final List<TargetRow> rows;
  private final List<GridLine> lines;
  private final int cellWidth;

  /// @param first of the targets, by their places
  /// @param end after the last
  /// @param heading a group's name above its targets; empty in a line of targets
  private record GridLine(int first, int end, String heading) {
    boolean isHeading() {
      return !heading.isEmpty();
    }
  }

  /// Lays targets out.
  ///
  /// @param isByGroup whether each group has a heading; its targets stand together
  Grid(List<TargetRow> rows, boolean isByGroup, int width, int height) {
    this.rows = rows;
    int room = Math.max(1, width - 2 * MARGIN);
    int labelled = Math.min(room, MAX_NAME + VALUE + 4);
    int named = Math.max(1, room / labelled);
    List<GridLine> withNames = lines(rows, isByGroup, named);
    if (withNames.size() <= height) {
      lines = withNames;
      cellWidth = room / named;
    } else {
      lines = lines(rows, isByGroup, room);
      cellWidth = 1;
    }
  }

  private static List<GridLine> lines(List<TargetRow> rows, boolean isByGroup, int perLine) {
    List<GridLine> lines = new ArrayList<>();
    int at = 0;
    while (at < rows.size()) {
      int end = rows.size();
      if (isByGroup) {
        String group = rows.get(at).group();
        end = at;
        while (end < rows.size() && rows.get(end).group().equals(group)) {
          end++;
        }
        lines.add(new GridLine(at, end, group));
      }
      for (; at < end; at += perLine) {
        lines.add(new GridLine(at, Math.min(at + perLine, end), ""));
      }
      at = end;
    }
    return lines;
  }

  int height() {
    return lines.size();
  }

  /// The line that a target stands in.
  int lineOf(int place) {
    for (int i = 0; i < lines.size(); i++) {
      GridLine line = lines.get(i);
      if (!line.isHeading() && place < line.end) {
        return i;
      }
    }
    return 0;
  }

  /// The place of the target some lines below another one; above it if negative.
  int below(int place, int count) {
    int line = lineOf(place);
    int column = place - lines.get(line).first;
    int step = count < 0 ? -1 : 1;
    int left = Math.abs(count);
    int found = line;
    for (int next = line + step; left > 0 && next >= 0 && next < lines.size(); next += step) {
      if (!lines.get(next).isHeading()) {
        found = next;
        left--;
      }
    }
    GridLine to = lines.get(found);
    return Math.min(to.first + column, to.end - 1);
  }

  /// Draws the lines from `top` on that an area has room for.
  void draw(Look look, Buffer buffer, Rect area, int top, int selected) {
    for (int i = 0; i < area.height() && top + i < lines.size(); i++) {
      GridLine line = lines.get(top + i);
      int y = area.y() + i;
      if (line.isHeading()) {
        String text = line.heading + "  " + HealthCounts.of(rows.subList(line.first, line.end));
        buffer.setString(
            area.x() + MARGIN, y, CharWidth.substringByWidth(text, area.width() - 2), Look.STRONG);
        continue;
      }
      for (int place = line.first; place < line.end; place++) {
        int x = area.x() + MARGIN + (place - line.first) * cellWidth;
        drawCell(look, buffer, x, y, rows.get(place), place == selected);
      }
    }
  }

  private void drawCell(Look look, Buffer buffer, int x, int y, TargetRow row, boolean isSelected) {
    Style style = look.style(row);
    String symbol = String.valueOf(look.symbol(row));
    if (cellWidth == 1) {
      // The selected one must be seen among those that are down, which are reversed as well.
      Style marked =
          row.health() == Health.DOWN ? style.notReversed().bold().underlined() : style.reversed();
      buffer.setString(x, y, symbol, isSelected ? marked : style);
      return;
    }
    String value = value(row);
    int room = Math.max(1, cellWidth - VALUE - 4);
    String name = CharWidth.substringByWidth(row.name(), room);
    buffer.setString(x, y, symbol, style);
    String padding =
        " ".repeat(Math.max(1, room - CharWidth.of(name) + VALUE - value.length() + 1));
    String label = " " + name + padding;
    buffer.setString(x + 1, y, label, isSelected ? Look.BAR : Look.PLAIN);
    buffer.setString(
        x + 1 + CharWidth.of(label), y, value, isSelected ? Look.BAR : valueStyle(look, row));
  }

  private static Style valueStyle(Look look, TargetRow row) {
    return row.health() == Health.DOWN ? look.style(row).notReversed() : look.style(row);
  }

  private static String value(TargetRow row) {
    return switch (row.health()) {
      case DOWN -> "down";
      case UNRESOLVED -> "no addr.";
      case LOSSY -> "loss " + Texts.percent(row.lossRatio());
      case UP -> Texts.rtt(row.rttNanos());
      case PENDING -> "";
    };
  }
}
