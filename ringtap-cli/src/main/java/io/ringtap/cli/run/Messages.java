package io.ringtap.cli.run;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/// Lines on standard error. Any thread may print.
public final class Messages {
  private final String command;
  private final PrintWriter err;

  public Messages(CommandSpec spec) {
    this(spec.qualifiedName(), spec.commandLine().getErr());
  }

  public Messages(String command, PrintWriter err) {
    this.command = command;
    this.err = err;
  }

  /// A line that begins with the command's name.
  public synchronized void print(String message) {
    err.println(command + ": " + message);
  }

  /// A line as it is.
  public synchronized void line(String line) {
    err.println(line);
  }
}
