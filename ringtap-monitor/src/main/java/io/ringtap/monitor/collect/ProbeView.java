package io.ringtap.monitor.collect;

import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Outcome;

/// One outcome, as the collector lends it for the length of a call: one object stands for all in
/// turn.
public interface ProbeView {
  /// Whose it is.
  Target target();

  Outcome outcome();

  /// The number of the probe since its target was begun, from 1.
  long sequence();

  /// When the outcome was known, in nanoseconds since the epoch.
  long epochNanos();

  /// Round-trip time in nanoseconds, of outcomes that a packet brought; else 0.
  long rttNanos();

  /// TTL or hop limit that the packet arrived with; 0 if unknown or if there was none.
  int hopLimit();

  /// ICMP type of an error that a packet brought; -1 if there was none.
  int icmpType();

  /// ICMP code of such an error.
  int icmpCode();

  /// The error number with which the kernel refused the probe; 0 if it did not.
  int errno();
}
