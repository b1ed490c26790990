package io.ringtap.filter.syntax;

/// A part of a filter as far as it has been read.
sealed interface Term {
  record Said(Expression expression) implements Term {}

  /// A number, of which only what follows shows whether it is compared or is itself what to look
  /// for: `port 80 or 443` against `port 80 or 443 = len`.
  record Counted(Arithmetic number) implements Term {}
}
