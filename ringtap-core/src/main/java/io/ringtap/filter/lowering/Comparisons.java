package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.equal;
import static io.ringtap.filter.condition.Conditions.not;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Condition.Compare;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.condition.Value;
import io.ringtap.filter.condition.Value.Constant;
import io.ringtap.filter.condition.Value.Operator;
import io.ringtap.filter.syntax.Arithmetic;
import io.ringtap.filter.syntax.Arithmetic.Accessor;
import io.ringtap.filter.syntax.Expression.Comparison;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.filter.syntax.ProtocolWord;
import io.ringtap.filter.syntax.Relation;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv6Header;

/// Relations of numbers made of a packet. An accessor asks for its protocol too, before any number
/// is loaded.
///
/// As in libpcap, of the two operands of an operator only the left one asks: `tcp[0] + udp[0]` is
/// of TCP packets, and `1 + tcp[0]` of all.
final class Comparisons {
  private final Headers headers;
  private final PacketMetadata metadata;

  Comparisons(Headers headers, PacketMetadata metadata) {
    this.headers = headers;
    this.metadata = metadata;
  }

  /// A number, and what a packet must be to have it.
  private record Guarded(Condition guard, Value value) {}

  Condition condition(Comparison comparison) {
    Guarded left = number(comparison.left());
    Guarded right = number(comparison.right());
    return and(
        and(left.guard, right.guard), relation(left.value, comparison.relation(), right.value));
  }

  private static Condition relation(Value left, Relation relation, Value right) {
    if (left instanceof Constant && !(right instanceof Constant)) {
      return relation(right, turned(relation), left);
    }
    return switch (relation) {
      case EQUAL -> compare(left, Condition.Relation.EQUAL, right);
      case NOT_EQUAL -> not(compare(left, Condition.Relation.EQUAL, right));
      case GREATER -> compare(left, Condition.Relation.GREATER, right);
      case GREATER_OR_EQUAL -> compare(left, Condition.Relation.GREATER_OR_EQUAL, right);
      case LESS -> not(compare(left, Condition.Relation.GREATER_OR_EQUAL, right));
      case LESS_OR_EQUAL -> not(compare(left, Condition.Relation.GREATER, right));
    };
  }

  private static Condition compare(Value left, Condition.Relation relation, Value right) {
    if (left instanceof Constant(int a) && right instanceof Constant(int b)) {
      return relation.holds(a, b) ? Conditions.ALWAYS : Conditions.NEVER;
    }
    return new Compare(left, relation, right);
  }

  /// The relation with its sides exchanged.
  private static Relation turned(Relation relation) {
    return switch (relation) {
      case EQUAL, NOT_EQUAL -> relation;
      case GREATER -> Relation.LESS;
      case GREATER_OR_EQUAL -> Relation.LESS_OR_EQUAL;
      case LESS -> Relation.GREATER;
      case LESS_OR_EQUAL -> Relation.GREATER_OR_EQUAL;
    };
  }

  private Guarded number(Arithmetic arithmetic) {
    return switch (arithmetic) {
      case Arithmetic.Constant(int value, _) -> new Guarded(Conditions.ALWAYS, new Constant(value));
      case Arithmetic.Length _ -> new Guarded(Conditions.ALWAYS, new Value.Length());
      case Arithmetic.Negation(Arithmetic operand, _) -> {
        Guarded number = number(operand);
        yield new Guarded(
            number.guard, operation(Operator.SUBTRACT, new Constant(0), number.value));
      }
      case Arithmetic.Operation(
              Arithmetic.Operator operator,
              var left,
              var right,
              int position) -> {
        Guarded a = number(left);
        Guarded b = number(right);
        check(operator, b.value, position);
        yield new Guarded(a.guard, operation(meaning(operator), a.value, b.value));
      }
      case Accessor accessor -> accessor(accessor);
    };
  }

  private static Operator meaning(Arithmetic.Operator operator) {
    return switch (operator) {
      case ADD -> Operator.ADD;
      case SUBTRACT -> Operator.SUBTRACT;
      case MULTIPLY -> Operator.MULTIPLY;
      case DIVIDE -> Operator.DIVIDE;
      case MODULO -> Operator.MODULO;
      case AND -> Operator.AND;
      case OR -> Operator.OR;
      case XOR -> Operator.XOR;
      case SHIFT_LEFT -> Operator.SHIFT_LEFT;
      case SHIFT_RIGHT -> Operator.SHIFT_RIGHT;
    };
  }

  private static void check(Arithmetic.Operator operator, Value right, int position) {
    if (!(right instanceof Constant(int value))) {
      return;
    }
    switch (operator) {
      case DIVIDE, MODULO -> {
        if (value == 0) {
          throw new ExpressionException(position, "division by zero");
        }
      }
      case SHIFT_LEFT, SHIFT_RIGHT -> {
        if (Integer.compareUnsigned(value, 31) > 0) {
          throw new ExpressionException(position, "a shift is by 0 to 31 bits");
        }
      }
      default -> {}
    }
  }

  private static Value operation(Operator operator, Value left, Value right) {
    return left instanceof Constant(int a) && right instanceof Constant(int b)
        ? new Constant(operator.apply(a, b))
        : new Value.Operation(operator, left, right);
  }

  private Guarded accessor(Accessor accessor) {
    Guarded index = number(accessor.index());
    ProtocolWord word = accessor.protocol();
    int position = accessor.position();
    Place network = headers.network();
    Protocols protocols = new Protocols(headers);
    Condition guard =
        switch (word) {
          case ETHER -> index.guard;
          case RADIO -> {
            if (!(headers.link instanceof LinkHeader.Wlan(boolean hasRadio)) || !hasRadio) {
              throw new ExpressionException(
                  position, "'radio' is of 802.11 with radiotap, not of " + headers.link.word());
            }
            yield index.guard;
          }
          case IP, IP6, ARP, RARP, ATALK, DECNET, LAT, MOPRC, MOPDL, SCA ->
              and(index.guard, protocols.named(word, position));
          // Only here something is asked before the index asks.
          case TCP, UDP, SCTP, ICMP, IGMP, IGRP, PIM, VRRP, CARP ->
              and(
                  and(headers.carries(EtherType.IPV4, position), index.guard),
                  protocols.named(word, position),
                  Ports.isFirstFragment(network));
          case ICMP6 ->
              and(
                  and(index.guard, headers.carries(EtherType.IPV6, position)),
                  equal(network.load(1, Ipv6Header.NEXT_HEADER), IpProtocol.ICMPV6));
          default ->
              throw new ExpressionException(
                  position, "bytes of '" + word.word() + "' cannot be had by index");
        };
    Place header =
        switch (word) {
          case ETHER -> headers.linkHeader;
          case RADIO -> Place.at(0);
          case TCP, UDP, SCTP, ICMP, IGMP, IGRP, PIM, VRRP, CARP -> network.afterIpv4();
          case ICMP6 -> network.plus(Ipv6Header.BYTES);
          default -> network;
        };
    Value loaded = header.load(accessor.size(), index.value);
    metadata.check(loaded, position);
    return new Guarded(guard, loaded);
  }
}
