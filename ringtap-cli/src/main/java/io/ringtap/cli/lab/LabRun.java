package io.ringtap.cli.lab;

import io.ringtap.cli.run.Interruption;
import io.ringtap.lab.experiment.Experiment;
import io.ringtap.lab.experiment.LabPlan;
import io.ringtap.lab.experiment.Progress;
import io.ringtap.lab.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/// One run of an experiment, which a signal cancels: its processes and namespaces go first.
final class LabRun {
  /// The exit code of a run that was cancelled, as a shell has it for SIGINT.
  static final int CANCELLED = 130;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String command;
  private final PrintWriter err;

  /// @param command the command's name in messages
  LabRun(String command, PrintWriter err) {
    this.command = command;
    this.err = err;
  }

  /// Runs it.
  ///
  /// @throws InterruptedException if a signal has cancelled it
  Report run(Experiment experiment, LabPlan plan, Progress progress)
      throws IOException, InterruptedException {
    Thread runner = Thread.currentThread();
    try (Interruption interruption = new Interruption(PATIENCE_NANOS, () -> CANCELLED)) {
      interruption.onSignal(runner::interrupt);
      try {
        Report report = experiment.run(plan, progress);
        if (!interruption.hasCome()) {
          return report;
        }
        throw new InterruptedException();
      } finally {
        if (interruption.hasCome()) {
          err.println(command + ": cancelled, no report");
          err.flush();
          interruption.done(CANCELLED);
        }
      }
    }
  }
}
