package io.ringtap.filter.lowering;

import io.ringtap.filter.graph.Condition;
import io.ringtap.filter.graph.Condition.Always;
import io.ringtap.filter.graph.Condition.And;
import io.ringtap.filter.graph.Condition.Compare;
import io.ringtap.filter.graph.Condition.Never;
import io.ringtap.filter.graph.Condition.Not;
import io.ringtap.filter.graph.Condition.Or;
import io.ringtap.filter.graph.Condition.Relation;
import io.ringtap.filter.graph.Value;
import io.ringtap.filter.graph.Value.Constant;
import io.ringtap.filter.graph.Value.Operation;
import io.ringtap.filter.graph.Value.Operator;

/// Conditions as the primitives put them together. What is known beforehand is left out, but for
/// tests before it: their loads may drop a packet that is too short.
final class Conditions {
  static final Condition ALWAYS = new Always();
  static final Condition NEVER = new Never();

  private Conditions() {}

  static Condition equal(Value value, int wanted) {
    return new Compare(value, Relation.EQUAL, new Constant(wanted));
  }

  /// Whether the bits of `mask` are as in `wanted`, which has no others.
  static Condition masked(Value value, int mask, int wanted) {
    return equal(new Operation(Operator.AND, value, new Constant(mask)), wanted);
  }

  static Condition greater(Value value, int limit) {
    return new Compare(value, Relation.GREATER, new Constant(limit));
  }

  static Condition atLeast(Value value, int limit) {
    return new Compare(value, Relation.GREATER_OR_EQUAL, new Constant(limit));
  }

  static Condition anyBit(Value value, int mask) {
    return new Compare(value, Relation.ANY_BIT, new Constant(mask));
  }

  /// Whether `value` is one of `wanted`, tried in their order.
  static Condition oneOf(Value value, int... wanted) {
    Condition any = NEVER;
    for (int each : wanted) {
      any = or(any, equal(value, each));
    }
    return any;
  }

  static Condition and(Condition left, Condition right) {
    if (left instanceof Never || right instanceof Always) {
      return left;
    }
    return left instanceof Always ? right : new And(left, right);
  }

  static Condition and(Condition first, Condition second, Condition third) {
    return and(first, and(second, third));
  }

  static Condition or(Condition left, Condition right) {
    if (left instanceof Always || right instanceof Never) {
      return left;
    }
    return left instanceof Never ? right : new Or(left, right);
  }

  static Condition not(Condition operand) {
    return switch (operand) {
      case Always _ -> NEVER;
      case Never _ -> ALWAYS;
      case Not(Condition inner) -> inner;
      default -> new Not(operand);
    };
  }

  /// `yes` where `test` holds, `no` elsewhere. No test is made where both are the same.
  static Condition choose(Condition test, Condition yes, Condition no) {
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
  static boolean isSame(Condition a, Condition b) {
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
