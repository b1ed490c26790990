package io.ringtap.filter.lowering;

import io.ringtap.filter.condition.Value;
import java.util.HashMap;
import java.util.Map;

/// Between which numbers a value may be, as far as its form says.
///
/// @param min the least, from 0
/// @param max the greatest, at most 2³² - 1
record ValueRange(long min, long max) {
  private static final ValueRange ALL = new ValueRange(0, 0xFFFF_FFFFL);

  private static ValueRange of(long min, long max) {
    return max > ALL.max ? ALL : new ValueRange(min, max);
  }

  /// What is known of variables. One that may not have been assigned may be 0.
  static final class OfVariables {
    private final Map<Integer, ValueRange> reaches = new HashMap<>();

    void assign(int variable, ValueRange reach) {
      reaches.merge(
          variable,
          reach,
          (a, b) -> new ValueRange(Math.min(a.min, b.min), Math.max(a.max, b.max)));
    }

    /// @param assigned the variables that were surely assigned
    ValueRange of(Value value, Assigned assigned) {
      return switch (value) {
        case Value.Constant(int constant) -> {
          long number = Integer.toUnsignedLong(constant);
          yield new ValueRange(number, number);
        }
        case Value.Load(int width, _, _) -> new ValueRange(0, (1L << (8 * width)) - 1);
        case Value.Ancillary _, Value.Length _ -> ALL;
        case Value.Variable(int number) -> {
          ValueRange reach = reaches.getOrDefault(number, new ValueRange(0, 0));
          yield assigned.has(number) ? reach : new ValueRange(0, reach.max);
        }
        case Value.Operation(Value.Operator operator, Value left, Value right) ->
            of(operator, of(left, assigned), of(right, assigned));
      };
    }

    private static ValueRange of(Value.Operator operator, ValueRange left, ValueRange right) {
      return switch (operator) {
        case ADD -> ValueRange.of(left.min + right.min, left.max + right.max);
        case MULTIPLY ->
            left.max > 0xFFFF || right.max > 0xFFFF
                ? ALL
                : ValueRange.of(left.min * right.min, left.max * right.max);
        case AND -> new ValueRange(0, Math.min(left.max, right.max));
        case SHIFT_RIGHT -> new ValueRange(0, left.max);
        case DIVIDE -> new ValueRange(0, left.max);
        case MODULO -> new ValueRange(0, Math.min(left.max, right.max));
        case SUBTRACT, OR, XOR, SHIFT_LEFT, LOOK_UP -> ALL;
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
