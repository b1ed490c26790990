package io.ringtap.cli.capture;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/// What is told on standard error. Any thread may tell.
final class Messages {
  private final String command;
  private final PrintWriter err;

  Messages(CommandSpec spec) {
    this(spec.qualifiedName(), spec.commandLine().getErr());
  }

  Messages(String command, PrintWriter err) {
    this.command = command;
    this.err = err;
  }

  /// A line that begins with the command's name.
  synchronized void tell(String message) {
    err.println(command + ": " + message);
  }

  /// A line as it is.
  synchronized void line(String line) {
    err.println(line);
  }
}
