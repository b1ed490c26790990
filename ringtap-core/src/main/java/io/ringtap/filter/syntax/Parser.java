package io.ringtap.filter.syntax;

import io.ringtap.filter.syntax.Expression.And;
import io.ringtap.filter.syntax.Expression.Comparison;
import io.ringtap.filter.syntax.Expression.Match;
import io.ringtap.filter.syntax.Expression.Not;
import io.ringtap.filter.syntax.Expression.Or;
import io.ringtap.filter.syntax.Qualifiers.Direction;
import io.ringtap.filter.syntax.Qualifiers.Kind;
import org.jspecify.annotations.Nullable;

/// Reads the text of a filter into a tree, by the grammar of pcap-filter(7): `and` and `or` bind
/// alike and group to the left, `not` binds closer. What stands without qualifiers has those of the
/// operand before it; a group in parentheses begins with those before it and leaves them as they
/// were.
public final class Parser {
  private final Lexer lexer;
  private final ArithmeticParser arithmetic;
  private final OperandParser operands;
  private final Nesting nesting = new Nesting();

  /// Those of the operand before, if what came last was one.
  private @Nullable Qualifiers inherited;

  /// What came last, if it was a name that said nothing but itself.
  private @Nullable Match bareName;

  private Parser(String text) {
    this.lexer = new Lexer(text);
    this.arithmetic = new ArithmeticParser(lexer, nesting);
    this.operands = new OperandParser(lexer);
  }

  /// What `text` says; null if it is nothing but blanks, and so says nothing of a packet.
  ///
  /// @throws ExpressionException if `text` is no filter
  public static @Nullable Expression parse(String text) {
    Parser parser = new Parser(text);
    if (parser.lexer.token() == Token.END) {
      return null;
    }
    Expression expression = parser.toExpression(parser.chain());
    if (parser.lexer.token() != Token.END) {
      throw parser.notJoined();
    }
    return expression;
  }

  /// Terms joined by `and` and `or`. A single term may be a number that is not known yet to be
  /// compared or to stand for itself, for its parentheses are still open.
  private Term chain() {
    Term first = term();
    if (lexer.token() != Token.AND && lexer.token() != Token.OR) {
      return first;
    }
    Expression left = toExpression(first);
    while (true) {
      boolean isAnd = lexer.token() == Token.AND;
      if (!isAnd && lexer.token() != Token.OR) {
        return new Term.Said(left);
      }
      lexer.advance();
      Expression right = toExpression(term());
      left = isAnd ? new And(left, right, left.position()) : new Or(left, right, left.position());
    }
  }

  private Term term() {
    if (lexer.token() == Token.NOT) {
      int position = lexer.position();
      nesting.enter(position);
      lexer.advance();
      Expression operand = toExpression(term());
      nesting.leave();
      return new Term.Said(new Not(operand, position));
    }
    Term term = lexer.token() == Token.LEFT_PARENTHESIS ? group() : primitive();
    return term instanceof Term.Counted counted ? afterNumber(counted.number()) : term;
  }

  private Term group() {
    int position = lexer.position();
    Qualifiers before = inherited;
    nesting.enter(position);
    lexer.advance();
    Term inner = chain();
    if (lexer.token() != Token.RIGHT_PARENTHESIS) {
      if (lexer.token() == Token.END) {
        throw new ExpressionException(position, "this \"(\" is never closed");
      }
      throw inner instanceof Term.Counted ? arithmetic.noOperator() : notJoined();
    }
    lexer.advance();
    nesting.leave();
    inherited = before;
    bareName = null;
    return inner;
  }

  /// A number may go on as a longer one, and be compared with another.
  private Term afterNumber(Arithmetic left) {
    Arithmetic number = arithmetic.continued(left);
    Relation relation = arithmetic.relation();
    if (relation == null) {
      return new Term.Counted(number);
    }
    inherited = null;
    bareName = null;
    Arithmetic right = arithmetic.number();
    return new Term.Said(new Comparison(number, relation, right, left.position()));
  }

