package io.ringtap.cli.ping.view;

import io.ringtap.cli.run.Messages;
import io.ringtap.cli.terminal.Output;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.PingTotals;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Many targets: a line for each as it ends, and before that, if it is wanted, one for each of its
/// probes; their totals on standard error.
public final class LinesView implements PingView {
  /// What stands in the lines.
  ///
  /// @param hasOutcomes whether there is a line for each probe too
  /// @param outcomes how those are written; summaries begin with the time too if they do
  /// @param columns that a summary may have
  public record Style(boolean hasOutcomes, OutcomeText.Style outcomes, int columns) {}

  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Output out;
  private final Messages messages;
  private final Style style;
  private final LongSupplier epochClock;
  private final StringBuilder text = new StringBuilder(256);
  private final OutcomeText outcomes;
  private int width;

  /// @param epochClock nanoseconds since the epoch
  public LinesView(Output out, Messages messages, Style style, LongSupplier epochClock) {
    this.out = out;
    this.messages = messages;
    this.style = style;
    this.outcomes = new OutcomeText(text, style.outcomes());
    this.epochClock = epochClock;
  }

  @Override
  public synchronized void onOutcome(PingRequest request, PingOutcome outcome) {
    if (!style.hasOutcomes()
        || outcome instanceof PingOutcome.Withdrawn
        || Target.hasEnded(request)) {
      return;
    }
    outcomes.begin(outcome.epochNanos());
    width = SummaryText.label(text, Target.labelOf(request), width);
    outcomes.append(request, outcome);
    out.line(text);
  }

  @Override
  public synchronized void onSummary(PingSummary summary) {
    outcomes.begin(epochClock.getAsLong());
    width = SummaryText.ofMany(text, summary, width, style.columns());
    out.line(text);
    Target.end(summary.request());
  }

  @Override
  public void onEnd(PingTotals totals, long elapsedNanos) {
    out.drain(DRAIN_NANOS); // so that on a screen the totals stand last
    messages.line(SummaryText.totals(new StringBuilder(), totals, elapsedNanos).toString());
  }
}
