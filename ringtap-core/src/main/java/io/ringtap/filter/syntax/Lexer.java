package io.ringtap.filter.syntax;

import io.ringtap.packet.IpAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Splits a filter's text into tokens. It stands on one token at a time; at first on the first.
///
/// As in tcpdump, the longest reading of a text wins: `1-10` and `len-1` are names. Of two readings
/// that are equally long, an Ethernet address goes before a number, a number before a name.
final class Lexer {
  private static final long MAX_NUMBER = 0xFFFF_FFFFL;
  private static final int MAC_BYTES = 6;
  private static final String AFTER_ESCAPED = "!()&|";

  private final String text;

  /// The characters that end a name after `\`, besides blanks.
  private String afterEscaped = AFTER_ESCAPED;

  private int end;

  private Token token = Token.END;
  private int start;
  private long value;
  private int parts;
  private boolean escaped;
  private @Nullable ProtocolWord protocol;
  private @Nullable IpAddress ipv6;

  Lexer(String text) {
    this.text = text;
    advance();
  }

  Token token() {
    return token;
  }

  /// The character at which the token begins, from 0; the text's length at its end.
  int position() {
    return start;
  }

  /// The token as it was written, but a name without its `\`.
  String word() {
    return text.substring(escaped ? start + 1 : start, end);
  }

  /// A `NUMBER`, the 48 bits of an `ETHERNET`, or the 32 bits of a `DOTTED`.
  long value() {
    return value;
  }

  /// Of a `DOTTED`: how many numbers it has.
  int parts() {
    return parts;
  }

  /// Of an `IPV6`: which.
  IpAddress ipv6() {
    if (ipv6 == null) {
      throw new IllegalStateException(token + " is no address");
    }
    return ipv6;
  }

  /// Whether a `NAME` was written with `\`.
  boolean isEscaped() {
    return escaped;
  }

  /// Of a `PROTOCOL`: which.
  ProtocolWord protocol() {
    if (protocol == null) {
      throw new IllegalStateException(token + " is no protocol");
    }
    return protocol;
  }

  /// Whether the token is the word `in` before a set.
  boolean isBeforeSet() {
    return isIn() && isAt(end + leadingBlanks(), '{');
  }

  /// Whether the token is the word `in` before the name of a file, and not a name, after which only
  /// `and`, `or` or the end of the filter can come.
  boolean isBeforeFile() {
    if (!isIn()) {
      return false;
    }
    String next = nextText();
    return !next.isEmpty()
        && !next.startsWith("{")
        && !next.startsWith("&&")
        && !next.startsWith("||")
        && !next.equals("and")
        && !next.equals("or");
  }

  private boolean isIn() {
    return token == Token.NAME && !escaped && word().equals("in");
  }

  /// The name of the file after the word `in`, at which the lexer stands; goes on after it. A name
  /// with blanks or parentheses stands in quotes.
  String file() {
    String name = nextText();
    start = end + leadingBlanks();
    end = start + name.length();
    String bare = name.startsWith("\"") ? name.substring(1) : name;
    if (bare.length() < name.length()) {
      if (!bare.endsWith("\"")) {
        throw new ExpressionException(start, "this quote is never closed");
      }
      bare = bare.substring(0, bare.length() - 1);
    }
    advance();
    return bare;
  }

