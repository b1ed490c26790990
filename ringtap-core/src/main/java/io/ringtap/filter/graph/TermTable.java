package io.ringtap.filter.graph;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.filter.condition.Value;
import org.jspecify.annotations.Nullable;

/// All terms of a filter, each once and in its simplest form: constants are computed and stand at
/// the right, sums carry one constant at most, multiplications by powers of two are shifts.
final class TermTable {
  private static final int DEEPEST = 500;

  private @Nullable Term[] slots = new Term[64];
  private int size;
  private final Term zero = constant(0);

  /// How many terms there are; the [Term#id] of each is less.
  int size() {
    return size;
  }

  Term constant(int value) {
    return intern(TermKind.CONSTANT, Term.NONE, Term.NONE, value, 0);
  }

  /// @throws ProgramLimitException if there are more variables than a set of them has bits
  Term variable(int number) {
    if (number >= Long.SIZE) {
      throw new ProgramLimitException(
          "the filter looks into too many tunnels: more than "
              + Long.SIZE
              + " places of headers would have to be kept");
    }
    return intern(TermKind.VARIABLE, Term.NONE, Term.NONE, number, 0);
  }

  /// 1 if the relation holds, else 0.
  Term relation(Decision.Test test, Term left, Term right) {
    return intern(TermKind.RELATION, left, right, test.operation, 0);
  }

  /// @throws ProgramLimitException if `value` is nested too deeply
  Term of(Value value) {
    return of(value, DEEPEST);
  }

  private Term of(Value value, int depth) {
    if (depth == 0) {
      throw new ProgramLimitException(
          "a number is computed by more than " + DEEPEST + " operations within each other");
    }
    return switch (value) {
      case Value.Constant constant -> constant(constant.value());
      case Value.Load load -> load(load.width(), of(load.index(), depth - 1), load.offset());
      case Value.Ancillary ancillary -> ancillary(ancillary.field());
      case Value.Length _ -> intern(TermKind.LENGTH, Term.NONE, Term.NONE, 0, 0);
      case Value.Variable variable -> variable(variable.number());
      case Value.Operation operation ->
          operation(
              TermKind.of(operation.operator()),
              of(operation.left(), depth - 1),
              of(operation.right(), depth - 1));
    };
  }

  private Term ancillary(AncillaryField field) {
    return intern(TermKind.ANCILLARY, Term.NONE, Term.NONE, field.k(), 0);
  }

  Term load(int width, Term index, int offset) {
    if (index.isConstant()) {
      return intern(TermKind.LOAD, zero, Term.NONE, index.k + offset, width);
    }
    // A program's offsets have no sign, so what would come out negative stays in the index.
    if (index.isByConstant(TermKind.ADD) && offset >= 0 && index.right.k + offset >= 0) {
      return load(width, index.left, index.right.k + offset);
    }
    return intern(TermKind.LOAD, index, Term.NONE, offset, width);
  }

  /// `term` with what a variable holds in the variable's place.
  Term substitute(Term term, Term variable, Term content) {
    if (term == variable) {
      return content;
    }
    if ((term.variables & variable.variables) == 0) {
      return term;
    }
    return switch (term.kind) {
      case LOAD -> load(term.width, substitute(term.left, variable, content), term.k);
      case NEGATION -> negation(substitute(term.left, variable, content));
      case VARIABLE -> term;
      default ->
          operation(
              term.kind,
              substitute(term.left, variable, content),
              substitute(term.right, variable, content));
    };
  }

  private Term negation(Term term) {
    if (term.isConstant()) {
      return constant(-term.k);
    }
    if (term.kind == TermKind.NEGATION) {
      return term.left;
    }
    return intern(TermKind.NEGATION, term, Term.NONE, 0, 0);
  }

  Term operation(TermKind kind, Term left, Term right) {
    if (left.isConstant()
        && right.isConstant()
        && kind != TermKind.LOOK_UP
        && !((kind == TermKind.DIVIDE || kind == TermKind.MODULO) && right.k == 0)) {
      return constant(kind.apply(left.k, right.k));
    }
    Term first = left;
    Term second = right;
    if (kind.isCommutative() && !right.isConstant() && (left.isConstant() || left.id > right.id)) {
      first = right;
      second = left;
    }
    return second.isConstant() ? byConstant(kind, first, second.k) : ofTwo(kind, first, second);
  }

  private Term ofTwo(TermKind kind, Term left, Term right) {
    if (kind == TermKind.SUBTRACT) {
      if (left == right) {
        return zeroOf(left);
      }
      if (left.isConstant()) {
        return byConstant(TermKind.ADD, negation(right), left.k);
      }
      if (right.isByConstant(TermKind.ADD)) {
        return byConstant(
            TermKind.ADD, operation(TermKind.SUBTRACT, left, right.left), -right.right.k);
      }
      if (left.isByConstant(TermKind.ADD)) {
        return byConstant(
            TermKind.ADD, operation(TermKind.SUBTRACT, left.left, right), left.right.k);
      }
    }
    if (kind == TermKind.ADD) { // the constant of a sum stands outside, where loads can take it in
      if (left.isByConstant(TermKind.ADD)) {
        return byConstant(TermKind.ADD, operation(TermKind.ADD, left.left, right), left.right.k);
      }
      if (right.isByConstant(TermKind.ADD)) {
        return byConstant(TermKind.ADD, operation(TermKind.ADD, left, right.left), right.right.k);
      }
    }
    if (left == right && (kind == TermKind.AND || kind == TermKind.OR)) {
      return left;
    }
    return intern(kind, left, right, 0, 0);
  }

