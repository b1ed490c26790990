package io.ringtap.filter.condition;

import io.ringtap.bpf.AncillaryField;

/// A number that a program computes of a packet: 32 bits, without a sign. To compute one that loads
/// beyond the packet's end, or divides by zero, drops the packet.
public sealed interface Value {
  record Constant(int value) implements Value {}

  /// Bytes of the packet in network byte order, at `index + offset`.
  ///
  /// @param width 1, 2 or 4 bytes
  /// @param index a [Constant] of 0 where `offset` says all
  record Load(int width, Value index, int offset) implements Value {}

  /// What the kernel reports of the packet.
  record Ancillary(AncillaryField field) implements Value {}

  /// The packet's length on the wire.
  record Length() implements Value {}

  /// What was last assigned to a variable on the way to here; 0 where nothing was.
  record Variable(int number) implements Value {}

  /// Computes with unsigned numbers that wrap. A shift by a [Constant] of 32 or more gives 0; one
  /// by a number that has to be computed counts only its low five bits, as the kernel does.
  record Operation(Operator operator, Value left, Value right) implements Value {}

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
    SHIFT_RIGHT,
    /// The state that a look-up of the first leads to, which begins in the state that the second is
    /// (see [io.ringtap.bpf.LookupTable]).
    LOOK_UP;

    /// What it makes of two numbers that are known.
    ///
    /// @throws ArithmeticException if it divides by zero, or is no arithmetic
    public int apply(int left, int right) {
      boolean isShort = Integer.compareUnsigned(right, Integer.SIZE) < 0;
      return switch (this) {
        case ADD -> left + right;
        case SUBTRACT -> left - right;
        case MULTIPLY -> left * right;
        case DIVIDE -> Integer.divideUnsigned(left, right);
        case MODULO -> Integer.remainderUnsigned(left, right);
        case AND -> left & right;
        case OR -> left | right;
        case XOR -> left ^ right;
        case SHIFT_LEFT -> isShort ? left << right : 0;
        case SHIFT_RIGHT -> isShort ? left >>> right : 0;
        case LOOK_UP -> throw new ArithmeticException("a look-up needs its table");
      };
    }
  }

  /// Bytes at a place that is known beforehand.
  static Value load(int width, int offset) {
    return new Load(width, new Constant(0), offset);
  }

  /// The length of the IPv4 header that begins at a place known beforehand: four times the low
  /// nibble of its first byte.
  static Value headerLength(int offset) {
    return new Operation(
        Operator.MULTIPLY,
        new Operation(Operator.AND, load(1, offset), new Constant(0xF)),
        new Constant(4));
  }
}
