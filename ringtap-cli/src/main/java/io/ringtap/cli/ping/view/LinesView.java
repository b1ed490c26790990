package io.ringtap.cli.ping.view;

import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Figures;
import io.ringtap.cli.terminal.Output;
import io.ringtap.ping.PingCounts;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.PingTotals;
import io.ringtap.ping.RttStatistics;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Many targets: a line for each as it ends, which begins as those of `fping -c` do; their totals
/// on standard error.
public final class LinesView implements PingView {
  private static final int LEAST_WIDTH = 15; // the longest IPv4 address
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Output out;
  private final Messages messages;
  private final boolean isStamped;
  private final LongSupplier epochClock;
  private final StringBuilder text = new StringBuilder(256);
  private int width = LEAST_WIDTH;

  /// @param isStamped whether lines begin with the time
  /// @param epochClock nanoseconds since the epoch
  public LinesView(Output out, Messages messages, boolean isStamped, LongSupplier epochClock) {
    this.out = out;
    this.messages = messages;
    this.isStamped = isStamped;
    this.epochClock = epochClock;
  }

  @Override
  public synchronized void onSummary(PingSummary summary) {
    text.setLength(0);
    if (isStamped) {
      Figures.stamp(text, epochClock.getAsLong());
    }
    append(text, summary);
    out.line(text);
  }

  private void append(StringBuilder line, PingSummary summary) {
    String label = Target.labelOf(summary.request());
    width = Math.max(width, label.length());
    line.append(label).repeat(' ', width - label.length()).append(" : xmt/rcv/%loss = ");
    line.append(summary.counts().sent())
        .append('/')
        .append(summary.counts().received())
        .append('/');
    double loss = summary.counts().lossRatio();
    if (Double.isNaN(loss)) {
      line.append('-');
    } else {
      Figures.percent(line, loss);
    }
    RttStatistics rtt = summary.rtt();
    if (rtt.count() > 0) {
      Figures.fixedMillis(line.append(", min/avg/max = "), rtt.min()).append('/');
      Figures.fixedMillis(line, rtt.mean()).append('/');
      Figures.fixedMillis(line, rtt.max());
      Figures.fixedMillis(line.append(", p50/p90/p99 = "), rtt.median()).append('/');
      Figures.fixedMillis(line, rtt.quantile(0.9)).append('/');
      Figures.fixedMillis(line, rtt.quantile(0.99));
      Figures.fixedMillis(line.append(", stddev/jitter = "), rtt.stddev()).append('/');
      Figures.fixedMillis(line, rtt.jitter()).append(" ms");
    }
    SummaryText.counts(line, summary.counts());
  }

  @Override
  public void onEnd(PingTotals totals, long elapsedNanos) {
    StringBuilder line = new StringBuilder();
    line.append(totals.requests()).append(totals.requests() == 1 ? " target: " : " targets: ");
    line.append(totals.reachable()).append(" reachable, ");
    line.append(totals.requests() - totals.reachable()).append(" not; ");
    PingCounts counts = totals.counts();
    line.append(counts.sent()).append(" probes sent, ").append(counts.received());
    line.append(" answered");
    double loss = counts.lossRatio();
    if (!Double.isNaN(loss)) {
      Figures.percent(line.append(", "), loss).append(" loss");
    }
    SummaryText.counts(line, counts);
    line.append("; ").append(elapsedNanos / 1_000_000).append(" ms");
    out.drain(DRAIN_NANOS); // so that on a screen the totals stand last
    messages.line(line.toString());
  }
}