  private Term byConstant(TermKind kind, Term term, int k) {
    return switch (kind) {
      case ADD -> plus(term, k);
      case SUBTRACT -> plus(term, -k);
      case MULTIPLY -> {
        if (k == 0) {
          yield zeroOf(term);
        }
        yield Integer.bitCount(k) == 1
            ? shiftLeft(term, Integer.numberOfTrailingZeros(k))
            : binary(kind, term, k);
      }
      case DIVIDE ->
          Integer.bitCount(k) == 1
              ? shiftRight(term, Integer.numberOfTrailingZeros(k))
              : binary(kind, term, k);
      case MODULO -> Integer.bitCount(k) == 1 ? and(term, k - 1) : binary(kind, term, k);
      case AND -> and(term, k);
      case OR, XOR -> k == 0 ? term : binary(kind, term, k);
      case SHIFT_LEFT -> Integer.compareUnsigned(k, 32) < 0 ? shiftLeft(term, k) : zeroOf(term);
      case SHIFT_RIGHT -> Integer.compareUnsigned(k, 32) < 0 ? shiftRight(term, k) : zeroOf(term);
      case LOOK_UP -> binary(kind, term, k);
      default -> throw new IllegalArgumentException("not an operation: " + kind);
    };
  }

  /// The number 0, computed of `term` all the same where that may divide by zero.
  private Term zeroOf(Term term) {
    if (!term.mayDivideByZero) {
      return zero;
    }
    return term.bits == 0 ? term : binary(TermKind.AND, term, 0);
  }

  private Term binary(TermKind kind, Term left, int k) {
    return intern(kind, left, constant(k), 0, 0);
  }

  private Term plus(Term term, int k) {
    int sum = term.isByConstant(TermKind.ADD) ? term.right.k + k : k;
    Term rest = term.isByConstant(TermKind.ADD) ? term.left : term;
    if (rest.isConstant()) {
      return constant(rest.k + sum);
    }
    return sum == 0 ? rest : binary(TermKind.ADD, rest, sum);
  }

  Term and(Term term, int mask) {
    int k = mask & term.bits;
    if (k == term.bits) {
      return term;
    }
    if (k == 0) {
      return zeroOf(term);
    }
    return term.isByConstant(TermKind.AND)
        ? and(term.left, k) // the mask is within that of the term already
        : binary(TermKind.AND, term, k);
  }

  private Term shiftLeft(Term term, int places) {
    if (places == 0) {
      return term;
    }
    if (term.isConstant()) {
      return constant(term.k << places);
    }
    if (term.isByConstant(TermKind.SHIFT_LEFT)) {
      int sum = term.right.k + places;
      return sum < 32 ? shiftLeft(term.left, sum) : zeroOf(term.left);
    }
    if (term.isByConstant(TermKind.SHIFT_RIGHT)) {
      Term kept = and(term.left, -1 << term.right.k);
      int right = term.right.k - places;
      return right >= 0 ? shiftRight(kept, right) : shiftLeft(kept, -right);
    }
    return binary(TermKind.SHIFT_LEFT, term, places);
  }

  private Term shiftRight(Term term, int places) {
    if (places == 0 || term.isConstant()) {
      return places == 0 ? term : constant(term.k >>> places);
    }
    if (term.bits >>> places == 0) {
      return zeroOf(term);
    }
    if (term.isByConstant(TermKind.SHIFT_RIGHT)) {
      return shiftRight(term.left, term.right.k + places);
    }
    if (term.isByConstant(TermKind.AND)
        && (term.left.bits >>> places << places & ~term.right.k) == 0) {
      return shiftRight(term.left, places); // the shift drops what the mask would have
    }
    if (term.isByConstant(TermKind.SHIFT_LEFT)
        && term.right.k == places
        && term.left.bits << places >>> places == term.left.bits) {
      return term.left;
    }
    return binary(TermKind.SHIFT_RIGHT, term, places);
  }

  private Term intern(TermKind kind, Term left, Term right, int k, int width) {
    int hash = ((kind.hashCode() * 31 + left.id) * 31 + right.id) * 31 + k * 7 + width;
    hash *= 0x9E37_79B9;
    int mask = slots.length - 1;
    for (int i = hash >>> 8 & mask; ; i = i + 1 & mask) {
      Term found = slots[i];
      if (found == null) {
        Term made = new Term(kind, left, right, k, width, size);
        slots[i] = made;
        size++;
        if (size * 2 > slots.length) {
          grow();
        }
        return made;
      }
      if (found.kind == kind
          && found.left == left
          && found.right == right
          && found.k == k
          && found.width == width) {
        return found;
      }
    }
  }

  private void grow() {
    @Nullable Term[] old = slots;
    slots = new Term[old.length * 2];
    int mask = slots.length - 1;
    for (Term term : old) {
      if (term != null) {
        int hash =
            ((term.kind.hashCode() * 31 + term.left.id) * 31 + term.right.id) * 31
                + term.k * 7
                + term.width;
        hash *= 0x9E37_79B9;
        int i = hash >>> 8 & mask;
        while (slots[i] != null) {
          i = i + 1 & mask;
        }
        slots[i] = term;
      }
    }
  }
}
