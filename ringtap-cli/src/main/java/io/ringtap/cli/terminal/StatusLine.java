package io.ringtap.cli.terminal;

import java.io.PrintWriter;

/// A line of standard error that is written over. One thread at a time uses it.
public final class StatusLine implements AutoCloseable {
  private static final String ERASE = "\r\u001B[K";

  private final PrintWriter err;
  private final int columns;

  /// @param columns of the terminal, at least one
  public StatusLine(PrintWriter err, int columns) {
    this.err = err;
    this.columns = columns;
  }

  /// Puts a text in the place of the last one, cut off where it would wrap.
  public void show(String text) {
    err.print(ERASE + text.substring(0, Math.min(text.length(), columns - 1)));
    err.flush();
  }

  /// Takes the line away.
  @Override
  public void close() {
    show("");
  }
}
