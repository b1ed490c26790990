package io.ringtap.cli.capture;

import io.ringtap.cli.ExitCode;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Signals;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends a run in order on Ctrl-C and SIGTERM: it is asked to stop, and the process ends when it has
/// said that it is done. A second Ctrl-C ends the process at once.
final class Interruption {
  private static final int FAILED = -1;
  private static final long DEFAULT_ACTION = 0; // SIG_DFL

  private final CountDownLatch done = new CountDownLatch(1);
  private final long patienceNanos;
  private volatile @Nullable Runnable stop;
  private volatile int exitCode = FAILED;
  private volatile boolean hasCome;

  /// @param patienceNanos how long the run may take to end, when the reader of its output stalls
  Interruption(long patienceNanos) {
    this.patienceNanos = patienceNanos;
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "ringtap-signal"));
  }

  /// From here on a signal calls `newStop`; before it ends the JVM as any program.
  void onSignal(Runnable newStop) {
    stop = newStop;
  }

  boolean haveCome() {
    return hasCome;
  }

  /// The run has come to its end, and told all.
  void done(int code) {
    exitCode = code;
    done.countDown();
  }

  /// Signals end the JVM as any program again, also where the run has failed.
  void release() {
    stop = null;
    done.countDown();
  }

  private void onSignal() {
    Runnable started = stop;
    if (started == null) {
      return;
    }
    hasCome = true;
    if (done.getCount() > 0) {
      letTheNextEndTheProcess();
      started.run();
      try {
        if (!done.await(patienceNanos, TimeUnit.NANOSECONDS)) {
          Runtime.getRuntime().halt(ExitCode.OK);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    int code = exitCode;
    if (code != FAILED) {
      Runtime.getRuntime().halt(code);
    }
  }

  private static void letTheNextEndTheProcess() {
    long _ = Libc.signal(CallState.current(), Signals.SIGINT, DEFAULT_ACTION);
    long _ = Libc.signal(CallState.current(), Signals.SIGTERM, DEFAULT_ACTION);
  }
}