  /// What comes after the token, up to the next blank or parenthesis; or in quotes, with them.
  private String nextText() {
    int from = end + leadingBlanks();
    int i = from;
    if (isAt(i, '"')) {
      int close = text.indexOf('"', i + 1);
      return text.substring(from, close < 0 ? text.length() : close + 1);
    }
    while (i < text.length() && !isBlank(text.charAt(i)) && "()".indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return text.substring(from, i);
  }

  private int leadingBlanks() {
    int i = end;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i - end;
  }

  /// Says whether what comes next is in a set, where a comma or a brace ends a name.
  void setInSet(boolean isInSet) {
    afterEscaped = isInSet ? AFTER_ESCAPED + ",}" : AFTER_ESCAPED;
  }

  /// Goes on to the next token.
  void advance() {
    int i = end;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    start = i;
    end = i;
    escaped = false;
    if (i == text.length()) {
      token = Token.END;
      return;
    }
    char c = text.charAt(i);
    if (isLetterOrDigit(c)) {
      readWord();
    } else if (c == '\\') {
      readEscaped();
    } else if (c == ':' && isAt(i + 1, ':')) {
      readAddress();
    } else {
      readOperator(c);
    }
  }

  private void readWord() {
    int wordEnd = endOfWord();
    int digits = countHexDigits(start);
    if (digits <= 4 && isAt(start + digits, ':')) {
      int second = start + digits + 1;
      if (isAt(second + countHexDigits(second), ':')) {
        readAddress();
        return;
      }
    }
    int addressEnd = endOfEthernetAddress();
    if (addressEnd >= wordEnd) {
      end = addressEnd;
      setEthernet();
      return;
    }
    end = wordEnd;
    if (isBareEthernet()) {
      setEthernet();
      return;
    }
    char first = text.charAt(start);
    if (first < '0' || first > '9' || !readNumeric()) {
      setWord();
    }
  }

  /// A word ends before what it must not end with.
  private int endOfWord() {
    int i = start + 1;
    while (i < text.length() && isNamePart(text.charAt(i))) {
      i++;
    }
    while (text.charAt(i - 1) == '-' || text.charAt(i - 1) == '_') {
      i--;
    }
    return i;
  }

  private void setWord() {
    String word = text.substring(start, end);
    Vocabulary.Word known = Vocabulary.find(word);
    if (known == null) {
      token = Token.NAME;
      return;
    }
    token = known.token();
    protocol = known.protocol();
    value = known.value();
  }

  private void readEscaped() {
    int i = start + 1;
    while (i < text.length()
        && !isBlank(text.charAt(i))
        && afterEscaped.indexOf(text.charAt(i)) < 0) {
      i++;
    }
    if (i == start + 1) {
      throw new ExpressionException(start, "\"\\\" stands before a name, as in \"ip proto \\tcp\"");
    }
    end = i;
    token = Token.NAME;
    escaped = true;
  }

  /// Of what has two colons: six bytes, or an IPv6 address.
  private void readAddress() {
    int addressEnd = endOfEthernetAddress();
    if (addressEnd > 0 && endsHere(addressEnd)) {
      end = addressEnd;
      setEthernet();
      return;
    }
    int i = start;
    while (i < text.length() && !endsHere(i)) {
      i++;
    }
    end = i;
    token = Token.IPV6;
    try {
      ipv6 = IpAddress.parse(text.substring(start, end));
    } catch (IllegalArgumentException _) {
      throw new ExpressionException(
          start,
          Spelling.quote(word())
              + " is neither an Ethernet address (six bytes) nor an IPv6 address");
    }
  }

  /// Where six bytes end, each of one or two digits, with `:`, `-` or `.` between them; -1 if there
  /// are none.
  private int endOfEthernetAddress() {
    int i = start;
    for (int part = 0; part < MAC_BYTES; part++) {
      if (part > 0) {
        if (i == text.length() || ":-.".indexOf(text.charAt(i)) < 0) {
          return -1;
        }
        i++;
      }
      if (!isHexDigit(i)) {
        return -1;
      }
      i += isHexDigit(i + 1) ? 2 : 1;
    }
    return i;
  }

  /// `xxxxxxxxxxxx` or `xxxx.xxxx.xxxx`.
  private boolean isBareEthernet() {
    int length = end - start;
    if (length != 12 && length != 14) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      boolean isDot = length == 14 && (i == 4 || i == 9);
      if (isDot ? !isAt(start + i, '.') : !isHexDigit(start + i)) {
        return false;
      }
    }
    return true;
  }

  private void setEthernet() {
    token = Token.ETHERNET;
    value = 0;
    boolean isBare = isBareEthernet();
    int part = 0;
    for (int i = start; i < end; i++) {
      if (!isHexDigit(i)) {
        // The end of a byte that may have only one digit.
        value = isBare ? value : value << 8 | part;
        part = 0;
      } else if (isBare) {
        value = value << 4 | Character.digit(text.charAt(i), 16);
      } else {
        part = part << 4 | Character.digit(text.charAt(i), 16);
      }
    }
    value = isBare ? value : value << 8 | part;
  }

