package io.ringtap.monitor.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// When something is an event, and when it is over.
///
/// @param kind what
/// @param limit the figure from which on it is: probes in a row without a reply, a loss ratio (0 to
///   1), nanoseconds, a factor over the baseline, changes of the TTL, a ratio of duplicates
/// @param clear the figure below which it is over, more than 0 and at most the limit: what lies
///   between changes nothing
/// @param window over which the figure is taken, a multiple of ten seconds; of [EventKind#DOWN] and
///   of names and addresses it is 0 and does not matter
/// @param hold how long the figure must stay so before it begins or ends
public record RuleConfig(
    EventKind kind, double limit, double clear, Duration window, Duration hold) {
  /// The rules where none are configured: all but [EventKind#LATENCY], since no figure of that fits
  /// all targets.
  public static final List<RuleConfig> DEFAULTS =
      Stream.of(EventKind.values())
          .filter(kind -> kind != EventKind.LATENCY)
          .map(RuleConfig::usual)
          .toList();

  /// The figures that a rule has where none are given.
  public static RuleConfig usual(EventKind kind) {
    Duration none = Duration.ZERO;
    Duration minute = Duration.ofMinutes(1);
    Duration minutes = Duration.ofMinutes(5);
    return switch (kind) {
      // At 1 % of random loss three in a row are one in a million probes.
      case DOWN -> new RuleConfig(kind, 3, 1, none, none);
      // Users of calls and shells notice 5 %; below 1 % over a minute is none of 60 probes.
      case LOSS -> new RuleConfig(kind, 0.05, 0.01, minute, none);
      case LATENCY -> new RuleConfig(kind, 100e6, 80e6, minute, none);
      // Over five minutes, as a single burst of traffic is no event.
      case BASELINE -> new RuleConfig(kind, 2, 1.5, minutes, none);
      // There and back twice; over when nothing changed in the whole window.
      case ROUTE -> new RuleConfig(kind, 4, 1, Duration.ofMinutes(10), none);
      // One of a hundred is a loop or two hosts with one address, a stray one is not.
      case DUPLICATES -> new RuleConfig(kind, 0.01, 0.001, minutes, none);
      case ADDRESS -> new RuleConfig(kind, 1, 1, none, none);
      // A name server that starts again is no event.
      case NAME -> new RuleConfig(kind, 1, 1, none, minute);
    };
  }
}
