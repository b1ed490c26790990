package io.ringtap.ping;

import java.util.ArrayList;
import java.util.List;

/// Hears outcomes and summaries, and keeps them.
public final class Heard implements PingListener {
  public final List<PingOutcome> outcomes = new ArrayList<>();
  public final List<PingSummary> summaries = new ArrayList<>();

  /// Has heard nothing yet.
  public Heard() {}

  @Override
  public void onOutcome(PingRequest request, PingOutcome outcome) {
    outcomes.add(outcome);
  }

  @Override
  public void onSummary(PingSummary summary) {
    summaries.add(summary);
  }
}
