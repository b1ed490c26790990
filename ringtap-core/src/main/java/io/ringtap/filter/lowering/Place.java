package io.ringtap.filter.lowering;

import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.filter.condition.Value.Load;
import io.ringtap.filter.condition.Value.Operation;
import io.ringtap.filter.condition.Value.Operator;

/// Where a header begins: at `index + offset`.
///
/// @param index a [Constant] of 0 where `offset` says all
record Place(Value index, int offset) {
  private static final Value NOTHING = new Constant(0);

  /// A byte that no packet has. It stands for places before the packet's first byte, from which
  /// nothing can be loaded either, for the kernel takes negative ones for something else.
  private static final int NOWHERE = 0x7FFF_0000;

  static Place at(int offset) {
    return new Place(NOTHING, offset);
  }

  Place plus(int bytes) {
    return new Place(index, offset + bytes);
  }

  /// Whether the place is known before a packet is seen.
  boolean isKnown() {
    return index.equals(NOTHING);
  }

  Value load(int width, int at) {
    int sum = offset + at;
    return isKnown() && sum < 0 ? Value.load(width, NOWHERE) : new Load(width, index, sum);
  }

  /// Bytes at a place within this header that is computed of the packet. What the index loads is
  /// loaded before what says where the header begins.
  Value load(int width, Value at) {
    if (at instanceof Constant(int value)) {
      return load(width, value);
    }
    Value sum = isKnown() ? at : new Operation(Operator.ADD, at, index);
    return new Load(width, sum, offset);
  }

  /// The place after the IPv4 header that begins here.
  Place afterIpv4() {
    Value length =
        new Operation(
            Operator.MULTIPLY,
            new Operation(Operator.AND, load(1, 0), new Constant(0xF)),
            new Constant(4));
    return new Place(isKnown() ? length : new Operation(Operator.ADD, length, index), offset);
  }

  /// The place as a number.
  Value value() {
    return switch (index) {
      case Constant(int value) -> new Constant(value + offset);
      case Value computed when offset == 0 -> computed;
      case Value computed -> new Operation(Operator.ADD, computed, new Constant(offset));
    };
  }
}
