package io.ringtap.filter.graph;

import io.ringtap.bpf.AncillaryField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A number that a program computes of a packet. A [TermTable] makes each but once, so two terms
/// are the same number if they are the same object.
final class Term {
  /// Stands where a term has no operand, and where a register holds nothing known.
  static final Term NONE = new Term(TermKind.NONE, null, null, 0, 0, -1);

  final TermKind kind;

  /// The first operand; of a load, the index.
  final Term left;

  final Term right;

  /// The constant; of a load, the offset; of a variable, its number.
  final int k;

  /// Bytes of a load.
  final int width;

  final int id;

  /// The bits that may be set in it.
  final int bits;

  /// The variables that it depends on, as [#variableBit] has them.
  final long variables;

  /// Whether computing it may drop the packet: by a load beyond its end, or a division by zero.
  final boolean mayFail;

  /// Whether computing it may drop the packet by a division by zero. What follows in a packet that
  /// was cut short may be guessed; this may not, so such a term is computed even where its number
  /// settles nothing.
  final boolean mayDivideByZero;

  /// How many operations it is made of.
  final int weight;

  /// How many of them take two numbers that both have to be computed.
  final int branches;

  /// Where the IPv4 header begins that this is the length of; negative if it is none.
  final int headerAt;

  /// Scratch of [Fact#of], which is asked for it again and again.
  @Nullable Fact nothingKnown;

  Term(TermKind kind, @Nullable Term left, @Nullable Term right, int k, int width, int id) {
    this.kind = kind;
    this.left = left == null ? this : left;
    this.right = right == null ? this : right;
    this.k = k;
    this.width = width;
    this.id = id;
    if (kind == TermKind.NONE) {
      this.bits = 0;
      this.variables = 0;
      this.weight = 0;
      this.mayFail = false;
      this.mayDivideByZero = false;
      this.branches = 0;
      this.headerAt = -1;
    } else {
      this.bits = TermBits.of(this);
      this.variables =
          kind == TermKind.VARIABLE ? variableBit(k) : this.left.variables | this.right.variables;
      this.weight = Math.min(1 << 20, 1 + this.left.weight + this.right.weight);
      boolean divides = kind == TermKind.DIVIDE || kind == TermKind.MODULO;
      boolean byZero = divides && (!this.right.isConstant() || this.right.k == 0);
      this.mayDivideByZero = byZero || this.left.mayDivideByZero || this.right.mayDivideByZero;
      this.mayFail = kind == TermKind.LOAD || byZero || this.left.mayFail || this.right.mayFail;
      boolean isBranch =
          kind.operation >= 0 && kind != TermKind.NEGATION && !this.right.isConstant();
      this.branches =
          Math.min(1 << 20, this.left.branches + this.right.branches + (isBranch ? 1 : 0));
      this.headerAt = headerStart();
    }
  }

  private int headerStart() {
    boolean isLength =
        kind == TermKind.SHIFT_LEFT
            && right.isConstant(2)
            && left.kind == TermKind.AND
            && left.right.isConstant(0xF)
            && left.left.isAbsoluteLoad()
            && left.left.width == 1
            && left.left.k >= 0;
    return isLength ? left.left.k : -1;
  }

  /// The bit that stands for a variable in a set of them.
  static long variableBit(int variable) {
    return 1L << variable;
  }

  boolean isConstant() {
    return kind == TermKind.CONSTANT;
  }

  boolean isConstant(int value) {
    return kind == TermKind.CONSTANT && k == value;
  }

  boolean isAbsoluteLoad() {
    return kind == TermKind.LOAD && left.isConstant(0);
  }

  /// Whether it is an operation with a constant for its second operand.
  boolean isByConstant(TermKind operation) {
    return kind == operation && right.kind == TermKind.CONSTANT;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case NONE -> "nothing";
      case CONSTANT ->
          Integer.compareUnsigned(k, 10) < 0 ? String.valueOf(k) : "0x" + Integer.toHexString(k);
      case LOAD ->
          "["
              + (left.isConstant(0) ? "" : left + " + ")
              + Integer.toUnsignedString(k)
              + (width == 1 ? "]" : ":" + width + "]");
      case ANCILLARY -> ancillary();
      case LENGTH -> "len";
      case VARIABLE -> "v" + k;
      case NEGATION -> "-" + left;
      default -> "(" + left + " " + kind.symbol + " " + right + ")";
    };
  }

  private String ancillary() {
    for (AncillaryField field : AncillaryField.values()) {
      if (field.k() == k) {
        return field.name().toLowerCase(Locale.ROOT);
      }
    }
    return String.valueOf(k);
  }
}
