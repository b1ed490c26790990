package io.ringtap.sweep;

/// Is shown the answers of a sweep, on its receiving thread, one call at a time.
///
/// While a call runs, answers wait in the kernel's ring, which holds a limited number: what takes
/// longer belongs on another thread. What a listener throws ends the sweep, and [Sweep#await()]
/// throws it on as a cause.
@FunctionalInterface
public interface SweepListener {
  /// A valid answer.
  ///
  /// @param answer lent until the call returns
  void onAnswer(SweepAnswer answer);
}
