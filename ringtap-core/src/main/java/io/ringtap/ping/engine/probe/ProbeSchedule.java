package io.ringtap.ping.engine.probe;

/// When the probes of a series are sent, and how long each is waited for. Times are nanoseconds.
///
/// @param count probes to send; 0 goes on until the series is stopped
/// @param intervalNanos from one probe to the next
/// @param timeoutNanos how long after its departure a reply still counts as in time
/// @param startDelayNanos from the start of the series to its first probe
public record ProbeSchedule(
    long count, long intervalNanos, long timeoutNanos, long startDelayNanos) {}