  private Term primitive() {
    bareName = null;
    int position = lexer.position();
    Token token = lexer.token();
    return switch (token) {
      case NUMBER, LENGTH, MINUS -> new Term.Counted(arithmetic.operand());
      case NAME, DOTTED, IPV6, ETHERNET -> new Term.Said(inheriting());
      case SRC, DST, ADDR1, ADDR2, ADDR3, ADDR4, RA, TA -> new Term.Said(qualified(null, position));
      case HOST, NET, PORT, PORTRANGE, GATEWAY, PROTO, PROTOCHAIN ->
          new Term.Said(qualified(null, position));
      case PROTOCOL -> protocol();
      default -> {
        inherited = null;
        yield new Term.Said(plain(token, position));
      }
    };
  }

  private Term protocol() {
    ProtocolWord protocol = lexer.protocol();
    int position = lexer.position();
    String word = lexer.word();
    lexer.advance();
    return switch (lexer.token()) {
      case LEFT_BRACKET -> new Term.Counted(arithmetic.accessor(protocol, position));
      case SRC, DST, ADDR1, ADDR2, ADDR3, ADDR4, RA, TA ->
          new Term.Said(qualified(protocol, position));
      case HOST, NET, PORT, PORTRANGE, GATEWAY, PROTO, PROTOCHAIN ->
          new Term.Said(qualified(protocol, position));
      case TYPE, SUBTYPE, DIR -> {
        if (protocol != ProtocolWord.ETHER) {
          throw operands.noKind(word);
        }
        inherited = null;
        yield new Term.Said(plain(lexer.token(), position));
      }
      case BROADCAST, MULTICAST -> {
        boolean isBroadcast = lexer.token() == Token.BROADCAST;
        lexer.advance();
        inherited = null;
        yield new Term.Said(
            isBroadcast
                ? new Expression.Broadcast(protocol, position)
                : new Expression.Multicast(protocol, position));
      }
      case NAME, NUMBER, DOTTED, IPV6, ETHERNET -> throw operands.noKind(word);
      default -> {
        inherited = null;
        yield new Term.Said(new Expression.Protocol(protocol, position));
      }
    };
  }

  /// A primitive that begins with a word of its own.
  private Expression plain(Token token, int position) {
    String word = lexer.word();
    if (token.isKeyword()) {
      lexer.advance();
    }
    return switch (token) {
      case BROADCAST -> new Expression.Broadcast(null, position);
      case MULTICAST -> new Expression.Multicast(null, position);
      case LESS -> new Expression.Less(operands.numberAfter(word), position);
      case GREATER -> new Expression.Greater(operands.numberAfter(word), position);
      case INBOUND -> new Expression.Inbound(position);
      case OUTBOUND -> new Expression.Outbound(position);
      case IFINDEX -> new Expression.InterfaceIndex(operands.numberAfter(word), position);
      case VLAN -> new Expression.Vlan(operands.identifier(word, 12), position);
      case MPLS -> new Expression.Mpls(operands.identifier(word, 20), position);
      case PPPOED -> new Expression.PppoeDiscovery(position);
      case PPPOES -> new Expression.PppoeSession(operands.identifier(word, 16), position);
      case GENEVE -> new Expression.Geneve(operands.identifier(word, 24), position);
      case VXLAN -> new Expression.Vxlan(operands.identifier(word, 24), position);
      case LLC -> new Expression.Llc(operands.llcType(), position);
      case TYPE -> operands.wlanType(position);
      case SUBTYPE -> operands.wlanSubtype(position);
      case DIR -> operands.wlanDirection(position);
      case BYTE -> arithmetic.byteComparison(position);
      default -> throw noPrimitive(token, position, word);
    };
  }

