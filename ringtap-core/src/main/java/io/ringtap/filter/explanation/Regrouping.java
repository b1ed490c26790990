package io.ringtap.filter.explanation;

import io.ringtap.filter.explanation.Shifts.Kind;
import io.ringtap.filter.syntax.Arithmetic;
import io.ringtap.filter.syntax.Arithmetic.Operator;
import io.ringtap.filter.syntax.Expression;
import io.ringtap.filter.syntax.Expression.And;
import io.ringtap.filter.syntax.Expression.Comparison;
import io.ringtap.filter.syntax.Expression.Not;
import io.ringtap.filter.syntax.Expression.Or;
import io.ringtap.filter.syntax.ProtocolWord;
import io.ringtap.filter.syntax.Relation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Writes a filter so that words such as `vlan` move only what they were probably meant to move:
/// what needs no header comes before, and of several alternatives with one kind of header the
/// header is asked for once, its identifiers as bytes.
final class Regrouping {
  private static final int ETHERNET_BYTES = 14;

  private Regrouping() {}

  /// The filter that was probably meant; null if that cannot be told.
  static @Nullable Expression of(Expression expression) {
    return switch (expression) {
      case And _ -> ofAnd(parts(expression, true));
      case Or _ -> ofOr(parts(expression, false));
      case Not(Expression operand, int position) -> {
        Expression inner = of(operand);
        yield inner == null ? null : new Not(inner, position);
      }
      default -> expression;
    };
  }

  /// The parts of a chain that leans to the left.
  static List<Expression> parts(Expression chain, boolean isAnd) {
    Deque<Expression> parts = new ArrayDeque<>();
    Expression rest = chain;
    while (true) {
      if (isAnd && rest instanceof And(Expression left, Expression right, int _)) {
        parts.push(right);
        rest = left;
      } else if (!isAnd && rest instanceof Or(Expression left, Expression right, int _)) {
        parts.push(right);
        rest = left;
      } else {
        parts.push(rest);
        return new ArrayList<>(parts);
      }
    }
  }

  /// What moves nothing, or surely has its headers, comes first.
  private static @Nullable Expression ofAnd(List<Expression> parts) {
    List<Expression> first = new ArrayList<>();
    List<Expression> last = new ArrayList<>();
    for (Expression part : parts) {
      Expression regrouped = of(part);
      if (regrouped == null) {
        return null;
      }
      boolean isSure = !moves(regrouped) || isHeaderFirst(regrouped);
      (isSure ? first : last).add(regrouped);
    }
    first.addAll(last);
    return last.size() > 1 ? null : joined(first, true);
  }

  private static @Nullable Expression ofOr(List<Expression> parts) {
    List<Expression> first = new ArrayList<>();
    List<Expression> moving = new ArrayList<>();
    for (Expression part : parts) {
      Expression regrouped = of(part);
      if (regrouped == null) {
        return null;
      }
      (moves(regrouped) ? moving : first).add(regrouped);
    }
    Expression last = moving.size() == 1 ? moving.getFirst() : factored(moving);
    if (last != null) {
      first.add(last);
    }
    return last == null ? null : joined(first, false);
  }

  /// `vlan 1 and a or vlan 2 and b` as `vlan and (IDENTIFIER = 1 and a or IDENTIFIER = 2 and b)`.
  private static @Nullable Expression factored(List<Expression> alternatives) {
    List<Expression> tests = new ArrayList<>();
    Kind kind = null;
    for (Expression alternative : alternatives) {
      List<Expression> parts = parts(alternative, true);
      Expression header = parts.getFirst();
      Kind its = Kind.of(header);
      if (its == null || (kind != null && kind != its)) {
        return null;
      }
      kind = its;
      Expression test = identifierTest(its, header);
      if (test == null) {
        return null;
      }
      parts.set(0, test);
      boolean hasMore = parts.size() > 1;
      if (parts.stream().anyMatch(Regrouping::moves) || (hasMore && its.isTunnel())) {
        return null;
      }
      tests.add(joined(parts, true));
    }
    if (kind == null) {
      return null;
    }
    Expression any = joined(tests, false);
    return kind.isTunnel()
        ? new And(any, withoutIdentifier(kind), 0)
        : new And(withoutIdentifier(kind), any, 0);
  }

  /// The identifier of an outermost header as bytes; null if none is asked for.
  private static @Nullable Expression identifierTest(Kind kind, Expression header) {
    OptionalLong identifier =
        switch (header) {
          case Expression.Vlan(OptionalLong number, int _) -> number;
          case Expression.Mpls(OptionalLong number, int _) -> number;
          case Expression.PppoeSession(OptionalLong number, int _) -> number;
          case Expression.Geneve(OptionalLong number, int _) -> number;
          case Expression.Vxlan(OptionalLong number, int _) -> number;
          default -> OptionalLong.empty();
        };
    if (identifier.isEmpty()) {
      return null;
    }
    Arithmetic field =
        switch (kind) {
          case VLAN -> operation(Operator.AND, bytes(ETHERNET_BYTES, 2), 0xFFF);
          case MPLS -> operation(Operator.SHIFT_RIGHT, bytes(ETHERNET_BYTES, 4), 12);
          case PPPOES -> bytes(ETHERNET_BYTES + 2, 2);
          case GENEVE, VXLAN ->
              operation(
                  Operator.SHIFT_RIGHT,
                  new Arithmetic.Accessor(ProtocolWord.UDP, constant(12), 4, 0),
                  8);
        };
    return new Comparison(
        field, Relation.EQUAL, constant((int) identifier.getAsLong()), header.position());
  }

  private static Arithmetic bytes(int at, int size) {
    return new Arithmetic.Accessor(ProtocolWord.ETHER, constant(at), size, 0);
  }

  private static Arithmetic operation(Operator operator, Arithmetic left, int right) {
    return new Arithmetic.Operation(operator, left, constant(right), 0);
  }

  private static Arithmetic constant(int value) {
    return new Arithmetic.Constant(value, 0);
  }

  private static Expression withoutIdentifier(Kind kind) {
    OptionalLong none = OptionalLong.empty();
    return switch (kind) {
      case VLAN -> new Expression.Vlan(none, 0);
      case MPLS -> new Expression.Mpls(none, 0);
      case PPPOES -> new Expression.PppoeSession(none, 0);
      case GENEVE -> new Expression.Geneve(none, 0);
      case VXLAN -> new Expression.Vxlan(none, 0);
    };
  }

  private static Expression joined(List<Expression> parts, boolean isAnd) {
    Expression chain = parts.getFirst();
    for (Expression part : parts.subList(1, parts.size())) {
      chain = isAnd ? new And(chain, part, 0) : new Or(chain, part, 0);
    }
    return chain;
  }

  /// Whether a part has a word that moves what is written after it.
  private static boolean moves(Expression expression) {
    return switch (expression) {
      case And _ -> parts(expression, true).stream().anyMatch(Regrouping::moves);
      case Or _ -> parts(expression, false).stream().anyMatch(Regrouping::moves);
      case Not(Expression operand, int _) -> moves(operand);
      default -> Kind.of(expression) != null;
    };
  }

  /// Whether a part asks for its headers in a chain of `and` only.
  private static boolean isHeaderFirst(Expression expression) {
    return parts(expression, true).stream().allMatch(part -> Kind.of(part) != null || !moves(part));
  }
}
