package io.ringtap.lab.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Text and tables as Markdown that shows what was meant, whatever is in the text.
final class Markdown {
  private Markdown() {}

  /// One line, with nothing in it that Markdown would take for its own.
  static String text(String text) {
    StringBuilder escaped = new StringBuilder();
    line(text)
        .codePoints()
        .forEach(c -> {
          if (c < 0x80 && "\\`*_[]<>|#&~".indexOf(c) >= 0) {
            escaped.append('\\');
          }
          escaped.appendCodePoint(c);
        });
    return escaped.toString();
  }

  /// A code span, between more backticks than are in the text.
  static String code(String text) {
    String line = line(text);
    int longest = 0;
    int run = 0;
    for (int i = 0; i < line.length(); i++) {
      run = line.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    String blank = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return fence + blank + line + blank + fence;
  }

  private static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
  }

  static void table(Table table, StringBuilder out) {
    row(table.header().stream().map(Markdown::text).toList(), out);
    List<String> rule = new ArrayList<>(Collections.nCopies(table.header().size(), "---:"));
    rule.set(0, "---");
    row(rule, out);
    for (Table.Row row : table.rows()) {
      List<String> cells = new ArrayList<>();
      cells.add(text(row.name()));
      row.cells().forEach(cell -> cells.add(cell(cell)));
      row(cells, out);
    }
    out.append('\n');
  }

  private static String cell(Table.Cell cell) {
    return text(cell.text()) + (cell.detail().isEmpty() ? "" : " (" + text(cell.detail()) + ")");
  }

  static void row(List<String> cells, StringBuilder out) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
