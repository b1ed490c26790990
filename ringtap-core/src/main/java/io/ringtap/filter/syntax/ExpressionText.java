package io.ringtap.filter.syntax;

import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Writes trees as filters that say the same with nothing left out: every operand with its
/// qualifiers, and parentheses wherever another operation begins. Two trees have one text if they
/// differ in positions only.
public final class ExpressionText {
  private final boolean isGrouped;

  private ExpressionText(boolean isGrouped) {
    this.isGrouped = isGrouped;
  }

  /// A filter as one would write it.
  public static String of(Expression expression) {
    return new ExpressionText(false).text(expression);
  }

  /// The same with each conjunction in parentheses.
  public static String grouped(Expression expression) {
    return new ExpressionText(true).text(expression);
  }

  private String text(Expression expression) {
    return switch (expression) {
      case Expression.And(Expression left, Expression right, int _) ->
          joined(text(left, Expression.And.class) + " and " + text(right, Expression.Not.class));
      case Expression.Or(Expression left, Expression right, int _) ->
          joined(text(left, Expression.Or.class) + " or " + text(right, Expression.Not.class));
      case Expression.Not(Expression operand, int _) ->
          "not " + text(operand, Expression.Not.class);
      case Expression.Comparison(Arithmetic left, Relation relation, Arithmetic right, int _) ->
          of(left) + " " + sign(relation) + " " + of(right);
      case Expression.Match(Qualifiers qualifiers, Operand operand, int _, int _) ->
          of(qualifiers) + of(operand);
      case Expression.Protocol(ProtocolWord protocol, int _) -> protocol.word();
      case Expression.Broadcast(ProtocolWord protocol, int _) -> prefix(protocol) + "broadcast";
      case Expression.Multicast(ProtocolWord protocol, int _) -> prefix(protocol) + "multicast";
      case Expression.Less(long length, int _) -> "less " + length;
      case Expression.Greater(long length, int _) -> "greater " + length;
      case Expression.Inbound _ -> "inbound";
      case Expression.Outbound _ -> "outbound";
      case Expression.InterfaceIndex(long index, int _) -> "ifindex " + index;
      case Expression.Vlan vlan -> "vlan" + suffix(vlan.identifier());
      case Expression.Mpls mpls -> "mpls" + suffix(mpls.label());
      case Expression.PppoeDiscovery _ -> "pppoed";
      case Expression.PppoeSession session -> "pppoes" + suffix(session.identifier());
      case Expression.Geneve geneve -> "geneve" + suffix(geneve.vni());
      case Expression.Vxlan vxlan -> "vxlan" + suffix(vxlan.vni());
      case Expression.Llc(LlcType type, int _) ->
          type == null ? "llc" : "llc " + type.name().toLowerCase(Locale.ROOT);
      case Expression.WlanType(int bits, int mask, int _) ->
          mask == 0x0C ? "type " + bits : "type " + (bits & 0x0C) + " subtype " + (bits & 0xF0);
      case Expression.WlanDirection(int bits, int _) -> "dir " + bits;
    };
  }

  /// A part of a filter.
  ///
  /// @param bare the conjunction that needs no parentheses there
  private String text(Expression part, Class<? extends Expression> bare) {
    boolean isJoined = part instanceof Expression.And || part instanceof Expression.Or;
    boolean isBare = isGrouped || !isJoined || bare.isInstance(part);
    return isBare ? text(part) : "(" + text(part) + ")";
  }

  private String joined(String text) {
    return isGrouped ? "(" + text + ")" : text;
  }

  private static String of(Arithmetic number) {
    return switch (number) {
      case Arithmetic.Constant(int value, int _) -> Integer.toUnsignedString(value);
      case Arithmetic.Length _ -> "len";
      case Arithmetic.Accessor(ProtocolWord protocol, Arithmetic index, int size, int _) ->
          protocol.word() + "[" + of(index) + (size == 1 ? "]" : ":" + size + "]");
      case Arithmetic.Negation(Arithmetic operand, int _) -> "(- " + of(operand) + ")";
      case Arithmetic.Operation(
              Arithmetic.Operator operator,
              Arithmetic left,
              Arithmetic right,
              int _) ->
          "(" + of(left) + " " + sign(operator) + " " + operand(operator, right) + ")";
    };
  }

  /// The right operand, in hexadecimal where bits matter.
  private static String operand(Arithmetic.Operator operator, Arithmetic right) {
    boolean areBits =
        switch (operator) {
          case AND, OR, XOR -> true;
          default -> false;
        };
    return areBits && right instanceof Arithmetic.Constant(int value, int _)
        ? "0x" + Integer.toHexString(value)
        : of(right);
  }

  private static String of(Qualifiers qualifiers) {
    StringBuilder text = new StringBuilder(prefix(qualifiers.protocol()));
    if (qualifiers.direction() != null) {
      text.append(qualifiers.direction().name().toLowerCase(Locale.ROOT).replace('_', ' '));
      text.append(' ');
    }
    if (qualifiers.kind() != null) {
      text.append(qualifiers.kind().name().toLowerCase(Locale.ROOT)).append(' ');
    }
    return text.toString();
  }

  private static String of(Operand operand) {
    return switch (operand) {
      case Operand.Name(String text) -> isPlain(text) ? text : "\\" + text;
      case Operand.Number(long value) -> Long.toString(value);
      case Operand.Dotted(int bits, int octets) -> dotted(bits, octets);
      case Operand.DottedPrefix(int bits, int octets, int length) ->
          dotted(bits, octets) + "/" + length;
      case Operand.DottedMask(int bits, int octets, int mask, int maskOctets) ->
          dotted(bits, octets) + " mask " + dotted(mask, maskOctets);
      case Operand.Ipv6(long high, long low, int length, boolean hasPrefix) ->
          groups(high) + ":" + groups(low) + (hasPrefix ? "/" + length : "");
      case Operand.Ethernet(long address) ->
          String.format("%012x", address).replaceAll("(..)(?=.)", "$1:");
      case Operand.Range(String first, String last) -> first + "-" + last;
      case Operand.InFile(String name) -> "in \"" + name + "\"";
    };
  }

  /// Whether a name needs no `\` before it.
  private static boolean isPlain(String name) {
    if (!name.matches("[A-Za-z0-9]([-_.A-Za-z0-9]*[.A-Za-z0-9])?")) {
      return false;
    }
    Lexer lexer = new Lexer(name);
    return lexer.token() == Token.NAME && Vocabulary.foreignUse(name) == null;
  }

  private static String dotted(int bits, int octets) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < octets; i++) {
      text.append(i == 0 ? "" : ".").append(bits >>> (24 - 8 * i) & 0xFF);
    }
    return text.toString();
  }

  private static String groups(long bits) {
    return String.format("%016x", bits).replaceAll("(....)(?=.)", "$1:");
  }

  private static String prefix(@Nullable ProtocolWord protocol) {
    return protocol == null ? "" : protocol.word() + " ";
  }

  private static String suffix(OptionalLong number) {
    return number.isPresent() ? " " + number.getAsLong() : "";
  }

  private static String sign(Relation relation) {
    return switch (relation) {
      case EQUAL -> "=";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
    };
  }

  private static String sign(Arithmetic.Operator operator) {
    return switch (operator) {
      case ADD -> "+";
      case SUBTRACT -> "-";
      case MULTIPLY -> "*";
      case DIVIDE -> "/";
      case MODULO -> "%";
      case AND -> "&";
      case OR -> "|";
      case XOR -> "^";
      case SHIFT_LEFT -> "<<";
      case SHIFT_RIGHT -> ">>";
    };
  }
}
