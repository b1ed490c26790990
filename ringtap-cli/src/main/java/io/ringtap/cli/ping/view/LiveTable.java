package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Terminal;
import java.util.Collection;
import java.util.Iterator;

/// Draws the live table: text in, lines out, no terminal needed.
final class LiveTable {
  static final String RED = "\u001B[31m";
  static final String BOLD = "\u001B[1m";
  static final String PLAIN = "\u001B[0m";

  private static final int SENT = 7; // columns' widths with the blank before them
  private static final int LOSS = 10;
  private static final int TIME = 9;
  private static final int FIGURES = SENT + LOSS + 5 * TIME + 2;
  private static final int LEAST_LABEL = 10;
  private static final int LEAST_SPARKLINE = 8;

  private final boolean isColoured;
  private final boolean isUnicode;

  LiveTable(boolean isColoured, boolean isUnicode) {
    this.isColoured = isColoured;
    this.isUnicode = isUnicode;
  }

  /// Appends the table, which has at least one line less than the terminal has rows.
  ///
  /// @param hidden running targets beside `rows`
  void draw(StringBuilder text, Collection<LiveRow> rows, long hidden, Terminal.Size size) {
    int room = Math.max(size.rows() - 2, 1); // the header's line, and the cursor's
    boolean isCut = rows.size() > room || hidden > 0;
    int shown = Math.min(rows.size(), isCut ? room - 1 : room);
    int columns = size.columns() - 1; // the last one would wrap
    int label = labelWidth(rows, shown, columns);
    header(text, label, columns);
    Iterator<LiveRow> each = rows.iterator();
    for (int i = 0; i < shown; i++) {
      row(text, each.next(), label, columns);
    }
    if (isCut) {
      int begin = text.length();
      text.append("... and ").append(rows.size() - shown + hidden).append(" more");
      end(text, begin, columns);
    }
  }

  private static int labelWidth(Collection<LiveRow> rows, int shown, int columns) {
    int widest = LEAST_LABEL;
    Iterator<LiveRow> each = rows.iterator();
    for (int i = 0; i < shown; i++) {
      widest = Math.max(widest, each.next().label().length());
    }
    return Math.clamp(columns - FIGURES - LEAST_SPARKLINE, LEAST_LABEL, widest);
  }

  private void header(StringBuilder text, int label, int columns) {
    int begin = text.length();
    text.append("target").repeat(' ', label - "target".length());
    cell(text, "sent", SENT);
    cell(text, "loss", LOSS);
    cell(text, "last", TIME);
    cell(text, "min", TIME);
    cell(text, "avg", TIME);
    cell(text, "p99", TIME);
    cell(text, "max", TIME);
    text.append("  ms");
    cut(text, begin, columns);
    if (isColoured) {
      text.insert(begin, BOLD).append(PLAIN);
    }
    text.append(LiveRegion.END_OF_LINE);
  }

  private void row(StringBuilder text, LiveRow row, int label, int columns) {
    int begin = text.length();
    String name = row.label();
    text.append(name, 0, Math.min(name.length(), label));
    text.repeat(' ', label - Math.min(name.length(), label));
    cell(text, Long.toString(row.sent()), SENT);
    int lossBegin = text.length();
    double loss = row.loss();
    cell(text, Double.isNaN(loss) ? "-" : percent(loss), LOSS);
    int lossEnd = text.length();
    time(text, row.last() >= 0, row.last());
    boolean isKnown = row.rtt().count() > 0;
    time(text, isKnown, row.rtt().min());
    time(text, isKnown, Math.round(row.rtt().mean()));
    time(text, isKnown, row.rtt().quantile(0.99));
    time(text, isKnown, row.rtt().max());
    text.append("  ");
    int left = columns - (text.length() - begin);
    if (left > 0) {
      row.sparkline().append(text, left, isUnicode);
    }
    cut(text, begin, columns);
    if (isColoured && loss > 0 && text.length() >= lossEnd) {
      text.insert(lossEnd, PLAIN).insert(lossBegin, RED);
    }
    text.append(LiveRegion.END_OF_LINE);
  }

  private static String percent(double loss) {
    StringBuilder text = new StringBuilder();
    return Figures.percent(text, loss).toString();
  }

  private static void time(StringBuilder text, boolean isKnown, long nanos) {
    StringBuilder time = new StringBuilder();
    cell(text, isKnown ? Figures.fixedMillis(time, nanos) : "-", TIME);
  }

  private static void cell(StringBuilder text, CharSequence content, int width) {
    text.append(' ').repeat(' ', Math.max(0, width - 1 - content.length())).append(content);
  }

  private static void end(StringBuilder text, int begin, int columns) {
    cut(text, begin, columns);
    text.append(LiveRegion.END_OF_LINE);
  }

  private static void cut(StringBuilder text, int begin, int columns) {
    text.setLength(Math.min(text.length(), begin + Math.max(columns, 1)));
  }
}
