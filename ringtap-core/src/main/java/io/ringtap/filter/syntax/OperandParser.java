package io.ringtap.filter.syntax;

import io.ringtap.filter.syntax.Qualifiers.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads names, addresses and numbers that stand after qualifiers and words.
final class OperandParser {
  private static final int DECNET_NODE_BITS = 10;
  private static final int MOST_LISTED = 4;

  private final Lexer lexer;

  OperandParser(Lexer lexer) {
    this.lexer = lexer;
  }

  /// The token as an operand of `qualifiers`, with what belongs to it.
  Operand operand(Qualifiers qualifiers) {
    int position = lexer.position();
    Operand operand =
        switch (lexer.token()) {
          case NAME -> name(qualifiers);
          case NUMBER -> number(qualifiers, lexer.value());
          case DOTTED -> dotted(qualifiers);
          case IPV6 -> ipv6();
          case ETHERNET -> ethernet();
          default -> throw noOperand(qualifiers);
        };
    if (lexer.token() == Token.SLASH || lexer.token() == Token.MASK) {
      throw new ExpressionException(
          lexer.position(),
          qualifiers.kind() == Kind.NET
              ? "only a network's number has a prefix length or a mask"
              : "only a network has a prefix length or a mask, as in \"net 10.0.0.0/8\"");
    }
    if (lexer.token() == Token.MINUS && qualifiers.kind() == Kind.PORTRANGE) {
      lexer.advance();
      throw new ExpressionException(
          position,
          switch (lexer.token()) {
            case NUMBER, NAME -> "a range has no blanks, as in \"portrange 20-30\"";
            default -> "this is half a range: its end is missing, as in \"portrange 20-30\"";
          });
    }
    return operand;
  }

  /// The set in a file, whose name follows the word `in`, at which the lexer stands.
  Operand file(Qualifiers qualifiers) {
    int position = lexer.position();
    Kind kind = qualifiers.kind();
    boolean isEther = qualifiers.protocol() == ProtocolWord.ETHER;
    boolean isDecnet = qualifiers.protocol() == ProtocolWord.DECNET;
    if ((kind != null && kind != Kind.HOST && kind != Kind.NET) || isEther || isDecnet) {
      throw new ExpressionException(
          position,
          "a file has IP addresses, as in \"host in hosts.txt\"; others stand in braces, as in"
              + " \"port in {80, 443}\"");
    }
    return new Operand.InFile(lexer.file());
  }

