package io.ringtap.cli.terminal;

import java.io.PrintWriter;

/// How far a run is, on standard error: a line that is written over on a terminal, and otherwise a
/// line for each text. One thread at a time shows texts; any thread may ask how lines of its own
/// can stand above the text.
public final class StatusLine implements AutoCloseable {
  private static final String ERASE = "\r\u001B[K";

  private final PrintWriter err;
  private final int columns;
  private volatile String drawn = ERASE;

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
      drawn = ERASE + text.substring(0, Math.min(text.length(), columns - 1));
      err.print(drawn);
      err.flush();
    } else {
      err.println(text);
    }
  }

  /// What takes the text away before a line on the same terminal; empty without one.
  public String erasing() {
    return isOnTerminal() ? ERASE : "";
  }

  /// What puts the text below a line on the same terminal; empty without one.
  public String drawing() {
    return isOnTerminal() ? drawn : "";
  }

  /// Takes the text away from a terminal.
  @Override
  public void close() {
    if (isOnTerminal()) {
      err.print(ERASE);
      err.flush();
    }
  }
}
