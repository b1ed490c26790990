package io.ringtap.cli.ping.view;

import io.ringtap.cli.terminal.Output;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import java.util.function.LongSupplier;

/// One target, printed as `ping` of iputils prints it.
public final class ClassicView implements PingView {
  private final Output out;
  private final boolean isQuiet;
  private final LongSupplier clock;
  private final StringBuilder text = new StringBuilder(128);
  private final OutcomeText outcomes;
  private long begin;

  /// @param isQuiet whether to leave out the probes' lines
  /// @param clock monotonic nanoseconds
  public ClassicView(Output out, boolean isQuiet, OutcomeText.Style style, LongSupplier clock) {
    this.out = out;
    this.isQuiet = isQuiet;
    this.outcomes = new OutcomeText(text, style);
    this.clock = clock;
  }

  @Override
  public synchronized void onTarget(PingRequest request) {
    begin = clock.getAsLong();
    text.setLength(0);
    text.append("PING ").append(Target.nameOf(request));
    text.append(" (").append(Target.addressOf(request));
    text.append(") ").append(request.options().payloadBytes()).append(" bytes of data.");
    out.line(text);
  }

  @Override
  public synchronized void onOutcome(PingRequest request, PingOutcome outcome) {
    if (isQuiet || outcome instanceof PingOutcome.Withdrawn || Target.hasEnded(request)) {
      return;
    }
    outcomes.begin(outcome.epochNanos());
    outcomes.append(request, outcome);
    out.line(text);
  }

  @Override
  public synchronized void onSummary(PingSummary summary) {
    text.setLength(0);
    out.line(SummaryText.ofOne(text, summary, clock.getAsLong() - begin));
    Target.end(summary.request());
  }
}
