package io.ringtap.trace;

/// Hears what becomes of each probe, on the tracer's thread.
@FunctionalInterface
public interface TraceListener {
  /// A probe has ended.
  void onOutcome(TraceOutcome outcome);
}