  /// Qualifiers, from the direction on, and what they are for.
  private Expression qualified(@Nullable ProtocolWord protocol, int position) {
    Direction direction = direction();
    int kindPosition = lexer.position();
    String word = lexer.word();
    Kind kind = kind();
    if (direction != null && kind != null && kind.compareTo(Kind.GATEWAY) >= 0) {
      throw new ExpressionException(
          kindPosition, "\"" + word + "\" takes no direction such as \"src\" or \"dst\"");
    }
    Qualifiers qualifiers = new Qualifiers(protocol, direction, kind);
    inherited = qualifiers;
    if (kind == null) {
      operands.refuseForeign();
    }
    boolean isBareName = isBareName() && kind == null;
    Expression expression = operand(qualifiers, position);
    bareName = isBareName && expression instanceof Match match ? match : null;
    return expression;
  }

  private @Nullable Direction direction() {
    Token first = lexer.token();
    Direction single = singleDirection(first);
    if (single == null) {
      return null;
    }
    String word = lexer.word();
    lexer.advance();
    if (single.isOfWlan()) {
      return single;
    }
    Token joint = lexer.token();
    if (joint != Token.AND && joint != Token.OR) {
      return single;
    }
    String jointWord = lexer.word();
    lexer.advance();
    Token second = first == Token.SRC ? Token.DST : Token.SRC;
    if (lexer.token() != second) {
      String other = second == Token.SRC ? "src" : "dst";
      throw new ExpressionException(
          lexer.position(),
          "\"%s %s\" goes on with \"%s\", or has an address or a port before its \"%s\""
              .formatted(word, jointWord, other, jointWord));
    }
    lexer.advance();
    return joint == Token.AND ? Direction.SRC_AND_DST : Direction.SRC_OR_DST;
  }

  private static @Nullable Direction singleDirection(Token token) {
    return switch (token) {
      case SRC -> Direction.SRC;
      case DST -> Direction.DST;
      case ADDR1 -> Direction.ADDR1;
      case ADDR2 -> Direction.ADDR2;
      case ADDR3 -> Direction.ADDR3;
      case ADDR4 -> Direction.ADDR4;
      case RA -> Direction.RA;
      case TA -> Direction.TA;
      default -> null;
    };
  }

  private @Nullable Kind kind() {
    Kind kind =
        switch (lexer.token()) {
          case HOST -> Kind.HOST;
          case NET -> Kind.NET;
          case PORT -> Kind.PORT;
          case PORTRANGE -> Kind.PORTRANGE;
          case GATEWAY -> Kind.GATEWAY;
          case PROTO -> Kind.PROTO;
          case PROTOCHAIN -> Kind.PROTOCHAIN;
          default -> null;
        };
    if (kind != null) {
      lexer.advance();
    }
    return kind;
  }

  /// What stands after qualifiers: one operand, or several in parentheses.
  private Expression operand(Qualifiers qualifiers, int position) {
    return switch (lexer.token()) {
      case NOT -> {
        int notPosition = lexer.position();
        nesting.enter(notPosition);
        lexer.advance();
        Expression negated = operand(qualifiers, lexer.position());
        nesting.leave();
        yield new Not(negated, notPosition);
      }
      case LEFT_PARENTHESIS -> {
        int open = lexer.position();
        nesting.enter(open);
        lexer.advance();
        Expression inner = operandChain(qualifiers);
        if (lexer.token() == Token.END) {
          throw new ExpressionException(open, "this \"(\" is never closed");
        }
        if (lexer.token() != Token.RIGHT_PARENTHESIS) {
          throw notJoined();
        }
        lexer.advance();
        nesting.leave();
        yield inner;
      }
      default -> {
        if (lexer.isBeforeSet()) {
          yield new SetParser(lexer, operands).set(qualifiers, position);
        }
        int operandPosition = lexer.position();
        Operand operand =
            lexer.isBeforeFile() ? operands.file(qualifiers) : operands.operand(qualifiers);
        yield new Match(qualifiers, operand, position, operandPosition);
      }
    };
  }

  private Expression operandChain(Qualifiers qualifiers) {
    Expression left = operand(qualifiers, lexer.position());
    while (true) {
      boolean isAnd = lexer.token() == Token.AND;
      if (!isAnd && lexer.token() != Token.OR) {
        return left;
      }
      lexer.advance();
      Expression right = operand(qualifiers, lexer.position());
      left = isAnd ? new And(left, right, left.position()) : new Or(left, right, left.position());
    }
  }

