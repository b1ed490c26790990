package io.ringtap.bpf.filter;

/// Says that a text is no filter: what is wrong, where, and what would be right. Its message is one
/// line, such as `at 5: "prot" is neither a keyword nor a name; did you mean "port"?`.
public final class FilterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int position;

  /// @param position the character that the trouble begins at, from 0
  /// @param problem what is wrong with it, as a sentence without its place
  public FilterException(int position, String problem) {
    super("at " + (position + 1) + ": " + problem);
    this.position = position;
  }

  /// The character of the expression that the trouble begins at, from 0; the message counts from 1.
  public int position() {
    return position;
  }
}
