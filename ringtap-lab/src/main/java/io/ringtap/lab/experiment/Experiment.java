package io.ringtap.lab.experiment;

import io.ringtap.lab.report.Report;
import java.io.IOException;

/// A question, and the measurements that answer it, in namespaces of its own.
public interface Experiment {
  /// Its name on the command line.
  String name();

  /// Whether it can find out where the time goes ([LabPlan#isProfiled]).
  default boolean hasProfiles() {
    return false;
  }

  /// Measures. Whatever happens, no process and no namespace of its own is left when it returns.
  ///
  /// @throws IOException if the machine lacks what it needs, with a line that says what
  /// @throws InterruptedException if the calling thread was interrupted: the run was called off
  Report run(LabPlan plan, Progress progress) throws IOException, InterruptedException;
}
