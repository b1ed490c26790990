package io.ringtap.trace;

/// Hears what becomes of each probe, on the tracer's thread. It must not wait for a thread that
/// asks the tracer for something.
@FunctionalInterface
public interface TraceListener {
  /// A probe has ended.
  void onOutcome(TraceOutcome outcome);
}
