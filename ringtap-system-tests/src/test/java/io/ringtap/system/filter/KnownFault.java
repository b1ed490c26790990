package io.ringtap.system.filter;

import io.ringtap.system.filter.Compilation.Refused;
import io.ringtap.system.filter.Disagreement.Kind;
import java.util.regex.Pattern;

/// Where libpcap 1.10.3 is wrong, so that disagreeing with it is no fault. All of them are here, each
/// as narrow as it can be told.
enum KnownFault {
  /// Whether a shift or a division is lawful is decided by the first constant in the right operand,
  /// even where that is an offset: `1 << ip[40]` is refused as a shift by 40.
  OPERAND_OFFSET_TAKEN_FOR_OPERAND("1 << ip[40] = 0") {
    private static final Pattern REFUSALS =
        Pattern.compile("shift by more than 31 bits|(division|modulus) by zero");
    private static final Pattern BY_A_CONSTANT = Pattern.compile("(<<|>>|/|%)\\s*\\(*\\s*\\d");

    @Override
    boolean explains(Disagreement disagreement, Compilation libpcap) {
      return disagreement.kind() == Kind.ACCEPTED
          && libpcap instanceof Refused(String message)
          && REFUSALS.matcher(message).matches()
          && !BY_A_CONSTANT.matcher(disagreement.expression()).find();
    }
  },

  /// Behind `geneve` in one alternative, later primitives read an offset that is computed only if the
  /// packet took that alternative. The kernel refuses such a program.
  OFFSET_NEVER_COMPUTED("geneve or (ip proto 51 and pim[0] < 64)") {
    @Override
    boolean explains(Disagreement disagreement, Compilation libpcap) {
      return disagreement.kind() == Kind.NO_JUDGE
          && disagreement.detail().contains("may not have been written before");
    }
  };

  private final String example;

  KnownFault(String example) {
    this.example = example;
  }

  /// An expression for Ethernet that shows the fault.
  String example() {
    return example;
  }

  /// Whether the fault is the cause of a disagreement.
  ///
  /// @param libpcap what libpcap makes of the expression without its optimizer
  abstract boolean explains(Disagreement disagreement, Compilation libpcap);
}
