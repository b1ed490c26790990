package io.ringtap.ebpf;

import org.jspecify.annotations.Nullable;

/// What a conditional jump asks of its two operands; unsigned unless it says otherwise.
public enum Comparison {
  /// The same.
  EQUAL(0x10, "=="),
  /// Greater.
  ABOVE(0x20, ">"),
  /// Greater or the same.
  AT_LEAST(0x30, ">="),
  /// A bit that is set in both.
  ANY_BIT(0x40, "&"),
  /// Not the same.
  NOT_EQUAL(0x50, "!="),
  /// Greater as signed numbers.
  ABOVE_SIGNED(0x60, "s>"),
  /// Greater or the same as signed numbers.
  AT_LEAST_SIGNED(0x70, "s>="),
  /// Less.
  BELOW(0xa0, "<"),
  /// Less or the same.
  AT_MOST(0xb0, "<="),
  /// Less as signed numbers.
  BELOW_SIGNED(0xc0, "s<"),
  /// Less or the same as signed numbers.
  AT_MOST_SIGNED(0xd0, "s<=");

  final int bits;
  final String text;

  Comparison(int bits, String text) {
    this.bits = bits;
    this.text = text;
  }

  /// The comparison of an opcode; null for one that has none.
  static @Nullable Comparison of(int opcode) {
    for (Comparison each : values()) {
      if (each.bits == EbpfOpcode.operationOf(opcode)) {
        return each;
      }
    }
    return null;
  }
}
