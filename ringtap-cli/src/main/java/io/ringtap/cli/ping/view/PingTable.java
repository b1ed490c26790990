package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Sparkline;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.RttRecorder;
import io.ringtap.ping.RttStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/// Running targets as lines of text in columns.
final class PingTable {
  /// What the table shows of one target.
  static final class Row {
    private final String label;
    private final Sparkline sparkline = new Sparkline();
    private final RttRecorder rtts = new RttRecorder();
    private RttStatistics rtt = rtts.snapshot();
    private boolean isStale;
    private long sent;
    private long received;
    private long own;
    private long missed;
    private long last = -1;

    Row(String label) {
      this.label = label;
    }

    void add(PingOutcome outcome) {
      switch (outcome) {
        case PingOutcome.Reply reply -> {
          sent++;
          received++;
          missed = 0;
          last = reply.rttNanos();
          rtts.record(last);
          sparkline.addRtt(last);
          isStale = true;
        }
        case PingOutcome.ReplyFromElsewhere _,
            PingOutcome.Corrupted _,
            PingOutcome.IcmpError _,
            PingOutcome.TimedOut _ -> {
          sent++;
          missed++;
          last = -1;
          sparkline.addLoss();
        }
        case PingOutcome.NotSent _, PingOutcome.Unroutable _, PingOutcome.Dropped _ -> {
          own++;
          last = -1;
          sparkline.addLoss();
        }
        case PingOutcome.Withdrawn _,
            PingOutcome.LateReply _,
            PingOutcome.LateError _,
            PingOutcome.Notice _,
            PingOutcome.FurtherReply _,
            PingOutcome.Duplicate _ -> {}
      }
    }

    String label() {
      return label;
    }

    long sent() {
      return sent;
    }

    /// Probes that this machine did not send, or whose answer it dropped: no loss of the network.
    long own() {
      return own;
    }

    /// Whether the target does not answer any more, or has never answered.
    boolean isDown() {
      return missed >= (received == 0 ? 1 : PROBES_TO_DOWN);
    }

    /// The part of the decided probes that had no reply; NaN before there is one.
    double loss() {
      return sent == 0 ? Double.NaN : (sent - received) / (double) sent;
    }

    /// The last probe's round-trip time; -1 if it had no reply.
    long last() {
      return last;
    }

    RttStatistics rtt() {
      if (isStale) {
        rtt = rtts.snapshot();
        isStale = false;
      }
      return rtt;
    }

    Sparkline sparkline() {
      return sparkline;
    }
  }

  private static final int PROBES_TO_DOWN = 2; // unanswered ones, after answers

  /// The columns after the label, in their order.
  private enum Column {
    SENT("sent", 7, 1),
    LOSS("loss", 10, 0),
    OWN("own", 6, 2),
    LAST("last", 9, 3),
    MIN("min", 9, 8),
    AVG("avg", 9, 4),
    P99("p99", 9, 7),
    MAX("max", 9, 5),
    RECENT("ms", LEAST_RECENT, 6);

    private final String heading;
    private final int width; // with the blanks before it
    private final int rank; // 0 is the last to be left out

    Column(String heading, int width, int rank) {
      this.heading = heading;
      this.width = width;
      this.rank = rank;
    }
  }

  private static final int LEAST_RECENT = 10;
  private static final int LESS_THAN_LABELS = 7; // the rank from which whole labels come first
  private static final int LEAST_LABEL = 15; // the longest IPv4 address
  private static final int GAP = 2; // before the last probes

  private final boolean isUnicode;
  private final StringBuilder text = new StringBuilder(200);

  /// @param isUnicode whether characters beyond ASCII can be shown
  PingTable(boolean isUnicode) {
    this.isUnicode = isUnicode;
  }

  /// The names of the columns, and a line for each target. Columns that there is no room for are
  /// left out, and so is that of this machine's own losses while there are none; the last probes
  /// fill the rest of the terminal.
  List<LiveRegion.Line> lines(List<Row> rows, int columns) {
    int widest = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
    boolean hasOwn = rows.stream().anyMatch(row -> row.own() > 0);
    int least = Math.min(Math.max(widest, "target".length()), LEAST_LABEL);
    EnumSet<Column> shown = columns(columns - least, Math.max(0, widest - least), hasOwn);
    int taken = shown.stream().mapToInt(column -> column.width).sum();
    int label = Math.clamp(columns - taken, least, Math.max(least, widest));
    List<LiveRegion.Line> lines = new ArrayList<>();
    lines.add(heading(label, shown));
    for (Row row : rows) {
      lines.add(line(row, label, shown, columns));
    }
    return lines;
  }

  /// @param more columns that the longest label would take beyond the least
  private static EnumSet<Column> columns(int room, int more, boolean hasOwn) {
    EnumSet<Column> shown = EnumSet.noneOf(Column.class);
    int left = room;
    List<Column> wanted = new ArrayList<>(List.of(Column.values()));
    wanted.sort(Comparator.comparingInt(column -> column.rank));
    for (Column column : wanted) {
      int needed = column.rank < LESS_THAN_LABELS ? column.width : column.width + more;
      if (needed > left) {
        break;
      }
      if (column != Column.OWN || hasOwn) {
        shown.add(column);
        left -= column.width;
      }
    }
    return shown;
  }

  private LiveRegion.Line heading(int label, EnumSet<Column> shown) {
    begin("target", label);
    for (Column column : shown) {
      if (column == Column.RECENT) {
        text.repeat(' ', GAP).append(column.heading);
      } else {
        cell(column.heading, column.width);
      }
    }
    return LiveRegion.Line.heading(text.toString());
  }

  private LiveRegion.Line line(Row row, int label, EnumSet<Column> shown, int columns) {
    begin(row.label(), label);
    int lossBegin = 0;
    int lossEnd = 0;
    RttStatistics rtt = row.rtt();
    boolean isKnown = rtt.count() > 0;
    for (Column column : shown) {
      switch (column) {
        case SENT -> cell(Long.toString(row.sent()), column.width);
        case LOSS -> {
          lossBegin = text.length();
          cell(loss(row), column.width);
          lossEnd = text.length();
        }
        case OWN -> cell(Long.toString(row.own()), column.width);
        case LAST -> time(row.last() >= 0, row.last(), column);
        case MIN -> time(isKnown, rtt.min(), column);
        case AVG -> time(isKnown, Math.round(rtt.mean()), column);
        case P99 -> time(isKnown, rtt.quantile(0.99), column);
        case MAX -> time(isKnown, rtt.max(), column);
        case RECENT -> {
          text.repeat(' ', GAP);
          row.sparkline().append(text, Math.max(columns - text.length(), 0), isUnicode);
        }
      }
    }
    LiveRegion.Line line = LiveRegion.Line.of(text.toString());
    return row.loss() > 0 ? line.withAlarm(lossBegin, lossEnd) : line;
  }

  private static CharSequence loss(Row row) {
    return Double.isNaN(row.loss()) ? "-" : Figures.percent(new StringBuilder(), row.loss());
  }

  private void begin(String label, int width) {
    int length = Math.min(label.length(), width);
    text.setLength(0);
    text.append(label, 0, length).repeat(' ', width - length);
  }

  private void time(boolean isKnown, long nanos, Column column) {
    cell(isKnown ? Figures.fixedMillis(new StringBuilder(), nanos) : "-", column.width);
  }

  private void cell(CharSequence content, int width) {
    text.append(' ').repeat(' ', Math.max(0, width - 1 - content.length())).append(content);
  }
}
