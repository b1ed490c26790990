package io.ringtap.system.filter;

import java.util.regex.Pattern;

/// Right operands of shifts and divisions that are computed and not written as a single number.
///
/// libpcap looks at the first number of such an operand alone, whatever that number is in it.
final class ComputedOperand {
  private static final String OPERAND = "\\s*(\\(|-|[a-z]|\\w+\\s*";

  // What follows a number and binds more tightly; to the right of % and ^, which have no precedence
  // in libpcap's grammar, everything does.
  private static final Pattern SHIFT = Pattern.compile("(<<|>>)" + OPERAND + "[-+*/%^])");
  private static final Pattern DIVISION = Pattern.compile("/" + OPERAND + "[%^])");
  private static final Pattern MODULUS = Pattern.compile("%" + OPERAND + "(<<|>>|[-+*/%^&|]))");

  private ComputedOperand() {}

  static boolean isOfShift(String expression) {
    return SHIFT.matcher(expression).find();
  }

  static boolean isOfDivision(String expression) {
    return DIVISION.matcher(expression).find();
  }

  static boolean isOfModulus(String expression) {
    return MODULUS.matcher(expression).find();
  }
}
