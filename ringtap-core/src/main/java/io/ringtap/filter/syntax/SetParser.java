package io.ringtap.filter.syntax;

import io.ringtap.filter.syntax.Expression.And;
import io.ringtap.filter.syntax.Expression.Match;
import io.ringtap.filter.syntax.Expression.Or;
import io.ringtap.filter.syntax.Qualifiers.Direction;
import io.ringtap.filter.syntax.Qualifiers.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads sets, which libpcap does not have: `port in {80, 443, 8000-8010}` is short for `port 80 or
/// port 443 or portrange 8000-8010`. With `src and dst`, source and destination each are in the
/// set, and need not be the same element.
final class SetParser {
  private static final Pattern RANGE = Pattern.compile("[0-9]+-[0-9]+");

  /// An element and where it stands.
  private record Element(Operand operand, int position) {}

  private final Lexer lexer;
  private final OperandParser operands;

  SetParser(Lexer lexer, OperandParser operands) {
    this.lexer = lexer;
    this.operands = operands;
  }

  /// The set after the word `in`, at which the lexer stands.
  ///
  /// @param position where the text begins that the set belongs to
  Expression set(Qualifiers qualifiers, int position) {
    lexer.advance();
    int open = lexer.position();
    List<Element> elements = new ArrayList<>();
    lexer.setInSet(true);
    do {
      lexer.advance(); // over the brace, or a comma
      elements.add(element(qualifiers));
    } while (lexer.token() == Token.COMMA);
    if (lexer.token() == Token.END) {
      throw new ExpressionException(open, "this \"{\" is never closed");
    }
    if (lexer.token() != Token.RIGHT_BRACE) {
      throw new ExpressionException(
          lexer.position(),
          "expected \",\" or \"}\" in a set, as in \"port in {80, 443, 8000-8010}\", not "
              + Spelling.quote(lexer.word()));
    }
    lexer.setInSet(false);
    lexer.advance();
    if (qualifiers.direction() != Direction.SRC_AND_DST) {
      return any(elements, qualifiers, position);
    }
    return new And(
        any(elements, with(qualifiers, Direction.SRC), position),
        any(elements, with(qualifiers, Direction.DST), position),
        position);
  }

  private Element element(Qualifiers qualifiers) {
    int position = lexer.position();
    if (lexer.token() == Token.RIGHT_BRACE) {
      throw new ExpressionException(position, "an element of the set is missing before this \"}\"");
    }
    if (lexer.isBeforeSet()) {
      throw new ExpressionException(position, "a set has no other set in it");
    }
    boolean isPort = qualifiers.kind() == Kind.PORT;
    boolean isRange = isPort && !lexer.isEscaped() && RANGE.matcher(lexer.word()).matches();
    return new Element(
        operands.operand(isRange ? with(qualifiers, Kind.PORTRANGE) : qualifiers), position);
  }

  private static Expression any(List<Element> elements, Qualifiers qualifiers, int position) {
    Expression any = null;
    for (Element element : elements) {
      boolean isRange = element.operand() instanceof Operand.Range;
      Match match =
          new Match(
              isRange ? with(qualifiers, Kind.PORTRANGE) : qualifiers,
              element.operand(),
              position,
              element.position());
      any = any == null ? match : new Or(any, match, position);
    }
    if (any == null) {
      throw new IllegalStateException("a set has an element, or is refused");
    }
    return any;
  }

  private static Qualifiers with(Qualifiers qualifiers, Kind kind) {
    return new Qualifiers(qualifiers.protocol(), qualifiers.direction(), kind);
  }

  private static Qualifiers with(Qualifiers qualifiers, @Nullable Direction direction) {
    return new Qualifiers(qualifiers.protocol(), direction, qualifiers.kind());
  }
}
