package io.ringtap.cli.run;

import io.ringtap.cli.terminal.LiveRegion;
import io.ringtap.cli.terminal.Printable;
import io.ringtap.cli.terminal.StatusLine;
import io.ringtap.cli.terminal.Terminal;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Lines on standard error. Any thread may print.
public final class Messages {
  private final String command;
  private final PrintWriter err;
  private @Nullable LiveRegion below; // guarded by this

  public Messages(CommandSpec spec) {
    this(Face.nameOf(spec), spec.commandLine().getErr());
  }

  public Messages(String command, PrintWriter err) {
    this.command = command;
    this.err = err;
  }

  /// From now on, lines stand above what is drawn there.
  public synchronized void above(LiveRegion region) {
    below = region;
  }

  /// A line that begins with the command's name.
  public void print(String message) {
    line(command + ": " + message);
  }

  /// A line as it is, but for control characters.
  public void line(String text) {
    show(Printable.of(text));
  }

  /// A line there that shows how far a run is.
  public StatusLine statusLine() {
    return new StatusLine(err, Terminal.errorColumns());
  }

  /// A line over what stands in the terminal's line: the echo of the key that asked for it.
  public void lineOver(String text) {
    show('\r' + Printable.of(text));
  }

  private synchronized void show(String line) {
    if (below == null) {
      err.println(line);
    } else {
      below.above(err, line);
    }
  }
}
