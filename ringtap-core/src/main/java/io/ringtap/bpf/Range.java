package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

/// The unsigned numbers of 32 bits that a register may hold.
///
/// @param low the least
/// @param high the greatest
record Range(long low, long high) {
  private static final long MAX = 0xFFFF_FFFFL;

  /// Any number.
  static final Range ANY = new Range(0, MAX);

  static Range exactly(int number) {
    long unsigned = Integer.toUnsignedLong(number);
    return new Range(unsigned, unsigned);
  }

  static Range upTo(long high) {
    return new Range(0, high);
  }

  Range or(Range other) {
    return new Range(Math.min(low, other.low), Math.max(high, other.high));
  }

  /// The results of arithmetic with this on the left.
  ///
  /// @param operation `BPF_OP` of the opcode
  Range compute(int operation, Range right) {
    return switch (operation) {
      case BPF_ADD -> fitting(low + right.low, high + right.high);
      case BPF_SUB -> fitting(low - right.high, high - right.low);
      case BPF_MUL ->
          Math.multiplyHigh(high, right.high) != 0
              ? ANY
              : fitting(low * right.low, high * right.high);
      case BPF_DIV ->
          new Range(low / Math.max(right.high, 1), high / Math.max(right.low, 1)); // 0 ends it
      case BPF_MOD -> upTo(Math.min(high, Math.max(right.high - 1, 0)));
      case BPF_AND -> upTo(Math.min(high, right.high));
      case BPF_OR, BPF_XOR -> upTo(Math.max(0, Long.highestOneBit(high | right.high) * 2 - 1));
      case BPF_LSH -> right.isShift() ? fitting(low << right.low, high << right.low) : ANY;
      case BPF_RSH -> right.isShift() ? new Range(low >> right.low, high >> right.low) : upTo(high);
      default -> ANY;
    };
  }

  private boolean isShift() {
    return low == high && high < Integer.SIZE;
  }

  private static Range fitting(long low, long high) {
    return low >= 0 && high >= 0 && high <= MAX ? new Range(low, high) : ANY;
  }

  @Override
  public String toString() {
    return low == high ? Long.toString(low) : low + " to " + high;
  }
}
