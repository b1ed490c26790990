package io.ringtap.filter.graph;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Value;
import java.util.function.ToIntFunction;

/// Says of a packet whether a condition holds, straight from the condition's tree.
///
/// A program may leave out a load that cannot matter, as in `[9] * 0`, and so accept a packet that
/// is too short for it. Whether a load matters is found out by making up what is not there. A
/// division by zero always drops the packet.
public final class ConditionEvaluator {
  private static final int SKF_NET_OFF = -0x10_0000; // linux/filter.h

  /// A load outside the packet, or a division by zero.
  private static final class Dropped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Dropped() {
      super(null, null, false, false);
    }
  }

  private final byte[] packet;
  private final int length;
  private final ToIntFunction<AncillaryField> ancillary;
  private final int[] variables = new int[64];

  /// What the missing bytes are made of; 0 to drop the packet for them.
  private final int guess;

  private ConditionEvaluator(
      byte[] packet, int length, ToIntFunction<AncillaryField> ancillary, int guess) {
    this.guess = guess;
    this.packet = packet;
    this.length = length;
    this.ancillary = ancillary;
  }

  /// Whether a packet of which all was captured is wanted, in a savefile.
  public static boolean accepts(Condition condition, byte[] packet) {
    return accepts(condition, packet, packet.length, _ -> 0);
  }

  /// Whether a packet is wanted.
  ///
  /// @param length bytes of the packet before it was cut to those of `packet`
  /// @param ancillary what the kernel tells beside it
  public static boolean accepts(
      Condition condition, byte[] packet, int length, ToIntFunction<AncillaryField> ancillary) {
    try {
      return new ConditionEvaluator(packet, length, ancillary, 0).holds(condition);
    } catch (Dropped _) {
      return false;
    }
  }

  /// Whether a condition holds whatever stood where the packet has ended.
  static boolean acceptsWhateverIsMissing(
      Condition condition, byte[] packet, int length, ToIntFunction<AncillaryField> ancillary) {
    try {
      for (int guess = 1; guess <= 32; guess++) {
        if (!new ConditionEvaluator(packet, length, ancillary, guess).holds(condition)) {
          return false;
        }
      }
      return true;
    } catch (Dropped _) {
      return false;
    }
  }

  private boolean holds(Condition condition) {
    return switch (condition) {
      case Condition.Always _ -> true;
      case Condition.Never _ -> false;
      case Condition.And and -> holds(and.left()) && holds(and.right());
      case Condition.Or or -> holds(or.left()) || holds(or.right());
      case Condition.Not not -> !holds(not.operand());
      case Condition.Assign assign -> {
        variables[assign.variable()] = compute(assign.value());
        yield true;
      }
      case Condition.Compare compare -> {
        int left = compute(compare.left());
        int right = compute(compare.right());
        yield switch (compare.relation()) {
          case EQUAL -> left == right;
          case GREATER -> Integer.compareUnsigned(left, right) > 0;
          case GREATER_OR_EQUAL -> Integer.compareUnsigned(left, right) >= 0;
          case ANY_BIT -> (left & right) != 0;
        };
      }
      case Condition.Chain chain -> hasProtocol(chain);
    };
  }

  private boolean hasProtocol(Condition.Chain chain) {
    int network = compute(chain.network());
    int next = load(1, network + (chain.version() == 4 ? 9 : 6));
    int at = network + (chain.version() == 4 ? 4 * (load(1, network) & 0xF) : 40);
    while (next != chain.protocol()) {
      boolean isExtension =
          chain.version() == 6 && (next == 0 || next == 43 || next == 44 || next == 60);
      boolean mayBeEndless = guess != 0 && (at < 0 || at > packet.length); // of made-up headers
      if (mayBeEndless || (!isExtension && next != 51)) {
        return false;
      }
      int octets = next == 51 ? 4 * (load(1, at + 1) + 2) : 8 * (load(1, at + 1) + 1);
      next = load(1, at);
      at += octets;
    }
    return true;
  }

  private int compute(Value value) {
    return switch (value) {
      case Value.Constant constant -> constant.value();
      case Value.Load load -> load(load.width(), compute(load.index()) + load.offset());
      case Value.Length _ -> length;
      case Value.Variable variable -> variables[variable.number()];
      case Value.Ancillary(AncillaryField field) -> ancillary.applyAsInt(field);
      case Value.Operation operation ->
          compute(operation.operator(), compute(operation.left()), compute(operation.right()));
    };
  }

  private int compute(Value.Operator operator, int left, int right) {
    boolean divides = operator == Value.Operator.DIVIDE || operator == Value.Operator.MODULO;
    if (divides && right == 0) {
      throw new Dropped();
    }
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> Integer.divideUnsigned(left, right);
      case MODULO -> Integer.remainderUnsigned(left, right);
      case AND -> left & right;
      case OR -> left | right;
      case XOR -> left ^ right;
      case SHIFT_LEFT -> Integer.compareUnsigned(right, 32) < 0 ? left << right : 0;
      case SHIFT_RIGHT -> Integer.compareUnsigned(right, 32) < 0 ? left >>> right : 0;
      case LOOK_UP -> throw new IllegalArgumentException("no arithmetic");
    };
  }

  private int load(int width, int index) {
    // Offsets from there on are the kernel's, from the network header, which begins at 0 here.
    int offset = index >= SKF_NET_OFF && index < 0 ? index - SKF_NET_OFF : index;
    int number = 0;
    for (int i = 0; i < width; i++) {
      int at = offset + i;
      boolean isThere = offset >= 0 && offset <= packet.length - width;
      number = (number << 8) | ((isThere ? packet[at] : missing(at)) & 0xFF);
    }
    return number;
  }

  private int missing(int key) {
    if (guess == 0) {
      throw new Dropped();
    }
    int mixed = (key * 31 + guess) * 0x9E37_79B9;
    mixed = (mixed ^ mixed >>> 15) * 0x85EB_CA6B;
    return guess <= 2 ? guess - 2 : mixed ^ mixed >>> 13;
  }
}