  /// A number, or two to four with dots between them.
  ///
  /// @return whether it is one
  private boolean readNumeric() {
    if (end - start > 2 && (text.charAt(start + 1) | 0x20) == 'x') {
      for (int i = start + 2; i < end; i++) {
        if (!isHexDigit(i)) {
          return false;
        }
      }
      return text.charAt(start) == '0' && setNumber(start + 2, 16);
    }
    int dots = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
        if (!isDigit(i + 1)) {
          return false;
        }
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    if (dots == 0) {
      boolean isOctal = text.charAt(start) == '0' && end - start > 1;
      return setNumber(start, isOctal ? 8 : 10);
    }
    return dots < 4 && setDotted(dots + 1);
  }

  private boolean setNumber(int from, int radix) {
    token = Token.NUMBER;
    value = 0;
    for (int i = from; i < end; i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0) {
        throw new ExpressionException(
            start, Spelling.quote(word()) + " begins with 0 and so is octal, without 8 and 9");
      }
      value = value * radix + digit;
      if (value > MAX_NUMBER) {
        throw new ExpressionException(start, Spelling.quote(word()) + " is more than 32 bits hold");
      }
    }
    return true;
  }

  private boolean setDotted(int numbers) {
    token = Token.DOTTED;
    parts = numbers;
    long bits = 0;
    long part = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        bits = bits << 8 | part;
        part = 0;
      } else {
        part = part * 10 + (c - '0');
        if (part > 255) {
          value = -1;
          return true;
        }
      }
    }
    value = (bits << 8 | part) << (8 * (4 - numbers));
    return true;
  }

  private void readOperator(char c) {
    char next = start + 1 < text.length() ? text.charAt(start + 1) : 0;
    token =
        switch (c) {
          case '(' -> Token.LEFT_PARENTHESIS;
          case ')' -> Token.RIGHT_PARENTHESIS;
          case '[' -> Token.LEFT_BRACKET;
          case ']' -> Token.RIGHT_BRACKET;
          case '{' -> Token.LEFT_BRACE;
          case '}' -> Token.RIGHT_BRACE;
          case ',' -> Token.COMMA;
          case ':' -> Token.COLON;
          case '+' -> Token.PLUS;
          case '-' -> Token.MINUS;
          case '*' -> Token.STAR;
          case '/' -> Token.SLASH;
          case '%' -> Token.PERCENT;
          case '^' -> Token.CARET;
          case '=' -> Token.EQUAL;
          case '&' -> next == '&' ? Token.AND : Token.AMPERSAND;
          case '|' -> next == '|' ? Token.OR : Token.BAR;
          case '!' -> next == '=' ? Token.NOT_EQUAL : Token.NOT;
          case '<' -> next == '<' ? Token.SHIFT_LEFT : next == '=' ? Token.AT_MOST : Token.BELOW;
          case '>' -> next == '>' ? Token.SHIFT_RIGHT : next == '=' ? Token.AT_LEAST : Token.ABOVE;
          default -> throw unknownCharacter();
        };
    boolean isPair =
        switch (token) {
          case AND, OR, NOT_EQUAL, SHIFT_LEFT, AT_MOST, SHIFT_RIGHT, AT_LEAST -> true;
          case EQUAL -> next == '=';
          default -> false;
        };
    end = start + (isPair ? 2 : 1);
  }

  private ExpressionException unknownCharacter() {
    int c = text.codePointAt(start);
    String shown =
        c > ' ' && c < 0x7F ? "\"" + (char) c + "\"" : String.format(Locale.ROOT, "U+%04X", c);
    String advice =
        switch (c) {
          case ';' -> "; alternatives are joined by \"or\"";
          case '#' -> "; it knows no comments";
          case '"', '\'' -> "; names stand without quotes";
          case '.', '_' -> " here: a name begins with a letter or a digit";
          default -> "";
        };
    return new ExpressionException(start, "the filter language has no " + shown + advice);
  }

  private int countHexDigits(int from) {
    int i = from;
    while (i < from + 5 && isHexDigit(i)) {
      i++;
    }
    return i - from;
  }

  private boolean endsHere(int i) {
    return i == text.length() || (!isNamePart(text.charAt(i)) && text.charAt(i) != ':');
  }

  private boolean isAt(int i, char c) {
    return i < text.length() && text.charAt(i) == c;
  }

  private boolean isDigit(int i) {
    return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }

  private boolean isHexDigit(int i) {
    if (i >= text.length()) {
      return false;
    }
    char c = text.charAt(i);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isNamePart(char c) {
    return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }
}
