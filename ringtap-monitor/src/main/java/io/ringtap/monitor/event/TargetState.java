package io.ringtap.monitor.event;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.target.Target;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the detector knows of one target: about 200 bytes, and its [RecentWindows] if its rules
/// look at windows.
final class TargetState {
  Target target;
  Rules rules;
  @Nullable RecentWindows windows;

  /// The latest run of probes, in the order of their sending.
  final ProbeRun run = new ProbeRun();

  /// The hop limit of the newest reply, 0 if unknown, and how often it changed in this window.
  int hopLimit;

  int hopChanges;

  /// Windows that began before this are not looked at, in nanoseconds since the epoch.
  long freshFromNanos = Long.MIN_VALUE;

  /// Why the name cannot be resolved; null if nothing is known to be wrong with it.
  @Nullable String unresolved;

  /// What [UsualLatency] has found: the median that is usual in an hour, -1 if not enough is known.
  long usualNanos = -1;

  /// Of which hour that is, or is being looked up, in seconds since the epoch.
  long usualHour = Long.MIN_VALUE;

  // Most targets never have any.
  private @Nullable Map<EventKind, Hysteresis> byKind;

  TargetState(Target target, Rules rules) {
    this.target = target;
    this.rules = rules;
    fit();
  }

  /// Makes room for what the rules look at, and begins to look.
  void fit() {
    windows =
        rules.ofWindows.isEmpty() ? null : new RecentWindows(rules, target.settings().interval());
    run.fit(target.settings());
    if (byKind != null) {
      byKind.values().forEach(Hysteresis::reset);
    }
  }

  /// The state of a kind; null if it never was near its limit.
  @Nullable Hysteresis of(EventKind kind) {
    return byKind == null ? null : byKind.get(kind);
  }

  /// The state of a kind, made if there is none.
  Hysteresis need(EventKind kind) {
    if (byKind == null) {
      byKind = new EnumMap<>(EventKind.class);
    }
    return byKind.computeIfAbsent(kind, _ -> new Hysteresis());
  }

  boolean isOpen(EventKind kind) {
    Hysteresis state = of(kind);
    return state != null && state.isOpen();
  }
}
