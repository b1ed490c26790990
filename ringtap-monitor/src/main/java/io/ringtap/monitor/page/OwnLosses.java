package io.ringtap.monitor.page;

/// Outcomes that this machine has kept from being known: never the network's loss.
///
/// @param dropped answers that it may have had no room for
/// @param unsent probes that its kernel did not take
/// @param latestNanos when the latest of them was, in nanoseconds since the epoch; 0 without any
record OwnLosses(long dropped, long unsent, long latestNanos) {}
