package io.ringtap.filter.syntax;

/// A number made of a packet: 32 bits, without a sign.
public sealed interface Arithmetic {
  /// The character of the text at which it begins, from 0.
  int position();

  record Constant(int value, int position) implements Arithmetic {}

  /// `len`.
  record Length(int position) implements Arithmetic {}

  /// `protocol[index:size]`, bytes of a protocol's header.
  ///
  /// @param size 1, 2 or 4 bytes
  record Accessor(ProtocolWord protocol, Arithmetic index, int size, int position)
      implements Arithmetic {}

  record Negation(Arithmetic operand, int position) implements Arithmetic {}

  record Operation(Operator operator, Arithmetic left, Arithmetic right, int position)
      implements Arithmetic {}

  enum Operator {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MODULO,
    AND,
    OR,
    XOR,
    SHIFT_LEFT,
    SHIFT_RIGHT
  }
}
