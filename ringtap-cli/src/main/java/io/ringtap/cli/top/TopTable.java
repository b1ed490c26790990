package io.ringtap.cli.top;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.top.Interval;
import io.ringtap.top.Order;
import java.util.ArrayList;
import java.util.List;

/// The lines of an interval: what passed, how sure the figures are, and the heaviest.
final class TopTable {
  private static final int FIGURE = 10; // width of a column

  private TopTable() {}

  /// Two lines: what passed and was lost, and what holds for the rows.
  static List<String> head(Interval interval) {
    return List.of(traffic(interval), bound(interval));
  }

  private static String traffic(Interval interval) {
    StringBuilder text = new StringBuilder(80);
    text.append(Figures.si(interval.packetsPerSecond())).append(" packets/s, ");
    text.append(Figures.bitRate(interval.bitsPerSecond()));
    if (interval.notIp() > 0) {
      text.append(", ").append(interval.notIp()).append(" packets not IP");
    }
    return text.append(", dropped: ")
        .append(interval.droppedByKernel())
        .append(" by kernel, ")
        .append(interval.droppedByInterface())
        .append(" by interface")
        .toString();
  }

  private static String bound(Interval interval) {
    String by = "by " + interval.by().word();
    if (interval.bound() == 0) {
      return by + ": " + interval.keys() + " in all, all figures exact";
    }
    String bound =
        switch (interval.order()) {
          case PACKETS -> Figures.si(interval.boundPerSecond()) + " packets/s";
          case BITS -> Figures.bitRate(interval.boundPerSecond());
        };
    return "%s: more than %d, each figure at most %s too low; %d packets in none"
        .formatted(by, interval.keys(), bound, interval.uncounted());
  }

  /// The names of the columns.
  static String columns(Interval interval) {
    StringBuilder text = new StringBuilder(60);
    cell(text, "packets/s");
    cell(text, "bits/s");
    cell(text, interval.order() == Order.BITS ? "% bits" : "% packets");
    return text.append("  ").append(interval.by().word()).toString();
  }

  /// A line for each row.
  static List<String> rows(Interval interval) {
    List<String> lines = new ArrayList<>();
    for (Interval.Row row : interval.rows()) {
      StringBuilder text = new StringBuilder(80);
      cell(text, Figures.si(row.packetsPerSecond()));
      cell(text, Figures.si(row.bitsPerSecond()));
      cell(text, Figures.share(row.share()));
      lines.add(text.append("  ").append(row.key()).toString());
    }
    return lines;
  }

  private static void cell(StringBuilder text, String content) {
    text.repeat(' ', Math.max(1, FIGURE - content.length())).append(content);
  }
}
