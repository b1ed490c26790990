package io.ringtap.cli.monitor;

import io.ringtap.cli.run.Messages;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Standard error for whoever logs, while something is drawn on the terminal: each line becomes a
/// message, which waits until the terminal is given back.
final class ErrorLines extends OutputStream {
  private static final int MOST = 8192; // bytes of a line; a longer one is shown in parts

  private final Messages messages;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private ErrorLines(Messages messages) {
    this.messages = messages;
  }

  /// A stream whose lines are messages.
  static PrintStream of(Messages messages) {
    return new PrintStream(new ErrorLines(messages), true, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int value) {
    if (value != '\n') {
      line.write(value);
    }
    if (value == '\n' || line.size() == MOST) {
      messages.line(line.toString(StandardCharsets.UTF_8));
      line.reset();
    }
  }
}
