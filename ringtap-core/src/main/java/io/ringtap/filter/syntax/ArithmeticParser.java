package io.ringtap.filter.syntax;

import io.ringtap.filter.syntax.Arithmetic.Accessor;
import io.ringtap.filter.syntax.Arithmetic.Constant;
import io.ringtap.filter.syntax.Arithmetic.Length;
import io.ringtap.filter.syntax.Arithmetic.Negation;
import io.ringtap.filter.syntax.Arithmetic.Operation;
import io.ringtap.filter.syntax.Arithmetic.Operator;
import io.ringtap.filter.syntax.Expression.Comparison;
import org.jspecify.annotations.Nullable;

/// Reads numbers and their relations. From the loosest: `|`, `&`, `<<` and `>>`, `+` and `-`, `*`
/// and `/`, all grouping to the left, then the sign. `%` and `^` have no rank in libpcap's grammar,
/// and filters are to mean the same here: each takes only the operand before it and everything
/// after it, so `2 * 7 % 3 + 1` is `2 * (7 % (3 + 1))`.
final class ArithmeticParser {
  private static final int ANY = 1;
  private static final int SIGN = 6;
  private static final int UNRANKED = 7;

  private final Lexer lexer;
  private final Nesting nesting;

  ArithmeticParser(Lexer lexer, Nesting nesting) {
    this.lexer = lexer;
    this.nesting = nesting;
  }

  Arithmetic number() {
    return continued(operand());
  }

  /// The number that begins with `left`.
  Arithmetic continued(Arithmetic left) {
    return continued(left, ANY);
  }

  private Arithmetic continued(Arithmetic first, int loosest) {
    Arithmetic left = first;
    int levels = 0;
    while (true) {
      Operator operator = operator();
      if (operator == null) {
        break;
      }
      int rank = rank(operator);
      if (rank < loosest) {
        break;
      }
      nesting.enter(lexer.position());
      levels++;
      lexer.advance();
      Arithmetic right = continued(operand(), rank == UNRANKED ? ANY : rank + 1);
      left = new Operation(operator, left, right, first.position());
    }
    nesting.leave(levels);
    return left;
  }

  /// One number, as far as no operator joins it with another.
  Arithmetic operand() {
    int position = lexer.position();
    return switch (lexer.token()) {
      case NUMBER -> {
        int value = (int) lexer.value();
        lexer.advance();
        yield new Constant(value, position);
      }
      case LENGTH -> {
        lexer.advance();
        yield new Length(position);
      }
      case MINUS -> {
        nesting.enter(position);
        lexer.advance();
        Arithmetic negated = continued(operand(), SIGN);
        nesting.leave();
        yield new Negation(negated, position);
      }
      case LEFT_PARENTHESIS -> {
        nesting.enter(position);
        lexer.advance();
        Arithmetic inner = number();
        if (lexer.token() != Token.RIGHT_PARENTHESIS) {
          throw lexer.token() == Token.END
              ? new ExpressionException(position, "this \"(\" is never closed")
              : noOperator();
        }
        lexer.advance();
        nesting.leave();
        yield inner;
      }
      case PROTOCOL -> {
        ProtocolWord protocol = lexer.protocol();
        String word = lexer.word();
        lexer.advance();
        if (lexer.token() != Token.LEFT_BRACKET) {
          throw new ExpressionException(
              position, "\"%s\" gives numbers by an index, as in \"%s[0]\"".formatted(word, word));
        }
        yield accessor(protocol, position);
      }
      default -> throw noNumber();
    };
  }

  /// Bytes of `protocol`, from the bracket on.
  Arithmetic accessor(ProtocolWord protocol, int position) {
    int open = lexer.position();
    nesting.enter(open);
    lexer.advance();
    Arithmetic index = number();
    int size = 1;
    if (lexer.token() == Token.COLON) {
      lexer.advance();
      if (lexer.token() != Token.NUMBER
          || (lexer.value() != 1 && lexer.value() != 2 && lexer.value() != 4)) {
        throw new ExpressionException(lexer.position(), "a size in bytes is 1, 2 or 4");
      }
      size = (int) lexer.value();
      lexer.advance();
    }
    if (lexer.token() == Token.END) {
      throw new ExpressionException(open, "this \"[\" is never closed");
    }
    if (lexer.token() != Token.RIGHT_BRACKET) {
      throw new ExpressionException(
          lexer.position(), "expected an operator or \"]\", not " + Spelling.quote(lexer.word()));
    }
    lexer.advance();
    nesting.leave();
    return new Accessor(protocol, index, size, position);
  }

