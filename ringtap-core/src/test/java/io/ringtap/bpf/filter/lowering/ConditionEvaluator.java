package io.ringtap.bpf.filter.lowering;

import io.ringtap.bpf.Ancillary;
import io.ringtap.bpf.filter.graph.Condition;
import io.ringtap.bpf.filter.graph.Value;
import java.util.HashMap;
import java.util.Map;

/// Decides on a packet by a condition itself, without a program made of it: a load outside the
/// packet or a division by zero drops the packet.
final class ConditionEvaluator {
  private final byte[] packet;
  private final int length;
  private final Ancillary ancillary;
  private final int tpid;
  private final Map<Integer, Integer> variables = new HashMap<>();

  private ConditionEvaluator(byte[] packet, int length, Ancillary ancillary, int tpid) {
    this.packet = packet;
    this.length = length;
    this.ancillary = ancillary;
    this.tpid = tpid;
  }

  /// Whether a packet of which all was captured is wanted, in a savefile.
  static boolean holds(Condition condition, byte[] packet) {
    return holds(condition, packet, packet.length, new Ancillary(0, 0, 0), 0);
  }

  /// @param length octets of the packet before it was cut to those of `packet`
  /// @param tpid of the tag that was taken out, if one was
  static boolean holds(
      Condition condition, byte[] packet, int length, Ancillary ancillary, int tpid) {
    try {
      return new ConditionEvaluator(packet, length, ancillary, tpid).holds(condition);
    } catch (Dropped _) {
      return false;
    }
  }

  private static final class Dropped extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Dropped() {
      super(null, null, false, false);
    }
  }

  private boolean holds(Condition condition) {
    return switch (condition) {
      case Condition.Always _ -> true;
      case Condition.Never _ -> false;
      case Condition.And(Condition left, Condition right) -> holds(left) && holds(right);
      case Condition.Or(Condition left, Condition right) -> holds(left) || holds(right);
      case Condition.Not(Condition operand) -> !holds(operand);
      case Condition.Compare(Value left, Condition.Relation relation, Value right) -> {
        int a = number(left);
        int b = number(right);
        yield switch (relation) {
          case EQUAL -> a == b;
          case GREATER -> Integer.compareUnsigned(a, b) > 0;
          case GREATER_OR_EQUAL -> Integer.compareUnsigned(a, b) >= 0;
          case ANY_BIT -> (a & b) != 0;
        };
      }
      case Condition.Assign(int variable, Value value) -> {
        variables.put(variable, number(value));
        yield true;
      }
      case Condition.Chain(int version, Value network, int protocol) ->
          holdsChain(version, number(network), protocol);
    };
  }

  private boolean holdsChain(int version, int network, int wanted) {
    int protocol = load(1, network + (version == 4 ? 9 : 6));
    int at = network + (version == 4 ? (load(1, network) & 0xF) * 4 : 40);
    while (protocol != wanted) {
      boolean isExtension = protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60;
      if (protocol == 51) {
        protocol = load(1, at);
        at += (load(1, at + 1) + 2) * 4;
      } else if (version == 6 && isExtension) {
        protocol = load(1, at);
        at += (load(1, at + 1) + 1) * 8;
      } else {
        return false;
      }
    }
    return true;
  }

  private int number(Value value) {
    return switch (value) {
      case Value.Constant(int constant) -> constant;
      case Value.Load(int width, Value index, int offset) -> load(width, number(index) + offset);
      case Value.Ancillary(var field) ->
          switch (field) {
            case PROTOCOL -> ancillary.protocol();
            case PACKET_TYPE -> ancillary.packetType();
            case INTERFACE_INDEX -> ancillary.interfaceIndex();
            case VLAN_TAG -> ancillary.vlanTag();
            case VLAN_TAG_PRESENT -> ancillary.vlanTagPresent() ? 1 : 0;
            case VLAN_TPID -> tpid;
          };
      case Value.Length _ -> length;
      case Value.Variable(int number) -> variables.getOrDefault(number, 0);
      case Value.Operation(Value.Operator operator, Value left, Value right) ->
          compute(operator, number(left), number(right));
    };
  }

  private static int compute(Value.Operator operator, int a, int b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE, MODULO -> {
        if (b == 0) {
          throw new Dropped();
        }
        yield operator == Value.Operator.DIVIDE
            ? Integer.divideUnsigned(a, b)
            : Integer.remainderUnsigned(a, b);
      }
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case SHIFT_LEFT -> Integer.compareUnsigned(b, 31) > 0 ? 0 : a << b;
      case SHIFT_RIGHT -> Integer.compareUnsigned(b, 31) > 0 ? 0 : a >>> b;
    };
  }

  private int load(int width, int at) {
    if (at < 0 || (long) at + width > packet.length) {
      throw new Dropped();
    }
    int value = 0;
    for (int i = at; i < at + width; i++) {
      value = (value << 8) | (packet[i] & 0xFF);
    }
    return value;
  }
}
