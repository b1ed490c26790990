package io.ringtap.filter.graph;

/// Says that a condition takes more than a program can have. Its message is for the user.
public final class ProgramLimitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ProgramLimitException(String problem) {
    super(problem);
  }
}
