package io.ringtap.filter.graph;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Condition.Relation;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Operator;
import java.util.EnumSet;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Makes conditions that share values and constants, as filters do, and packets that meet them.
final class RandomConditions {
  private static final int OCTETS = 24;
  private static final int IPV4_PROTOCOL = 9;
  private static final int AUTHENTICATION = 51;
  private static final int[] CONSTANTS = {
    0,
    1,
    2,
    3,
    4,
    5,
    8,
    15,
    16,
    0x3F,
    0x40,
    0x7F,
    0x80,
    0xF0,
    0xFF,
    0x100,
    0x0102,
    0x0800,
    0x86DD,
    0xFF00,
    0xFFFF,
    0x01020304,
    0x0A000000,
    0xE0000000,
    0xFF000000,
    0xFFFF0000,
    0xFFFFFF00,
    -1
  };

  private static final Relation[] RELATIONS = Relation.values();

  /// Those of arithmetic: a look-up needs a table, and `AddressSetTest` has it.
  private static final Operator[] OPERATORS =
      EnumSet.complementOf(EnumSet.of(Operator.LOOK_UP)).toArray(Operator[]::new);

  private static final Operator[] ALL_BUT_SHIFTS =
      Stream.of(OPERATORS)
          .filter(one -> one != Operator.SHIFT_LEFT && one != Operator.SHIFT_RIGHT)
          .toArray(Operator[]::new);

  private final SplittableRandom random;
  private int assigned;

  RandomConditions(SplittableRandom random) {
    this.random = random;
  }

  Condition condition(int depth) {
    int choice = depth == 0 ? 9 : random.nextInt(12);
    return switch (choice) {
      case 0, 1, 2, 3 -> new Condition.And(condition(depth - 1), condition(depth - 1));
      case 4, 5, 6 -> new Condition.Or(condition(depth - 1), condition(depth - 1));
      case 7 -> new Condition.Not(condition(depth - 1));
      case 8 ->
          assigned < 5
              ? new Condition.And(
                  new Condition.Assign(assigned++, undivided(2)), condition(depth - 1))
              : compare();
      case 9 -> random.nextInt(4) == 0 ? chain() : compare();
      default -> compare();
    };
  }

  private Condition chain() {
    boolean isIpv6 = random.nextInt(4) == 0;
    Value network = random.nextInt(3) == 0 ? value(1) : new Value.Constant(random.nextInt(2));
    return new Condition.Chain(isIpv6 ? 6 : 4, network, CONSTANTS[random.nextInt(12)]);
  }

  private Condition compare() {
    Relation relation = one(RELATIONS);
    Value left = random.nextInt(3) == 0 ? value(3) : value(1);
    Value right = random.nextInt(5) == 0 ? value(2) : constant();
    return new Condition.Compare(left, relation, right);
  }

  private Value constant() {
    return new Value.Constant(CONSTANTS[random.nextInt(CONSTANTS.length)]);
  }

  private Value value(int depth) {
    int choice = depth == 0 ? random.nextInt(4) : random.nextInt(12);
    return switch (choice) {
      case 0 -> constant();
      case 1, 2 -> Value.load(width(), random.nextInt(8));
      case 3 -> random.nextInt(3) == 0 ? rare() : Value.load(1, random.nextInt(3));
      case 4 -> Value.headerLength(random.nextInt(2));
      case 5 -> new Value.Load(width(), Value.headerLength(random.nextInt(2)), random.nextInt(5));
      case 6 -> new Value.Load(width(), value(depth - 1), random.nextInt(5));
      case 7, 8, 9 -> new Value.Operation(one(ALL_BUT_SHIFTS), value(depth - 1), value(depth - 1));
      default ->
          new Value.Operation(
              one(OPERATORS),
              value(depth - 1),
              new Value.Constant(random.nextBoolean() ? random.nextInt(1, 40) : masks()));
    };
  }

  private Value undivided(int depth) {
    Value value;
    do {
      value = value(depth);
    } while (divides(value));
    return value;
  }

  private static boolean divides(Value value) {
    return switch (value) {
      case Value.Load load -> divides(load.index());
      case Value.Operation(Operator operator, Value left, Value right) ->
          operator == Operator.DIVIDE
              || operator == Operator.MODULO
              || divides(left)
              || divides(right);
      default -> false;
    };
  }

  private <T> T one(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private int masks() {
    return CONSTANTS[random.nextInt(CONSTANTS.length)];
  }

  private Value rare() {
    return switch (random.nextInt(4)) {
      case 0 -> new Value.Length();
      case 1 -> new Value.Ancillary(AncillaryField.PACKET_TYPE);
      default -> new Value.Variable(random.nextInt(Math.max(1, assigned)));
    };
  }

  private int width() {
    return 1 << random.nextInt(3);
  }

  /// Few different bytes, so that equalities hold now and then.
  byte[] packet() {
    byte[] packet = new byte[random.nextInt(4) == 0 ? random.nextInt(OCTETS) : OCTETS];
    for (int i = 0; i < packet.length; i++) {
      packet[i] = (byte) CONSTANTS[random.nextInt(CONSTANTS.length)];
    }
    if (packet.length == OCTETS && random.nextBoolean()) { // an authentication header comes next
      packet[IPV4_PROTOCOL + random.nextInt(2)] = AUTHENTICATION;
      packet[random.nextInt(2)] = (byte) random.nextInt(1, 4);
    }
    return packet;
  }
}
