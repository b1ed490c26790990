package io.ringtap.monitor.event;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.window.LatencyHistogram;
import io.ringtap.monitor.window.Window;

/// What rules look at, taken from the last windows of a target.
final class Figures {
  /// What the usual latency counts as at least: what is several times 0.1 ms troubles nobody.
  private static final long LEAST_USUAL_NANOS = 1_000_000;

  private static final long HOUR_SECONDS = 3600;

  private final UsualLatency usual;
  private final int[] weights = new int[LatencyHistogram.bucket(Long.MAX_VALUE) + 1];

  Figures(UsualLatency usual) {
    this.usual = usual;
  }

  /// The figure of a rule; NaN if it is unknown.
  ///
  /// @param size how many windows the rule looks at
  /// @param newest the newest of them
  double of(RuleConfig rule, int size, TargetState state, Window newest) {
    RecentWindows windows = state.windows;
    if (windows == null || !(windows.covers(size) || hasReached(rule, size, windows))) {
      return Double.NaN;
    }
    return switch (rule.kind()) {
      case LOSS -> {
        boolean mayBecomeDown = state.rules.downAfter > 0 && !state.isOpen(EventKind.LOSS);
        yield windows.lossRatio(size, mayBecomeDown ? state.run.lost() : 0);
      }
      case LATENCY -> windows.median(size, weights);
      case BASELINE -> windows.median(size, weights) / usualNanos(state, newest);
      case ROUTE -> windows.hopChanges(size);
      case DUPLICATES -> windows.duplicateRatio(size);
      case DOWN, ADDRESS, NAME -> Double.NaN;
    };
  }

  /// Whether a figure that only grows is at its limit before all windows of the rule are there.
  private static boolean hasReached(RuleConfig rule, int size, RecentWindows windows) {
    return rule.kind() == EventKind.ROUTE && windows.hopChanges(size) >= rule.limit();
  }

  private double usualNanos(TargetState state, Window newest) {
    long hour = newest.startSeconds() - Math.floorMod(newest.startSeconds(), HOUR_SECONDS);
    if (state.usualHour != hour) {
      usual.ask(state, hour);
    }
    return state.usualNanos < 0 ? Double.NaN : Math.max(state.usualNanos, LEAST_USUAL_NANOS);
  }
}
