package io.ringtap.filter.syntax;

/// How two numbers compare, both without a sign.
public enum Relation {
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL
}