  /// `byte INDEX RELATION VALUE`, from the index on: a comparison of a byte of the link header.
  ///
  /// @param position where `byte` was
  Comparison byteComparison(int position) {
    Constant index =
        constant(0xFFFF_FFFFL, "\"byte\" is followed by a byte's number, as in \"byte 0 & 1\"");
    Arithmetic loaded = new Accessor(ProtocolWord.ETHER, index, 1, position);
    Token relation = lexer.token();
    int relationPosition = lexer.position();
    lexer.advance();
    Constant value = constant(0xFF, "a byte is compared with a number from 0 to 255");
    return switch (relation) {
      case EQUAL -> new Comparison(loaded, Relation.EQUAL, value, position);
      case BELOW -> new Comparison(loaded, Relation.LESS, value, position);
      case ABOVE -> new Comparison(loaded, Relation.GREATER, value, position);
      case AMPERSAND -> hasBits(new Operation(Operator.AND, loaded, value, position));
      case BAR -> hasBits(new Operation(Operator.OR, loaded, value, position));
      default ->
          throw new ExpressionException(
              relationPosition, "\"byte\" compares by =, <, >, & or |, as in \"byte 0 & 1\"");
    };
  }

  private static Comparison hasBits(Operation bits) {
    int position = bits.position();
    return new Comparison(bits, Relation.NOT_EQUAL, new Constant(0, position), position);
  }

  /// The number that the token is; goes past it.
  ///
  /// @param expected what is wrong if it is not a number, or greater than `max`
  private Constant constant(long max, String expected) {
    int position = lexer.position();
    if (lexer.token() != Token.NUMBER || lexer.value() > max) {
      throw new ExpressionException(position, expected);
    }
    int value = (int) lexer.value();
    lexer.advance();
    return new Constant(value, position);
  }

  /// The relation that the token is, if it is one; goes past it.
  @Nullable Relation relation() {
    Relation relation =
        switch (lexer.token()) {
          case EQUAL -> Relation.EQUAL;
          case NOT_EQUAL -> Relation.NOT_EQUAL;
          case BELOW -> Relation.LESS;
          case AT_MOST -> Relation.LESS_OR_EQUAL;
          case ABOVE -> Relation.GREATER;
          case AT_LEAST -> Relation.GREATER_OR_EQUAL;
          default -> null;
        };
    if (relation != null) {
      lexer.advance();
      refuseSecondHalf(relation);
    }
    return relation;
  }

  private void refuseSecondHalf(Relation first) {
    Token second = lexer.token();
    String meant =
        switch (first) {
          case EQUAL -> second == Token.ABOVE ? ">=" : second == Token.BELOW ? "<=" : null;
          case LESS -> second == Token.ABOVE ? "!=" : null;
          default -> null;
        };
    if (meant != null) {
      throw new ExpressionException(
          lexer.position() - 1, "there is no such relation; did you mean \"" + meant + "\"?");
    }
  }

  /// Says of the token that it does not go on with the number before it.
  ExpressionException noOperator() {
    int position = lexer.position();
    if (lexer.token() == Token.END) {
      return new ExpressionException(
          position, "the number before this end is compared with nothing");
    }
    return new ExpressionException(
        position,
        "expected an operator or a relation such as \"=\", not " + Spelling.quote(lexer.word()));
  }

  private ExpressionException noNumber() {
    int position = lexer.position();
    if (lexer.token() == Token.END) {
      return new ExpressionException(position, "the filter ends where a number is expected");
    }
    String word = lexer.word();
    String advice = "";
    if (lexer.token() == Token.NAME) {
      advice = Spelling.hint(word);
      if (Vocabulary.find("tcp-" + word) != null) {
        advice = "; did you mean \"tcp-" + word + "\"?";
      } else if (advice.isEmpty() && word.indexOf('-') > 0) {
        advice = ", for it is one name; a difference has blanks around its \"-\"";
      }
    }
    return new ExpressionException(
        position, "expected a number, not " + Spelling.quote(word) + advice);
  }

  private @Nullable Operator operator() {
    return switch (lexer.token()) {
      case PLUS -> Operator.ADD;
      case MINUS -> Operator.SUBTRACT;
      case STAR -> Operator.MULTIPLY;
      case SLASH -> Operator.DIVIDE;
      case PERCENT -> Operator.MODULO;
      case AMPERSAND -> Operator.AND;
      case BAR -> Operator.OR;
      case CARET -> Operator.XOR;
      case SHIFT_LEFT -> Operator.SHIFT_LEFT;
      case SHIFT_RIGHT -> Operator.SHIFT_RIGHT;
      default -> null;
    };
  }

  private static int rank(Operator operator) {
    return switch (operator) {
      case OR -> 1;
      case AND -> 2;
      case SHIFT_LEFT, SHIFT_RIGHT -> 3;
      case ADD, SUBTRACT -> 4;
      case MULTIPLY, DIVIDE -> 5;
      case MODULO, XOR -> UNRANKED;
    };
  }
}
