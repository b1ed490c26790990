package io.ringtap.monitor.target;

/// Gives each target its number, which stays its own over restarts.
@FunctionalInterface
public interface TargetIds {
  /// The number of a target: the one that it had, or a new one.
  int idOf(TargetKey key);
}
