package io.ringtap.cli.lab;

import io.ringtap.lab.experiment.Experiment;
import io.ringtap.lab.experiment.LabPlan;
import io.ringtap.lab.experiment.Progress;
import io.ringtap.lab.report.Report;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Signals;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One run of an experiment, which Ctrl-C and SIGTERM call off: it ends its processes and
/// namespaces, and then the process ends. A second Ctrl-C ends it at once.
final class LabRun implements AutoCloseable {
  /// The exit code of a run that was called off, as a shell tells of SIGINT.
  static final int CALLED_OFF = 130;

  private static final long PATIENCE_SECONDS = 10;
  private static final long DEFAULT_ACTION = 0; // SIG_DFL

  private final Thread runner = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final String command;
  private final PrintWriter err;

  /// @param command the command's name in messages
  LabRun(String command, PrintWriter err) {
    this.command = command;
    this.err = err;
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "ringtap-signal"));
  }

  Report run(Experiment experiment, LabPlan plan, Progress progress)
      throws IOException, InterruptedException {
    return experiment.run(plan, progress);
  }

  private void onSignal() {
    if (ended.getCount() == 0) {
      return;
    }
    long _ = Libc.signal(CallState.current(), Signals.SIGINT, DEFAULT_ACTION);
    long _ = Libc.signal(CallState.current(), Signals.SIGTERM, DEFAULT_ACTION);
    runner.interrupt();
    try {
      boolean _ = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    err.println(command + ": called off, without a report");
    err.flush();
    Runtime.getRuntime().halt(CALLED_OFF);
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
