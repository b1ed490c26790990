package io.ringtap.linux;

/// What wakes a thread that polls a descriptor. Any thread may signal it; one thread drains it.
public interface WakeUp {
  /// The descriptor to poll for `POLLIN`.
  int number();

  /// Makes the descriptor readable, until it is drained.
  void signal();

  /// Clears all signals so far.
  void drain();
}
