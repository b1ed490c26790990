package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Sparkline;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.RttRecorder;
import io.ringtap.ping.RttStatistics;
import java.util.ArrayList;
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
    private long last = -1;

    Row(String label) {
      this.label = label;
    }

    void add(PingOutcome outcome) {
      switch (outcome) {
        case PingOutcome.Reply reply -> {
          sent++;
          received++;
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
          last = -1;
          sparkline.addLoss();
        }
        case PingOutcome.NotSent _, PingOutcome.Unroutable _, PingOutcome.Dropped _ -> {
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

  private static final int SENT = 7; // columns' widths with the blank before them
  private static final int LOSS = 10;
  private static final int TIME = 9;
  private static final int FIGURES = SENT + LOSS + 5 * TIME + 2;
  private static final int LEAST_LABEL = 10;
  private static final int LEAST_SPARKLINE = 8;

  private final boolean isUnicode;
  private final StringBuilder text = new StringBuilder(200);

  /// @param isUnicode whether characters beyond ASCII can be shown
  PingTable(boolean isUnicode) {
    this.isUnicode = isUnicode;
  }

  /// The names of the columns, and a line for each target, of which a sparkline fills the rest of
  /// the terminal.
  List<LiveRegion.Line> lines(List<Row> rows, int columns) {
    int widest = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
    int label =
        Math.clamp(columns - FIGURES - LEAST_SPARKLINE, LEAST_LABEL, Math.max(LEAST_LABEL, widest));
    List<LiveRegion.Line> lines = new ArrayList<>();
    lines.add(heading(label));
    for (Row row : rows) {
      lines.add(line(row, label, columns));
    }
    return lines;
  }

  private LiveRegion.Line heading(int label) {
    begin("target", label);
    cell("sent", SENT);
    cell("loss", LOSS);
    cell("last", TIME);
    cell("min", TIME);
    cell("avg", TIME);
    cell("p99", TIME);
    cell("max", TIME);
    return LiveRegion.Line.heading(text.append("  ms").toString());
  }

  private LiveRegion.Line line(Row row, int label, int columns) {
    begin(row.label(), label);
    cell(Long.toString(row.sent()), SENT);
    int lossBegin = text.length();
    double loss = row.loss();
    cell(Double.isNaN(loss) ? "-" : Figures.percent(new StringBuilder(), loss), LOSS);
    int lossEnd = text.length();
    time(row.last() >= 0, row.last());
    boolean isKnown = row.rtt().count() > 0;
    time(isKnown, row.rtt().min());
    time(isKnown, Math.round(row.rtt().mean()));
    time(isKnown, row.rtt().quantile(0.99));
    time(isKnown, row.rtt().max());
    text.append("  ");
    row.sparkline().append(text, Math.max(columns - text.length(), 0), isUnicode);
    LiveRegion.Line line = LiveRegion.Line.of(text.toString());
    return loss > 0 ? line.withAlarm(lossBegin, lossEnd) : line;
  }

  private void begin(String label, int width) {
    int length = Math.min(label.length(), width);
    text.setLength(0);
    text.append(label, 0, length).repeat(' ', width - length);
  }

  private void time(boolean isKnown, long nanos) {
    cell(isKnown ? Figures.fixedMillis(new StringBuilder(), nanos) : "-", TIME);
  }

  private void cell(CharSequence content, int width) {
    text.append(' ').repeat(' ', Math.max(0, width - 1 - content.length())).append(content);
  }
}
