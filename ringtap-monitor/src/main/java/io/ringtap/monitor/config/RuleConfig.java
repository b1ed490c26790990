package io.ringtap.monitor.config;

import java.time.Duration;

/// When something is an event, and when it is over.
///
/// @param kind what
/// @param limit the figure from which on it is: probes in a row without a reply, a loss ratio (0 to
///   1), nanoseconds, a factor over the baseline, changes of the TTL, a ratio of duplicates
/// @param clear the figure below which it is over, at most the limit: what lies between changes
///   nothing
/// @param window over which the figure is taken; of [EventKind#DOWN] it does not matter
/// @param hold how long the figure must stay so before it begins or ends
public record RuleConfig(
    EventKind kind, double limit, double clear, Duration window, Duration hold) {}