  private Operand name(Qualifiers qualifiers) {
    int position = lexer.position();
    boolean isEscaped = lexer.isEscaped();
    String text = lexer.word();
    lexer.advance();
    if (qualifiers.kind() != Kind.PORTRANGE || isEscaped || text.indexOf('-') < 0) {
      return new Operand.Name(text);
    }
    int dash = text.indexOf('-');
    int lastDash = text.lastIndexOf('-');
    if (dash != lastDash) {
      // Service names have dashes too. A number at either end shows which dash is the range's.
      if (isNumber(text.substring(lastDash + 1))) {
        dash = lastDash;
      } else if (!isNumber(text.substring(0, dash))) {
        throw new ExpressionException(
            position,
            Spelling.quote(text) + " can be read as several ranges; write its ports as numbers");
      }
    }
    return new Operand.Range(text.substring(0, dash), text.substring(dash + 1));
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private Operand number(Qualifiers qualifiers, long value) {
    int position = lexer.position();
    lexer.advance();
    if (qualifiers.kind() == Kind.NET
        && (lexer.token() == Token.SLASH || lexer.token() == Token.MASK)) {
      return network(firstPart(value, position), 1);
    }
    return number(qualifiers, value, position);
  }

  /// A number that stands for itself.
  ///
  /// @param position of it in the text
  Operand number(Qualifiers qualifiers, long value, int position) {
    if (qualifiers.protocol() == ProtocolWord.DECNET) {
      throw noDecnetAddress(position);
    }
    return new Operand.Number(value);
  }

  private Operand dotted(Qualifiers qualifiers) {
    if (qualifiers.protocol() == ProtocolWord.DECNET) {
      return decnet();
    }
    int parts = lexer.parts();
    int bits = bits();
    if (qualifiers.kind() == Kind.NET
        && (lexer.token() == Token.SLASH || lexer.token() == Token.MASK)) {
      return network(bits, parts);
    }
    return new Operand.Dotted(bits, parts);
  }

  private int bits() {
    if (lexer.value() < 0) {
      throw new ExpressionException(
          lexer.position(),
          Spelling.quote(lexer.word()) + " is no IPv4 address: each number is at most 255");
    }
    int bits = (int) lexer.value();
    lexer.advance();
    return bits;
  }

  private Operand network(int bits, int parts) {
    boolean hasMask = lexer.token() == Token.MASK;
    lexer.advance();
    if (!hasMask) {
      return new Operand.DottedPrefix(bits, parts, prefixLength(32));
    }
    if (lexer.token() != Token.DOTTED) {
      throw new ExpressionException(
          lexer.position(), "expected a mask such as \"255.255.255.0\" after \"mask\"");
    }
    int maskParts = lexer.parts();
    return new Operand.DottedMask(bits, parts, bits(), maskParts);
  }

  private int prefixLength(int longest) {
    if (lexer.token() != Token.NUMBER || lexer.value() > longest) {
      throw new ExpressionException(
          lexer.position(), "a prefix length is a number from 0 to " + longest);
    }
    int length = (int) lexer.value();
    lexer.advance();
    return length;
  }

  private Operand decnet() {
    String text = lexer.word();
    int dot = text.indexOf('.');
    if (lexer.parts() == 2 && text.length() <= 12) {
      long area = Long.parseLong(text, 0, dot, 10);
      long node = Long.parseLong(text, dot + 1, text.length(), 10);
      if (area < 64 && node < 1 << DECNET_NODE_BITS) {
        lexer.advance();
        return new Operand.Number(area << DECNET_NODE_BITS | node);
      }
    }
    throw noDecnetAddress(lexer.position());
  }

  private static ExpressionException noDecnetAddress(int position) {
    return new ExpressionException(
        position, "a DECnet address is an area up to 63 and a node up to 1023: \"10.123\"");
  }

  private Operand ipv6() {
    long high = lexer.ipv6().high();
    long low = lexer.ipv6().low();
    lexer.advance();
    if (lexer.token() != Token.SLASH) {
      return new Operand.Ipv6(high, low, 128, false);
    }
    lexer.advance();
    return new Operand.Ipv6(high, low, prefixLength(128), true);
  }

  private Operand ethernet() {
    long address = lexer.value();
    lexer.advance();
    return new Operand.Ethernet(address);
  }

  /// `10/8`, read as a quotient where only what follows showed that it is not; null if `number` is
  /// not of that form or `qualifiers` ask for no network.
  Operand.@Nullable DottedPrefix asNetwork(@Nullable Qualifiers qualifiers, Arithmetic number) {
    if (qualifiers == null
        || qualifiers.kind() != Kind.NET
        || !(number
            instanceof
            Arithmetic.Operation(
                Arithmetic.Operator operator,
                Arithmetic.Constant(int network, int position),
                Arithmetic.Constant(int length, int lengthPosition),
                int _))
        || operator != Arithmetic.Operator.DIVIDE) {
      return null;
    }
    if (length < 0 || length > 32) {
      throw new ExpressionException(lengthPosition, "a prefix length is a number from 0 to 32");
    }
    int bits = firstPart(Integer.toUnsignedLong(network), position);
    return new Operand.DottedPrefix(bits, 1, length);
  }

  private static int firstPart(long value, int position) {
    if (value > 255) {
      throw new ExpressionException(position, "a network's first number is at most 255");
    }
    return (int) value << 24;
  }

  /// The number that `word` must have after it.
  long numberAfter(String word) {
    if (lexer.token() != Token.NUMBER) {
      throw new ExpressionException(
          lexer.position(), "\"" + word + "\" is followed by a number" + insteadOf());
    }
    long value = lexer.value();
    lexer.advance();
    return value;
  }

  /// The number that `word` may have after it, in parentheses or without.
  ///
  /// @param bits how wide it is on the wire
  OptionalLong identifier(String word, int bits) {
    int open = 0;
    int position = lexer.position();
    while (lexer.token() == Token.LEFT_PARENTHESIS) {
      open++;
      lexer.advance();
    }
    if (open == 0 && lexer.token() != Token.NUMBER) {
      return OptionalLong.empty();
    }
    int numberPosition = lexer.position();
    long value = numberAfter(word);
    if (value >>> bits != 0) {
      throw new ExpressionException(
          numberPosition, "\"%s\" takes at most %d".formatted(word, (1L << bits) - 1));
    }
    for (; open > 0; open--) {
      if (lexer.token() != Token.RIGHT_PARENTHESIS) {
        throw new ExpressionException(
            position, "\"" + word + "\" is followed by a single number in parentheses");
      }
      lexer.advance();
    }
    return OptionalLong.of(value);
  }

  /// The kind of PDU that `llc` may have after it.
  @Nullable LlcType llcType() {
    if (lexer.token() != Token.NAME) {
      return null;
    }
    String text = lexer.word();
    for (LlcType type : LlcType.values()) {
      if (type.name().equalsIgnoreCase(text)) {
        lexer.advance();
        return type;
      }
    }
    String kinds =
        Stream.of(LlcType.values())
            .map(type -> type.name().toLowerCase(Locale.ROOT))
            .reduce((all, kind) -> all + ", " + kind)
            .orElseThrow();
    throw new ExpressionException(
        lexer.position(), "\"llc\" knows no " + Spelling.quote(text) + ", only " + kinds);
  }

  /// `type TYPE`, also with `subtype SUBTYPE` after it, from the type on.
  ///
  /// @param position where the primitive begins
  Expression.WlanType wlanType(int position) {
    int type = bits("type", WlanTypes.TYPE_MASK, WlanTypes.type(lexer.word()), WlanTypes.types());
    if (lexer.token() != Token.SUBTYPE) {
      return new Expression.WlanType(type, WlanTypes.TYPE_MASK, position);
    }
    lexer.advance();
    int subtypePosition = lexer.position();
    String word = lexer.word();
    Integer named = WlanTypes.subtype(word);
    int subtype = bits("subtype", WlanTypes.SUBTYPE_MASK, named, WlanTypes.subtypes());
    if (named != null && (named & WlanTypes.TYPE_MASK) != type) {
      throw new ExpressionException(
          subtypePosition, Spelling.quote(word) + " is a subtype of another type");
    }
    return new Expression.WlanType(
        subtype | type, WlanTypes.SUBTYPE_MASK | WlanTypes.TYPE_MASK, position);
  }

  /// `subtype SUBTYPE`, from the subtype on, which also says the type.
  Expression.WlanType wlanSubtype(int position) {
    int bits = bits("subtype", 0, WlanTypes.subtype(lexer.word()), WlanTypes.subtypes());
    return new Expression.WlanType(bits, WlanTypes.SUBTYPE_MASK | WlanTypes.TYPE_MASK, position);
  }

  /// `dir DIRECTION`, from the direction on.
  Expression.WlanDirection wlanDirection(int position) {
    List<String> words = List.of("nods", "tods", "fromds", "dstods");
    int index = words.indexOf(lexer.word());
    return new Expression.WlanDirection(bits("dir", 3, index < 0 ? null : index, words), position);
  }

  /// The bits that the token names, or is; goes past it.
  ///
  /// @param mask of the bits that a number may have; 0 if it is to be a name
  /// @param named the bits of its name; null if it is not one
  private int bits(String keyword, int mask, @Nullable Integer named, Collection<String> names) {
    int position = lexer.position();
    boolean isNumber = lexer.token() == Token.NUMBER && mask != 0;
    long bits = named != null ? named : isNumber ? lexer.value() : -1;
    if (bits < 0 || (named == null && (bits & ~mask) != 0)) {
      throw new ExpressionException(position, noBits(keyword, names));
    }
    lexer.advance();
    return (int) bits;
  }

  private String noBits(String keyword, Collection<String> names) {
    if (names.size() <= MOST_LISTED || lexer.token() == Token.END) {
      String some = names.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
      return "\"%s\" takes one of %s%s%s"
          .formatted(keyword, some, names.size() > MOST_LISTED ? ", ..." : "", insteadOf());
    }
    String nearest = Spelling.nearest(lexer.word(), names);
    return "\"%s\" names no %s%s"
        .formatted(
            keyword,
            Spelling.quote(lexer.word()),
            nearest == null ? "" : "; did you mean \"" + nearest + "\"?");
  }

  /// Refuses a name that tcpdump would take for a word of another link type.
  void refuseForeign() {
    if (lexer.token() != Token.NAME || lexer.isEscaped()) {
      return;
    }
    String use = Vocabulary.foreignUse(lexer.word());
    if (use != null) {
      throw new ExpressionException(lexer.position(), Spelling.quote(lexer.word()) + " " + use);
    }
  }

  /// Says of the token that it stands without qualifiers and has none to inherit.
  ExpressionException noQualifiers() {
    refuseForeign();
    int position = lexer.position();
    String word = lexer.word();
    String quoted = Spelling.quote(word);
    if (lexer.token() == Token.NAME) {
      String hint = lexer.isEscaped() ? "" : Spelling.hint(word);
      return new ExpressionException(
          position,
          hint.isEmpty()
              ? "%s by itself may be anything: a host is \"host NAME\", a network \"net NAME\", a port \"port NAME\""
                  .formatted(quoted)
              : quoted + " is neither a keyword nor has one before it" + hint);
    }
    String right = lexer.token() == Token.ETHERNET ? "ether host " : "host ";
    return new ExpressionException(
        position,
        "%s needs a word before it that says what it is, as in \"%s%s\""
            .formatted(quoted, right, shortened(word)));
  }

  /// Says of the token that something is missing between it and the protocol's word before it.
  ExpressionException noKind(String protocol) {
    refuseForeign();
    String word = lexer.word();
    String hint = lexer.token() == Token.NAME ? Spelling.hint(word) : "";
    if (!hint.isEmpty()) {
      return new ExpressionException(
          lexer.position(),
          "%s is no keyword that goes on after \"%s\"%s"
              .formatted(Spelling.quote(word), protocol, hint));
    }
    String kind =
        switch (lexer.token()) {
          case NUMBER -> "port";
          default -> "host";
        };
    return new ExpressionException(
        lexer.position(),
        "a word such as \"host\", \"net\" or \"port\" is missing, as in \"%s %s %s\""
            .formatted(protocol, kind, shortened(word)));
  }

  private ExpressionException noOperand(Qualifiers qualifiers) {
    Kind kind = qualifiers.kind();
    if (kind == Kind.PORTRANGE && lexer.token() == Token.MINUS) {
      return new ExpressionException(
          lexer.position(),
          "this is half a range: its beginning is missing, as in \"portrange 20-30\"");
    }
    String expected =
        switch (kind) {
          case null -> "an address or a word such as \"host\" or \"port\"";
          case HOST -> "a host: a name or an address";
          case NET -> "a network: a name, or a number such as 10.0.0.0/8";
          case PORT -> "a port: a number or a service's name";
          case PORTRANGE -> "a range of ports such as 20-30";
          case GATEWAY -> "the name of a host";
          case PROTO, PROTOCHAIN -> "a protocol: a number, or a name such as \"\\tcp\"";
        };
    String advice = "";
    if (lexer.token().isKeyword() && lexer.token() != Token.AND && lexer.token() != Token.OR) {
      advice = "; as a name it is written \"\\" + lexer.word() + "\"";
    }
    return new ExpressionException(lexer.position(), "expected " + expected + insteadOf() + advice);
  }

  private String insteadOf() {
    return lexer.token() == Token.END ? " before the end" : ", not " + Spelling.quote(lexer.word());
  }

  private static String shortened(String word) {
    String quoted = Spelling.quote(word);
    return quoted.substring(1, quoted.length() - 1);
  }
}
