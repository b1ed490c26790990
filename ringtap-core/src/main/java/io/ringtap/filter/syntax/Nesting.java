package io.ringtap.filter.syntax;

/// Keeps a tree so low that a thread's stack has room for walking it.
final class Nesting {
  static final int MAX_DEPTH = 1000;

  private int depth;

  /// @param position where the level begins
  void enter(int position) {
    if (++depth > MAX_DEPTH) {
      throw new ExpressionException(
          position,
          "more than " + MAX_DEPTH + " parentheses, negations and operators within each other");
    }
  }

  void leave() {
    depth--;
  }

  void leave(int levels) {
    depth -= levels;
  }
}
