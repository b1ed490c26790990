package io.ringtap.cli.lab;

import io.ringtap.cli.terminal.Terminal;
import io.ringtap.lab.experiment.Progress;
import java.io.PrintWriter;
import java.time.Duration;

/// How far an experiment is, on standard error: a line that is written over on a terminal, and
/// otherwise a line for each step.
final class ProgressLine implements Progress, AutoCloseable {
  private static final String ERASE = "\r\u001B[K";

  private final PrintWriter err;
  private final String command;
  private final int columns; // of the terminal; 0 without one
  private final long begin = System.nanoTime();

  /// @param columns that a line may have on a terminal; 0 if there is none
  ProgressLine(PrintWriter err, String command, int columns) {
    this.err = err;
    this.command = command;
    this.columns = columns;
  }

  static ProgressLine on(PrintWriter err, String command) {
    return new ProgressLine(err, command, Terminal.errorColumns());
  }

  @Override
  public void step(int done, int steps, String what) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
    String line =
        "%s: %d/%d, %d:%02d: %s"
            .formatted(command, done, steps, elapsed.toMinutes(), elapsed.toSecondsPart(), what);
    if (columns == 0) {
      err.println(line);
    } else {
      // A line that fills the last column would wrap.
      err.print(ERASE + line.substring(0, Math.min(line.length(), columns - 1)));
    }
    err.flush();
  }

  @Override
  public void close() {
    if (columns > 0) {
      err.print(ERASE);
      err.flush();
    }
  }
}
