package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.PingTotals;
import io.ringtap.ping.RttStatistics;

/// Summaries as text.
public final class SummaryText {
  private static final int LEAST_LABEL = 15; // the longest IPv4 address
  private static final int TERMINAL_COLUMNS = 80;

  private SummaryText() {}

  /// Appends the lines with which `ping` ends, the last one exactly as ping has it, because many
  /// programs read it.
  ///
  /// @param elapsedNanos since the target's first probe
  public static StringBuilder ofOne(StringBuilder text, PingSummary summary, long elapsedNanos) {
    text.append("\n--- ").append(Target.nameOf(summary.request())).append(" ping statistics ---\n");
    text.append(summary.counts().sent()).append(" packets transmitted, ");
    text.append(summary.counts().received()).append(" received");
    counts(text, summary.counts());
    double loss = summary.counts().lossRatio();
    if (!Double.isNaN(loss)) {
      Figures.percent(text.append(", "), loss).append(" packet loss");
    }
    text.append(", time ").append(elapsedNanos / 1_000_000).append("ms");
    RttStatistics rtt = summary.rtt();
    if (rtt.count() > 0) {
      quantiles(text.append("\nquantiles p50/p90/p99 = "), rtt).append(" ms, jitter ");
      Figures.fixedMillis(text, rtt.jitter()).append(" ms, stamps ");
      text.append(summary.stamp().word()).append("\nrtt min/avg/max/mdev = ");
      extent(text, rtt).append('/');
      Figures.fixedMillis(text, rtt.stddev()).append(" ms");
    }
    return text;
  }

  /// Appends a line that begins as those of `fping -c` do.
  ///
  /// @param width of the label
  /// @param columns that the line may have; quantiles are left out where there are too few
  /// @return the label's width
  public static int ofMany(StringBuilder text, PingSummary summary, int width, int columns) {
    int begin = text.length();
    int labelWidth = label(text, Target.labelOf(summary.request()), width);
    text.append("xmt/rcv/%loss = ").append(summary.counts().sent());
    text.append('/').append(summary.counts().received()).append('/');
    double loss = summary.counts().lossRatio();
    if (Double.isNaN(loss)) {
      text.append('-');
    } else {
      Figures.percent(text, loss);
    }
    StringBuilder counts = new StringBuilder();
    counts(counts, summary.counts());
    RttStatistics rtt = summary.rtt();
    if (rtt.count() > 0) {
      extent(text.append(", min/avg/max = "), rtt);
      int room = columns - counts.length();
      StringBuilder more = quantiles(new StringBuilder(", p50/p90/p99 = "), rtt);
      if (text.length() - begin + more.length() <= room) {
        text.append(more);
        more.setLength(0);
        Figures.fixedMillis(more.append(", stddev/jitter = "), rtt.stddev()).append('/');
        Figures.fixedMillis(more, rtt.jitter()).append(" ms");
        text.append(text.length() - begin + more.length() <= room ? more : "");
      }
    }
    text.append(counts);
    return labelWidth;
  }

  /// Appends the label that lines of many targets begin with.
  ///
  /// @param width that it has at the least
  /// @return the width that it has
  static int label(StringBuilder text, String label, int width) {
    int wide = Math.max(Math.max(width, LEAST_LABEL), label.length());
    text.append(label).repeat(' ', wide - label.length()).append(" : ");
    return wide;
  }

  /// Appends the totals of many targets, in more than one line where a terminal of 80 columns has
  /// no room for them in one.
  public static StringBuilder totals(StringBuilder text, PingTotals totals, long elapsedNanos) {
    int begin = text.length();
    text.append(totals.requests()).append(totals.requests() == 1 ? " target: " : " targets: ");
    text.append(totals.reachable()).append(" reachable, ");
    text.append(totals.requests() - totals.reachable()).append(" not; ");
    PingCounts counts = totals.counts();
    text.append(counts.sent()).append(" sent, ").append(counts.received());
    text.append(" answered");
    double loss = counts.lossRatio();
    if (!Double.isNaN(loss)) {
      Figures.percent(text.append(", "), loss).append(" loss");
    }
    counts(text, counts);
    text.append("; ").append(elapsedNanos / 1_000_000).append(" ms");
    return wrap(text, begin);
  }

  /// Breaks a text into lines that fit a terminal, after commas and semicolons.
  private static StringBuilder wrap(StringBuilder text, int begin) {
    int lineBegin = begin;
    int lastBlank = begin;
    for (int i = begin + 1; i < text.length(); i++) {
      if (text.charAt(i) == ' ' && ",;".indexOf(text.charAt(i - 1)) >= 0) {
        lastBlank = i;
      }
      if (i - lineBegin >= TERMINAL_COLUMNS && lastBlank > lineBegin) {
        text.setCharAt(lastBlank, '\n');
        lineBegin = lastBlank + 1;
      }
    }
    return text;
  }

  private static StringBuilder extent(StringBuilder text, RttStatistics rtt) {
    Figures.fixedMillis(text, rtt.min()).append('/');
    Figures.fixedMillis(text, rtt.mean()).append('/');
    return Figures.fixedMillis(text, rtt.max());
  }

  private static StringBuilder quantiles(StringBuilder text, RttStatistics rtt) {
    Figures.fixedMillis(text, rtt.median()).append('/');
    Figures.fixedMillis(text, rtt.quantile(0.9)).append('/');
    return Figures.fixedMillis(text, rtt.quantile(0.99));
  }

  /// Appends the counts that are worth a word only when they are not zero.
  private static void counts(StringBuilder text, PingCounts counts) {
    more(text, counts.late(), " late");
    more(text, counts.lateErrors(), " late errors");
    more(text, counts.duplicates(), " duplicates");
    more(text, counts.further(), " further replies");
    more(text, counts.corrupted(), " corrupted");
    more(text, counts.errors(), " errors");
    more(text, counts.elsewhere(), " from another address");
    more(text, counts.unsent(), " not sent");
    more(text, counts.withdrawn(), " undecided");
    more(text, counts.dropped(), " dropped on this machine");
    more(text, counts.departuresUnseen(), " departures not seen");
    more(text, counts.notices(), " notices");
  }

  private static void more(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", +").append(count).append(what);
    }
  }
}
