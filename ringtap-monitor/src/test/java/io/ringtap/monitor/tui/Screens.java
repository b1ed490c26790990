package io.ringtap.monitor.tui;

import dev.tamboui.buffer.Buffer;
import dev.tamboui.layout.Rect;
import java.util.ArrayList;
import java.util.List;

/// What a view draws, as text.
final class Screens {
  private Screens() {}

  static Buffer buffer(MonitorView view, int columns, int rows) {
    Buffer buffer = Buffer.empty(new Rect(0, 0, columns, rows));
    view.render(buffer);
    return buffer;
  }

  /// The lines without blanks at their ends.
  static List<String> lines(MonitorView view, int columns, int rows) {
    return lines(buffer(view, columns, rows));
  }

  static List<String> lines(Buffer buffer) {
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < buffer.height(); y++) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < buffer.width(); x++) {
        line.append(buffer.get(x, y).symbol());
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  static String text(MonitorView view, int columns, int rows) {
    return String.join("\n", lines(view, columns, rows)) + "\n";
  }
}
