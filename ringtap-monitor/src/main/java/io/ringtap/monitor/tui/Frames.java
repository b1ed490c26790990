package io.ringtap.monitor.tui;

import dev.tamboui.buffer.Buffer;
import dev.tamboui.buffer.Cell;
import dev.tamboui.buffer.DiffResult;
import dev.tamboui.layout.Rect;
import dev.tamboui.terminal.AnsiCellWriter;

/// Draws a view again and again, and says what has to be written to a terminal: all of it, or what
/// differs from the last time. One thread at a time uses it.
public final class Frames {
  private static final String CLEAR = "\u001B[H\u001B[2J";

  private final MonitorView view;
  private final StringBuilder whole = new StringBuilder();
  private final StringBuilder changes = new StringBuilder();
  private Buffer last = Buffer.empty(new Rect(0, 0, 0, 0));

  /// Frames of a view.
  public Frames(MonitorView view) {
    this.view = view;
  }

  /// Draws the next one.
  ///
  /// @return whether it differs from the one before
  public boolean draw(int columns, int rows) {
    Rect area = new Rect(0, 0, columns, rows);
    Buffer next = Buffer.empty(area);
    view.render(next);
    changes.setLength(0);
    boolean isResized = !last.area().equals(area);
    if (!isResized && last.equals(next)) {
      return false;
    }
    whole.setLength(0);
    write(Buffer.empty(area), next, whole);
    if (isResized) {
      changes.append(CLEAR).append(whole);
    } else {
      write(last, next, changes);
    }
    last = next;
    return true;
  }

  private static void write(Buffer before, Buffer now, StringBuilder text) {
    DiffResult differences = new DiffResult();
    before.diff(now, differences);
    try (AnsiCellWriter writer = new AnsiCellWriter(text::append)) {
      int x = -1;
      int y = -1;
      for (int i = 0; i < differences.size(); i++) {
        Cell cell = differences.getCell(i);
        if (cell.isContinuation()) {
          continue;
        }
        if (differences.getX(i) != x || differences.getY(i) != y) {
          x = differences.getX(i);
          y = differences.getY(i);
          text.append("\u001B[").append(y + 1).append(';').append(x + 1).append('H');
        }
        writer.writeCell(cell);
        // A character of two columns makes the next place uncertain, so that is said again.
        x += cell.symbol().length() == 1 ? 1 : 2;
      }
    }
  }

  /// What draws the last frame on an empty screen.
  public CharSequence whole() {
    return whole;
  }

  /// What makes it of the frame before.
  public CharSequence changes() {
    return changes;
  }
}
