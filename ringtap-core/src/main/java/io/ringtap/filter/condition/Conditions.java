package io.ringtap.filter.condition;

import io.ringtap.filter.condition.Condition.Always;
import io.ringtap.filter.condition.Condition.And;
import io.ringtap.filter.condition.Condition.Compare;
import io.ringtap.filter.condition.Condition.Never;
import io.ringtap.filter.condition.Condition.Not;
import io.ringtap.filter.condition.Condition.Or;
import io.ringtap.filter.condition.Condition.Relation;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.filter.condition.Value.Operation;
import io.ringtap.filter.condition.Value.Operator;

/// Conditions as the primitives put them together. What is known beforehand is left out, but for
/// tests before it: their loads may drop a packet that is too short.
public final class Conditions {
  public static final Condition ALWAYS = new Always();
  public static final Condition NEVER = new Never();

  private Conditions() {}

  public static Condition equal(Value value, int wanted) {
    return new Compare(value, Relation.EQUAL, new Constant(wanted));
  }

  /// Whether the bits of `mask` are as in `wanted`, which has no others.
  public static Condition masked(Value value, int mask, int wanted) {
    return equal(new Operation(Operator.AND, value, new Constant(mask)), wanted);
  }

  public static Condition greater(Value value, int limit) {
    return new Compare(value, Relation.GREATER, new Constant(limit));
  }

  public static Condition atLeast(Value value, int limit) {
    return new Compare(value, Relation.GREATER_OR_EQUAL, new Constant(limit));
  }

  public static Condition anyBit(Value value, int mask) {
    return new Compare(value, Relation.ANY_BIT, new Constant(mask));
  }

  /// Whether `value` is one of `wanted`, tried in their order.
  public static Condition oneOf(Value value, int... wanted) {
    Condition any = NEVER;
    for (int each : wanted) {
      any = or(any, equal(value, each));
    }
    return any;
  }

  public static Condition and(Condition left, Condition right) {
    if (left instanceof Never || right instanceof Always) {
      return left;
    }
    return left instanceof Always ? right : new And(left, right);
  }

  public static Condition and(Condition first, Condition second, Condition third) {
    return and(first, and(second, third));
  }

  public static Condition or(Condition left, Condition right) {
    if (left instanceof Always || right instanceof Never) {
      return left;
    }
    return left instanceof Never ? right : new Or(left, right);
  }

  public static Condition not(Condition operand) {
    return switch (operand) {
      case Always _ -> NEVER;
      case Never _ -> ALWAYS;
      case Not(Condition inner) -> inner;
      default -> new Not(operand);
    };
  }

  /// `yes` where `test` holds, `no` elsewhere. No test is made where both are the same.
  public static Condition choose(Condition test, Condition yes, Condition no) {
    if (isSame(yes, no)) {
      return yes;
    }
    if (yes instanceof Never) {
      return and(not(test), no);
    }
    if (no instanceof Always) {
      return or(not(test), yes);
    }
    boolean isOneTestEnough = yes instanceof Always || no instanceof Never;
    return or(and(test, yes), isOneTestEnough ? no : and(not(test), no));
  }

  /// Whether two conditions are written alike. Chains are followed in a loop, for they may be of
  /// any length.
  public static boolean isSame(Condition a, Condition b) {
    Condition left = a;
    Condition other = b;
    while (true) {
      if (left instanceof And(var l, var r) && other instanceof And(var ol, var or)) {
        if (!r.equals(or)) {
          return false;
        }
        left = l;
        other = ol;
      } else if (left instanceof Or(var l, var r) && other instanceof Or(var ol, var or)) {
        if (!r.equals(or)) {
          return false;
        }
        left = l;
        other = ol;
      } else {
        return left.equals(other);
      }
    }
  }
}
