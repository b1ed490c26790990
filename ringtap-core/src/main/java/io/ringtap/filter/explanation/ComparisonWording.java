package io.ringtap.filter.explanation;

import io.ringtap.filter.syntax.Arithmetic;
import io.ringtap.filter.syntax.Arithmetic.Accessor;
import io.ringtap.filter.syntax.Arithmetic.Constant;
import io.ringtap.filter.syntax.Arithmetic.Length;
import io.ringtap.filter.syntax.Arithmetic.Negation;
import io.ringtap.filter.syntax.Arithmetic.Operation;
import io.ringtap.filter.syntax.Arithmetic.Operator;
import io.ringtap.filter.syntax.Expression.Comparison;
import io.ringtap.filter.syntax.ProtocolWord;
import io.ringtap.filter.syntax.Relation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says in English how two numbers compare.
final class ComparisonWording {
  private static final int TCP_FLAGS = 13; // the byte of the TCP header (RFC 9293 section 3.1)
  private static final String[] FLAGS = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};

  private final Set<Implied> implied;

  /// @param implied takes what the wordings leave to be distinguished
  ComparisonWording(Set<Implied> implied) {
    this.implied = implied;
  }

  String of(Comparison comparison) {
    String flags = flags(comparison);
    if (flags != null) {
      implied.add(Implied.TRANSPORT_INDICES);
      return flags;
    }
    StringBuilder text = new StringBuilder();
    append(text, comparison.left());
    text.append(relation(comparison.relation()));
    append(text, comparison.right());
    return text.toString();
  }

  /// `tcp[13] & mask = value` in the names of the flags; null if `comparison` is not of that form.
  private static @Nullable String flags(Comparison comparison) {
    boolean isEqual = comparison.relation() == Relation.EQUAL;
    Integer value = constant(comparison.right());
    if (value == null || (!isEqual && comparison.relation() != Relation.NOT_EQUAL)) {
      return null;
    }
    if (isFlags(comparison.left()) && value >>> FLAGS.length == 0) {
      return "of the TCP flags "
          + (isEqual ? "" : "not ")
          + (value == 0 ? "none is set" : "exactly these are set: " + flags(value));
    }
    if (!(comparison.left()
            instanceof Operation(Operator operator, Arithmetic loaded, Arithmetic right, int _))
        || operator != Operator.AND
        || !isFlags(loaded)) {
      return null;
    }
    Integer mask = constant(right);
    if (mask == null || mask == 0 || mask >>> FLAGS.length != 0 || (value & ~mask) != 0) {
      return null;
    }
    if (Integer.bitCount(mask) == 1) {
      return "the TCP flag " + flags(mask) + ((value == 0) == isEqual ? " is not set" : " is set");
    }
    if (value == 0) {
      return (isEqual
              ? "none of these TCP flags is set: "
              : "at least one TCP flag of these is set: ")
          + flags(mask);
    }
    if (value.equals(mask)) {
      return (isEqual ? "these TCP flags are set: " : "not all of these TCP flags are set: ")
          + flags(mask);
    }
    return "of the TCP flags "
        + flags(mask)
        + (isEqual ? "" : ", not")
        + " exactly these are set: "
        + flags(value);
  }

  private static boolean isFlags(Arithmetic number) {
    return number instanceof Accessor(ProtocolWord protocol, Arithmetic index, int size, int _)
        && protocol == ProtocolWord.TCP
        && size == 1
        && index instanceof Constant(int value, int _)
        && value == TCP_FLAGS;
  }

  private static String flags(int bits) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < FLAGS.length; bit++) {
      if ((bits & 1 << bit) != 0) {
        text.append(text.isEmpty() ? "" : ", ").append(FLAGS[bit]);
      }
    }
    return text.toString();
  }

  /// The value of a number that is the same for every packet, joined by `|`, `+` or nothing.
  private static @Nullable Integer constant(Arithmetic number) {
    return switch (number) {
      case Constant(int value, int _) -> value;
      case Operation(Operator operator, Arithmetic left, Arithmetic right, int _)
          when operator == Operator.OR || operator == Operator.ADD -> {
        Integer first = constant(left);
        Integer second = constant(right);
        yield first == null || second == null
            ? null
            : operator == Operator.OR ? first | second : first + second;
      }
      case Operation _, Accessor _, Length _, Negation _ -> null;
    };
  }

  private void append(StringBuilder text, Arithmetic number) {
    switch (number) {
      case Constant(int value, int _) -> text.append(Integer.toUnsignedString(value));
      case Length _ -> {
        implied.add(Implied.LENGTH);
        text.append("the packet's length");
      }
      case Accessor(ProtocolWord protocol, Arithmetic index, int size, int _) ->
          appendBytes(text, protocol, index, size);
      case Negation(Arithmetic operand, int _) -> {
        text.append("-(");
        append(text, operand);
        text.append(')');
      }
      case Operation(Operator operator, Arithmetic left, Arithmetic right, int _) -> {
        text.append('(');
        boolean areBits =
            operator == Operator.AND || operator == Operator.OR || operator == Operator.XOR;
        appendPart(text, left, areBits);
        text.append(sign(operator));
        appendPart(text, right, areBits);
        text.append(')');
      }
    }
  }

  private void appendPart(StringBuilder text, Arithmetic number, boolean areBits) {
    if (areBits && number instanceof Constant(int value, int _)) {
      text.append("0x").append(Integer.toHexString(value));
    } else {
      append(text, number);
    }
  }

  private void appendBytes(StringBuilder text, ProtocolWord protocol, Arithmetic index, int size) {
    implied.add(Implied.INDICES);
    switch (protocol) {
      case TCP, UDP, SCTP, ICMP, IGMP, IGRP, PIM, VRRP, CARP ->
          implied.add(Implied.TRANSPORT_INDICES);
      default -> {}
    }
    if (index instanceof Constant(int first, int _)) {
      text.append(size == 1 ? "byte " : "bytes ").append(Integer.toUnsignedString(first));
      if (size > 1) {
        text.append(" to ").append(Integer.toUnsignedString(first + size - 1));
      }
    } else {
      text.append(size == 1 ? "the byte at " : "the " + size + " bytes at ");
      append(text, index);
    }
    text.append(" of the ").append(MatchWording.name(protocol)).append(" header");
  }

  private static String relation(Relation relation) {
    return switch (relation) {
      case EQUAL -> " is ";
      case NOT_EQUAL -> " is not ";
      case LESS -> " is below ";
      case LESS_OR_EQUAL -> " is at most ";
      case GREATER -> " is above ";
      case GREATER_OR_EQUAL -> " is at least ";
    };
  }

  private static String sign(Operator operator) {
    return switch (operator) {
      case ADD -> " + ";
      case SUBTRACT -> " - ";
      case MULTIPLY -> " * ";
      case DIVIDE -> " / ";
      case MODULO -> " modulo ";
      case AND -> " and-ed with ";
      case OR -> " or-ed with ";
      case XOR -> " xor-ed with ";
      case SHIFT_LEFT -> " shifted left by ";
      case SHIFT_RIGHT -> " shifted right by ";
    };
  }
}
