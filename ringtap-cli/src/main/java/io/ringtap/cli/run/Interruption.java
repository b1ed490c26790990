package io.ringtap.cli.run;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Signals;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Ends a run in order on Ctrl-C (SIGINT), SIGTERM and SIGHUP. The first signal asks the run to
/// stop, and the process ends with the run's exit code once it is done. The second signal ends the
/// process at once, as it ends any program.
///
/// A run that has not begun, or has failed, is ended by a signal as any program. One that fails
/// after a signal ends the process with [#exit], as it would without: its message comes first.
public final class Interruption implements AutoCloseable {
  private static final int UNKNOWN = -1;
  private static final long DEFAULT_ACTION = 0; // SIG_DFL
  private static final long IGNORE = 1; // SIG_IGN

  /// The run that a signal has asked to stop.
  private static volatile @Nullable Interruption stopping;

  private final CountDownLatch done = new CountDownLatch(1);
  private final long patienceNanos;
  private final IntSupplier codeSoFar;
  private volatile @Nullable Runnable stop;
  private volatile int exitCode = UNKNOWN;
  private volatile boolean hasCome;

  /// @param patienceNanos how long the run may take to end once it was asked to: the reader of its
  ///   output may have stalled
  /// @param codeSoFar the exit code if it takes longer
  public Interruption(long patienceNanos, IntSupplier codeSoFar) {
    this.patienceNanos = patienceNanos;
    this.codeSoFar = codeSoFar;
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "ringtap-signal"));
    } catch (IllegalStateException _) {
      // A signal has come before: it ends the process as any program.
    }
  }

  /// From here on the first signal calls `newStop`, on a thread of its own. It asks the run to end,
  /// or ends it and calls [#done].
  public void onSignal(Runnable newStop) {
    stop = newStop;
  }

  /// Whether a signal has come.
  public boolean hasCome() {
    return hasCome;
  }

  /// The run has ended and has said all it has to say.
  public void done(int code) {
    exitCode = code;
    done.countDown();
  }

  /// A signal ends the process as any program again. If one has come and the run is not
  /// [done][#done], it has failed: the process goes on until [#exit], so that it can say why.
  @Override
  public synchronized void close() {
    stop = null;
    if (!hasCome) {
      done.countDown();
    }
  }

  /// Ends the process, when all has been said. To be called instead of [System#exit].
  public static void exit(int code) {
    Interruption interruption = stopping;
    if (interruption != null) {
      interruption.done(code);
    }
    System.exit(code);
  }

  private synchronized @Nullable Runnable takeSignal() {
    Runnable running = done.getCount() > 0 ? stop : null;
    if (running != null) {
      hasCome = true;
      stopping = this;
    }
    return running;
  }

  /// Runs when the JVM is about to end: for a signal, or because the run has ended.
  private void onSignal() {
    Runnable running = takeSignal();
    if (running != null) {
      letTheNextEndTheProcess();
      // On a thread of its own, because it may have to wait for a reader that has stalled.
      Thread.ofPlatform().daemon().name("ringtap-stop").start(running);
      try {
        if (!done.await(patienceNanos, TimeUnit.NANOSECONDS)) {
          Runtime.getRuntime().halt(codeSoFar.getAsInt());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    int code = exitCode;
    if (code != UNKNOWN) {
      Runtime.getRuntime().halt(code);
    }
  }

  private static void letTheNextEndTheProcess() {
    long _ = Libc.signal(CallState.current(), Signals.SIGINT, DEFAULT_ACTION);
    long _ = Libc.signal(CallState.current(), Signals.SIGTERM, DEFAULT_ACTION);
    if (Libc.signal(CallState.current(), Signals.SIGHUP, DEFAULT_ACTION) == IGNORE) {
      long _ = Libc.signal(CallState.current(), Signals.SIGHUP, IGNORE); // as nohup has it
    }
  }
}
