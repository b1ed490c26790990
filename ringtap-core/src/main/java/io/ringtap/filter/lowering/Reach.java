package io.ringtap.filter.lowering;

import io.ringtap.filter.graph.Value;
import java.util.HashMap;
import java.util.Map;

/// Between which numbers a value may be, as far as its form says.
///
/// @param min the least, from 0
/// @param max the greatest, at most 2³² - 1
record Reach(long min, long max) {
  private static final Reach ALL = new Reach(0, 0xFFFF_FFFFL);

  private static Reach of(long min, long max) {
    return max > ALL.max ? ALL : new Reach(min, max);
  }

  /// What is known of variables. One that may not have been assigned may be 0.
  static final class OfVariables {
    private final Map<Integer, Reach> reaches = new HashMap<>();

    void assign(int variable, Reach reach) {
      reaches.merge(
          variable, reach, (a, b) -> new Reach(Math.min(a.min, b.min), Math.max(a.max, b.max)));
    }

    /// @param assigned the variables that were surely assigned
    Reach of(Value value, Assigned assigned) {
      return switch (value) {
        case Value.Constant(int constant) -> {
          long number = Integer.toUnsignedLong(constant);
          yield new Reach(number, number);
        }
        case Value.Load(int width, _, _) -> new Reach(0, (1L << (8 * width)) - 1);
        case Value.Ancillary _, Value.Length _ -> ALL;
        case Value.Variable(int number) -> {
          Reach reach = reaches.getOrDefault(number, new Reach(0, 0));
          yield assigned.has(number) ? reach : new Reach(0, reach.max);
        }
        case Value.Operation(Value.Operator operator, Value left, Value right) ->
            of(operator, of(left, assigned), of(right, assigned));
      };
    }

    private static Reach of(Value.Operator operator, Reach left, Reach right) {
      return switch (operator) {
        case ADD -> Reach.of(left.min + right.min, left.max + right.max);
        case MULTIPLY ->
            left.max > 0xFFFF || right.max > 0xFFFF
                ? ALL
                : Reach.of(left.min * right.min, left.max * right.max);
        case AND -> new Reach(0, Math.min(left.max, right.max));
        case SHIFT_RIGHT -> new Reach(0, left.max);
        case DIVIDE -> new Reach(0, left.max);
        case MODULO -> new Reach(0, Math.min(left.max, right.max));
        case SUBTRACT, OR, XOR, SHIFT_LEFT -> ALL;
      };
    }
  }

  /// Variables that were surely assigned on the way to a place.
  ///
  /// @param bits one for each of the first 64 variables; of further ones nothing is known
  record Assigned(long bits) {
    static final Assigned NONE = new Assigned(0);

    /// What holds where no way leads.
    static final Assigned UNREACHED = new Assigned(-1);

    boolean has(int variable) {
      return variable < Long.SIZE && (bits >>> variable & 1) != 0;
    }

    Assigned with(int variable) {
      return variable < Long.SIZE ? new Assigned(bits | 1L << variable) : this;
    }

    Assigned inBoth(Assigned other) {
      return new Assigned(bits & other.bits);
    }
  }
}
