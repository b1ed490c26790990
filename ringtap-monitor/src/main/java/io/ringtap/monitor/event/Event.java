package io.ringtap.monitor.event;

import io.ringtap.monitor.config.EventKind;
import io.ringtap.monitor.target.Target;

/// Something has begun or ended, at one target. A state such as [EventKind#DOWN] makes two of them,
/// which have the same [since][#sinceNanos].
///
/// @param target where
/// @param kind what
/// @param isBegin whether it begins; false if it ends. Always true of a kind that has no end
/// @param sinceNanos when it began, in nanoseconds since the epoch: of [EventKind#DOWN] when the
///   first of the probes in a row was sent
/// @param epochNanos when that was known, in nanoseconds since the epoch
/// @param detail in words, for people: the figure and the limit, or the old and the new address
public record Event(
    Target target,
    EventKind kind,
    boolean isBegin,
    long sinceNanos,
    long epochNanos,
    String detail) {}
