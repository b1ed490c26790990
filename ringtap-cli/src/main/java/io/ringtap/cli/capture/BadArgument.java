package io.ringtap.cli.capture;

/// The command line, or a file that it names, is wrong. The message is one line.
public final class BadArgument extends Exception {
  private static final long serialVersionUID = 1;

  BadArgument(String message) {
    super(message);
  }
}
