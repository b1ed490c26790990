package io.ringtap.filter;

import io.ringtap.filter.graph.ProgramLimitException;
import io.ringtap.filter.syntax.ExpressionException;

/// Says that a text is no filter: what is wrong, where, and what would be right. Its message is one
/// line, such as `at 5: "prot" is neither a keyword nor a name; did you mean "port"?`.
public final class FilterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /// Where in the text the fault is.
  private final int position;

  /// What is wrong, without the position.
  private final String problem;

  private FilterException(String message, int position, String problem) {
    super(message);
    this.position = position;
    this.problem = problem;
  }

  static FilterException of(ExpressionException e) {
    return new FilterException(String.valueOf(e.getMessage()), e.position(), e.problem());
  }

  /// The filter as a whole takes too much, so the message names no place.
  static FilterException of(ProgramLimitException e) {
    return of(String.valueOf(e.getMessage()));
  }

  /// A problem of the filter as a whole.
  static FilterException of(String problem) {
    return new FilterException(problem, 0, problem);
  }

  /// The character of the expression that the trouble begins at, from 0; the message counts from 1.
  public int position() {
    return position;
  }

  /// What is wrong, without its place.
  public String problem() {
    return problem;
  }
}
