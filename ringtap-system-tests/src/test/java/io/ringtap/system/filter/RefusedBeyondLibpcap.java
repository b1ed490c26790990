package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import io.ringtap.system.filter.Disagreement.Kind;

/// What libpcap lets pass though it refuses the like elsewhere, and we refuse everywhere.
@SuppressWarnings("ImmutableEnumChecker") // a link type is a record of a number
enum RefusedBeyondLibpcap implements KnownDifference {
  /// A shift by more than 31 bits is not seen where the number is computed of constants, the first
  /// of which is small.
  COMPUTED_SHIFT(LinkType.ETHERNET, "1 << 8 * 145 = ip[0]", "a shift is by 0 to 31 bits") {
    @Override
    boolean hasOperator(String expression) {
      return ComputedOperand.isOfShift(expression);
    }
  },

  /// A division by zero is not seen where the zero is computed of constants and the optimizer finds
  /// that no packet comes to it.
  UNREACHABLE_DIVISION_BY_ZERO(
      LinkType.ETHERNET, "arp or (ip and ip6 and len % (1 - 1) = 1)", "division by zero") {
    @Override
    boolean hasOperator(String expression) {
      return ComputedOperand.isOfDivision(expression) || ComputedOperand.isOfModulus(expression);
    }
  };

  private final LinkType linkType;
  private final String example;
  private final String refusal;

  RefusedBeyondLibpcap(LinkType linkType, String example, String refusal) {
    this.linkType = linkType;
    this.example = example;
    this.refusal = refusal;
  }

  @Override
  public LinkType linkType() {
    return linkType;
  }

  @Override
  public String example() {
    return example;
  }

  @Override
  public boolean explains(Disagreement disagreement) {
    return disagreement.kind() == Kind.REFUSED
        && disagreement.detail().endsWith(": " + refusal)
        && hasOperator(disagreement.expression());
  }

  /// Whether a right operand that is computed may be the cause.
  abstract boolean hasOperator(String expression);
}
