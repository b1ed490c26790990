package io.ringtap.cli.run;

import io.ringtap.filter.FilterException;

/// The command line, or a file that it names, is wrong. The message is one line.
public final class BadArgument extends Exception {
  private static final long serialVersionUID = 1;

  public BadArgument(String message) {
    super(message);
  }

  /// Says what is wrong with an expression, and where.
  public static BadArgument of(FilterException e) {
    return new BadArgument("filter: " + e.getMessage());
  }
}
