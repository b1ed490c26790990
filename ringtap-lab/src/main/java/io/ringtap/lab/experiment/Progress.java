package io.ringtap.lab.experiment;

/// Hears how far an experiment is. Called by the thread that runs it.
public interface Progress {
  /// A step begins.
  ///
  /// @param done steps after it
  /// @param steps of the whole experiment
  /// @param what it does, in a few words, such as `fping, flood of look-alikes, run 2 of 3`
  void step(int done, int steps, String what);

  /// Something of the experiment is left out, or is not as it was asked for.
  ///
  /// @param what in a line
  default void notice(String what) {}
}