  /// An operand without qualifiers of its own.
  private Expression inheriting() {
    Qualifiers qualifiers = inherited;
    if (qualifiers == null) {
      throw operands.noQualifiers();
    }
    operands.refuseForeign();
    boolean isBareName = isBareName();
    int position = lexer.position();
    Match match = new Match(qualifiers, operands.operand(qualifiers), position, position);
    bareName = isBareName ? match : null;
    return match;
  }

  private boolean isBareName() {
    return lexer.token() == Token.NAME && !lexer.isEscaped();
  }

  /// What a number says that is not compared: it is an operand.
  private Expression toExpression(Term term) {
    if (term instanceof Term.Said said) {
      return said.expression();
    }
    Arithmetic number = ((Term.Counted) term).number();
    Qualifiers qualifiers = inherited;
    if (number instanceof Arithmetic.Constant(int value, int position)) {
      if (qualifiers != null) {
        Operand operand = operands.number(qualifiers, Integer.toUnsignedLong(value), position);
        return new Match(qualifiers, operand, position, position);
      }
      if (lexer.token() == Token.END
          || lexer.token() == Token.RIGHT_PARENTHESIS
          || lexer.token() == Token.AND
          || lexer.token() == Token.OR) {
        String shown = Integer.toUnsignedString(value);
        throw new ExpressionException(
            position,
            "a number by itself says nothing: a port is \"port %s\", a comparison \"len = %s\""
                .formatted(shown, shown));
      }
    }
    Operand.DottedPrefix network = operands.asNetwork(qualifiers, number);
    if (qualifiers != null && network != null) {
      return new Match(qualifiers, network, number.position(), number.position());
    }
    throw arithmetic.noOperator();
  }

  private ExpressionException noPrimitive(Token token, int position, String word) {
    return new ExpressionException(
        position,
        switch (token) {
          case END -> "the filter ends where it should go on, with a word such as \"host\"";
          case AND, OR -> "\"" + word + "\" joins two parts, and the one before it is missing";
          case RIGHT_PARENTHESIS -> "a part of a filter is missing before this \")\"";
          case MASK -> "\"mask\" comes after a network, as in \"net 10.0.0.0 mask 255.0.0.0\"";
          default -> "no part of a filter begins with " + Spelling.quote(word);
        });
  }

  /// Says of the token that it does not go on with what came before.
  private ExpressionException notJoined() {
    Match name = bareName;
    if (name != null && name.operand() instanceof Operand.Name(String text)) {
      String hint = Spelling.hint(text);
      if (!hint.isEmpty()) {
        return new ExpressionException(
            name.operandPosition(), Spelling.quote(text) + " is no keyword" + hint);
      }
    }
    String word = lexer.word();
    return new ExpressionException(
        lexer.position(),
        switch (lexer.token()) {
          case RIGHT_PARENTHESIS -> "this \")\" closes nothing";
          case AMPERSAND -> "\"&\" joins numbers; did you mean \"&&\"?";
          case BAR -> "\"|\" joins numbers; did you mean \"||\"?";
          case COMMA ->
              "\",\" stands between the elements of a set, as in \"port in {80, 443}\";"
                  + " alternatives are joined by \"or\"";
          case NAME ->
              Spelling.quote(word) + " needs \"and\" or \"or\" before it" + Spelling.hint(word);
          case LEFT_BRACKET, RIGHT_BRACKET, COLON, PLUS, MINUS, STAR, SLASH, PERCENT, CARET ->
              "\"" + word + "\" belongs to numbers, and there is none before it";
          case SHIFT_LEFT, SHIFT_RIGHT, EQUAL, NOT_EQUAL, BELOW, AT_MOST, ABOVE, AT_LEAST ->
              "\"" + word + "\" stands between two numbers, and there is none before it";
          default -> Spelling.quote(word) + " needs \"and\" or \"or\" before it";
        });
  }
}
