package io.ringtap.filter.graph;

/// Which bits may be set in a term, by what it is made of.
final class TermBits {
  private static final int ALL = -1;

  private TermBits() {}

  static int of(Term term) {
    int left = term.left.bits;
    int right = term.right.bits;
    boolean byConstant = term.right.kind == TermKind.CONSTANT;
    int k = term.right.k;
    return switch (term.kind) {
      case CONSTANT -> term.k;
      case LOAD -> ALL >>> (32 - 8 * term.width);
      case AND -> left & right;
      case OR, XOR -> left | right;
      case ADD -> upTo(largest(left) + largest(right));
      case MULTIPLY ->
          largest(left) < 1L << 31 && largest(right) < 1L << 31
              ? upTo(largest(left) * largest(right))
              : ALL;
      case DIVIDE -> byConstant && k != 0 ? upTo(largest(left) / unsigned(k)) : upTo(largest(left));
      case MODULO -> byConstant && k != 0 ? upTo(unsigned(k) - 1) : upTo(largest(left));
      case SHIFT_LEFT -> byConstant ? left << k : ALL;
      case SHIFT_RIGHT -> byConstant ? left >>> k : upTo(largest(left));
      case RELATION -> 1;
      case NONE, ANCILLARY, LENGTH, VARIABLE, NEGATION, SUBTRACT, LOOK_UP -> ALL;
    };
  }

  private static long unsigned(int number) {
    return Integer.toUnsignedLong(number);
  }

  /// The largest number that has no other bits, which may be larger than any that occurs.
  private static long largest(int bits) {
    return unsigned(bits);
  }

  private static int upTo(long largest) {
    int length = 64 - Long.numberOfLeadingZeros(largest);
    return length >= 32 ? ALL : (1 << length) - 1;
  }
}
