package io.ringtap.filter.syntax;

/// Says that a text is no filter: what is wrong, and where. The syntax finds what breaks the
/// grammar; whoever reads the tree further finds what its words cannot mean.
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int position;
  private final String problem;

  /// @param position the character that the trouble begins at, from 0; the message counts from 1
  /// @param problem what is wrong with it, as a sentence without its place
  public ExpressionException(int position, String problem) {
    this("at " + (position + 1) + ": " + problem, position, problem);
  }

  private ExpressionException(String message, int position, String problem) {
    super(message);
    this.position = position;
    this.problem = problem;
  }

  /// Something is wrong with the filter as a whole, so the message names no place.
  public static ExpressionException ofWhole(String problem) {
    return new ExpressionException(problem, 0, problem);
  }

  public int position() {
    return position;
  }

  public String problem() {
    return problem;
  }
}
