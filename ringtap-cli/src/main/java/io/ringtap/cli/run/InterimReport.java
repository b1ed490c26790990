package io.ringtap.cli.run;

import io.ringtap.linux.QuitSignal;

/// What a run says on SIGQUIT (Ctrl-\), as ping and fping do: how far it is, on standard error. The
/// run goes on.
///
/// SIGQUIT is the JVM's unless the launcher has [reserved][QuitSignal] it.
public final class InterimReport implements AutoCloseable {
  private volatile boolean isOver;

  private InterimReport() {}

  /// Calls `report` at each SIGQUIT, on a thread of its own, until this is closed. One run of a
  /// process can ask for that.
  public static InterimReport onQuit(Runnable report) {
    InterimReport interim = new InterimReport();
    QuitSignal quit = QuitSignal.take();
    if (quit != null) {
      Thread _ =
          Thread.ofPlatform()
              .daemon()
              .name("ringtap-interim")
              .start(() -> interim.run(quit, report));
    }
    return interim;
  }

  private void run(QuitSignal quit, Runnable report) {
    while (true) {
      quit.await();
      if (!isOver) {
        report.run();
      }
    }
  }

  /// The run is over: no report is begun any more.
  @Override
  public void close() {
    isOver = true;
  }
}
