package io.ringtap.monitor.event;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Window;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  /// Why the name cannot be resolved; null if nothing is known to be wrong with it.
  @Nullable String unresolved;

  /// What [UsualLatency] has found: the median that is usual in an hour, -1 if not enough is known.
  long usualNanos = -1;

  /// Of which hour that is, or is being looked up, in seconds since the epoch.
  long usualHour = Long.MIN_VALUE;

  // Windows that began before this, in nanoseconds since the epoch, may hold probes of an outage.
  private long freshFromNanos = Long.MIN_VALUE;

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

  /// An outage is over: looks at windows that hold nothing of it only. Probes of it become known to
  /// be lost for as long as their timeout and a moment.
  void beginAfresh(long nowNanos) {
    if (windows != null) {
      windows.clear();
    }
    freshFromNanos = nowNanos + lateNanos();
  }

  private long lateNanos() {
    return target.settings().timeout().plusSeconds(1).toNanos();
  }

  /// Whether a window holds nothing of an outage. One that began long before the outage ended comes
  /// of a clock that was set back.
  boolean isFresh(Window window) {
    long before = freshFromNanos - TimeUnit.SECONDS.toNanos(window.startSeconds());
    return before <= 0 || before > lateNanos() + TimeUnit.SECONDS.toNanos(2L * window.seconds());
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
