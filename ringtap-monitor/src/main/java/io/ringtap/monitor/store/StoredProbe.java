package io.ringtap.monitor.store;

import io.ringtap.monitor.window.Outcome;

/// One outcome, as it was when it was known; see [ProbeView][io.ringtap.monitor.collect.ProbeView].
///
/// @param targetId whose it is
/// @param outcome what became of the probe
/// @param sequence the number of the probe since its target was begun, from 1
/// @param epochNanos when the outcome was known, in nanoseconds since the epoch
/// @param rttNanos round-trip time in nanoseconds, of outcomes that a packet brought; else 0
/// @param hopLimit TTL or hop limit that the packet arrived with; 0 if unknown
/// @param icmpType ICMP type of an error that a packet brought; -1 if there was none
/// @param icmpCode ICMP code of such an error
/// @param errno the error number with which the kernel refused the probe; 0 if it did not
public record StoredProbe(
    int targetId,
    Outcome outcome,
    long sequence,
    long epochNanos,
    long rttNanos,
    int hopLimit,
    int icmpType,
    int icmpCode,
    int errno) {}
