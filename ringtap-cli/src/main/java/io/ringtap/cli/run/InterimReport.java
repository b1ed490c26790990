package io.ringtap.cli.run;

import io.ringtap.linux.QuitSignal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a run says on SIGQUIT (Ctrl-\), as ping and fping do: how far it is, on standard error. The
/// run goes on.
///
/// SIGQUIT is the JVM's unless the launcher has [reserved][QuitSignal] it.
public final class InterimReport implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(1); // with a report that is under way

  private final @Nullable QuitSignal quit;
  private final @Nullable Thread thread;
  private volatile boolean isOver;

  private InterimReport(Runnable report) {
    quit = QuitSignal.take();
    thread =
        quit == null
            ? null
            : Thread.ofPlatform().daemon().name("ringtap-interim").start(() -> run(quit, report));
  }

  /// Calls `report` at each SIGQUIT, on a thread of its own, until this is closed. One run of a
  /// process can ask for that.
  public static InterimReport onQuit(Runnable report) {
    return new InterimReport(report);
  }

  private void run(QuitSignal signal, Runnable report) {
    while (!isOver) {
      signal.await();
      if (!isOver) {
        report.run();
      }
    }
  }

  /// The run is over: no report is begun any more. The thread ends, because the JVM waits 300 ms at
  /// its own end for one that is in a system call.
  @Override
  public void close() {
    isOver = true;
    if (quit != null && thread != null) {
      quit.wake();
      try {
        boolean _ = thread.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
