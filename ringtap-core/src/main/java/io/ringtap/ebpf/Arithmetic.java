package io.ringtap.ebpf;

import org.jspecify.annotations.Nullable;

/// The arithmetic operations, whose result replaces the first operand. Numbers are unsigned. A
/// division by zero gives 0, a remainder by zero the first operand; shifts take the low 6 bits of
/// their second operand, those of 32 bits the low 5.
public enum Arithmetic {
  /// The sum.
  ADD(0x00, "+="),
  /// The difference.
  SUBTRACT(0x10, "-="),
  /// The product.
  MULTIPLY(0x20, "*="),
  /// The quotient.
  DIVIDE(0x30, "/="),
  /// The bits of either operand.
  OR(0x40, "|="),
  /// The bits of both operands.
  AND(0x50, "&="),
  /// Towards the upper bits.
  SHIFT_LEFT(0x60, "<<="),
  /// Towards the lower bits, with zeros in the upper ones.
  SHIFT_RIGHT(0x70, ">>="),
  /// The remainder.
  MODULO(0x90, "%="),
  /// The bits that only one operand has.
  XOR(0xa0, "^="),
  /// The second operand.
  MOVE(0xb0, "="),
  /// Towards the lower bits, with the sign in the upper ones.
  SHIFT_RIGHT_SIGNED(0xc0, "s>>=");

  final int bits;
  final String text;

  Arithmetic(int bits, String text) {
    this.bits = bits;
    this.text = text;
  }

  /// The operation of an opcode; null for one that has another.
  static @Nullable Arithmetic of(int opcode) {
    for (Arithmetic each : values()) {
      if (each.bits == EbpfOpcode.operationOf(opcode)) {
        return each;
      }
    }
    return null;
  }
}
