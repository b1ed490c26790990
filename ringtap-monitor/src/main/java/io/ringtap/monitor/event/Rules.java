package io.ringtap.monitor.event;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.config.RuleConfig;
import io.ringtap.monitor.window.Window;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of one group by their kind, with what is asked for each probe at hand. Immutable.
final class Rules {
  /// No event ever.
  static final Rules NONE = new Rules(List.of());

  private static final Duration BASE = Duration.ofSeconds(Window.BASE_SECONDS);

  /// Probes in a row without a reply by which a target is down; 0 if nothing makes it so.
  final int downAfter;

  /// Replies in a row by which it is up again.
  final int upAfter;

  /// Those that look at windows.
  final List<RuleConfig> ofWindows;

  private final Map<EventKind, RuleConfig> byKind = new EnumMap<>(EventKind.class);

  Rules(List<RuleConfig> rules) {
    for (RuleConfig rule : rules) {
      byKind.put(rule.kind(), rule);
    }
    RuleConfig down = byKind.get(EventKind.DOWN);
    downAfter = down == null ? 0 : Math.max(1, (int) Math.ceil(down.limit()));
    upAfter = down == null ? 0 : Math.max(1, (int) Math.ceil(down.clear()));
    ofWindows = byKind.values().stream().filter(rule -> looksAtWindows(rule.kind())).toList();
  }

  @Nullable RuleConfig of(EventKind kind) {
    return byKind.get(kind);
  }

  /// Whether others say the same.
  boolean isSame(Rules others) {
    return byKind.equals(others.byKind);
  }

  boolean has(EventKind kind) {
    return byKind.containsKey(kind);
  }

  /// How many windows of 10 seconds the rule of a kind looks at; 0 if there is none.
  ///
  /// @param interval from one probe of the target to the next
  int windows(EventKind kind, Duration interval) {
    RuleConfig rule = byKind.get(kind);
    return rule == null ? 0 : windows(rule, interval);
  }

  /// How many windows of 10 seconds a rule looks at: as many as its window has, and never so few
  /// that a probe might not fall into them.
  static int windows(RuleConfig rule, Duration interval) {
    long asked = ceiling(rule.window());
    long probed = interval.compareTo(BASE) <= 0 ? 1 : ceiling(interval) + 1;
    return Math.toIntExact(Math.max(asked, probed));
  }

  private static long ceiling(Duration time) {
    return Math.ceilDiv(time.toNanos(), BASE.toNanos());
  }

  private static boolean looksAtWindows(EventKind kind) {
    return switch (kind) {
      case LOSS, LATENCY, BASELINE, ROUTE, DUPLICATES -> true;
      case DOWN, ADDRESS, NAME -> false;
    };
  }
}
