package io.ringtap.cli.terminal;

import java.io.PrintWriter;

/// How far a run is, on standard error: a line that is written over on a terminal, and otherwise a
/// line for each text. One thread at a time uses it.
public final class StatusLine implements AutoCloseable {
  private static final String ERASE = "\r\u001B[K";

  private final PrintWriter err;
  private final int columns;

  /// @param columns of the terminal, as [Terminal#errorColumns] counts them; 0 without one
  public StatusLine(PrintWriter err, int columns) {
    this.err = err;
    this.columns = columns;
  }

  /// Whether texts are written over.
  public boolean isOnTerminal() {
    return columns > 0;
  }

  /// Puts a text in the place of the last one, cut off where it would wrap.
  public void show(String text) {
    if (isOnTerminal()) {
      err.print(over(text));
      err.flush();
    } else {
      err.println(text);
    }
  }

  /// What puts a text in the place of the last one, for who writes other lines to the same
  /// terminal. An empty text takes the last one away.
  public String over(String text) {
    return ERASE + text.substring(0, Math.min(text.length(), columns - 1));
  }

  /// Takes the text away from a terminal.
  @Override
  public void close() {
    if (isOnTerminal()) {
      err.print(over(""));
      err.flush();
    }
  }
}
