package io.ringtap.filter.graph;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.graph.Decision.Kind;
import io.ringtap.filter.graph.Decision.Test;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// All decisions of a filter, each once. A test comes out in its simplest form: none that is
/// settled, or whose branches are the same, is made at all, unless it may divide by zero: that
/// drops the packet whatever the test would say.
final class DecisionTable {
  final TermTable terms;
  final Decision accept = Decision.end(Kind.ACCEPT, 0);
  final Decision reject = Decision.end(Kind.REJECT, 1);
  private @Nullable Decision[] slots = new Decision[64];
  private int size = 2;

  /// How many orders were made, and scratch of those who make them.
  private int walks;

  private Decision[] path = new Decision[16];
  private Decision[] finished = new Decision[32];

  DecisionTable(TermTable terms) {
    this.terms = terms;
  }

  Decision compare(Term left, Condition.Relation relation, Term right, Decision yes, Decision no) {
    return switch (relation) {
      case EQUAL -> test(Test.EQUAL, left, right, yes, no);
      case GREATER -> test(Test.AT_LEAST, right, left, no, yes);
      case GREATER_OR_EQUAL -> test(Test.AT_LEAST, left, right, yes, no);
      case ANY_BIT -> test(Test.ANY_BIT, left, right, yes, no);
    };
  }

  /// @param next where it goes on; if nothing there asks for the variable, only that comes out
  Decision assign(Term variable, Term value, Decision next) {
    return (next.needs & variable.variables) == 0 || value == variable
        ? next
        : intern(Kind.ASSIGN, Test.EQUAL, value, variable, 0, next, next);
  }

  Decision chain(int version, Term network, int protocol, Decision yes, Decision no) {
    return yes == no && isSameAsReaching(yes, network)
        ? yes
        : intern(Kind.CHAIN, Test.EQUAL, network, Term.NONE, version << 8 | protocol, yes, no);
  }

  /// Whether the packet's fate is that of `next` if `term` is computed before.
  private boolean isSameAsReaching(Decision next, Term term) {
    return !term.mayDivideByZero || next == reject;
  }

  Decision test(Test test, Term left, Term right, Decision yes, Decision no) {
    if (yes == no && isSameAsReaching(yes, left) && isSameAsReaching(yes, right)) {
      return yes;
    }
    if (right.isConstant()) {
      return left.isConstant()
          ? holds(test, left.k, right.k) ? yes : no
          : switch (test) {
            case EQUAL -> isEqual(left, right.k, yes, no);
            case AT_LEAST -> isAtLeast(left, right.k, yes, no);
            case ANY_BIT -> hasBit(left, right.k, yes, no);
          };
    }
    if (left == right) {
      return test == Test.ANY_BIT ? isEqual(left, 0, no, yes) : isAtLeast(left, 0, yes, no);
    }
    if (test == Test.AT_LEAST) {
      if (left.isConstant()) { // k >= x is !(x >= k + 1)
        return left.k == -1 ? isAtLeast(right, 0, yes, no) : isAtLeast(right, left.k + 1, no, yes);
      }
      return intern(Kind.TEST, test, left, right, 0, yes, no);
    }
    return left.isConstant() || (left.id > right.id && !right.isConstant())
        ? symmetric(test, right, left, yes, no)
        : symmetric(test, left, right, yes, no);
  }

  private Decision symmetric(Test test, Term left, Term right, Decision yes, Decision no) {
    return right.isConstant()
        ? test(test, left, right, yes, no)
        : intern(Kind.TEST, test, left, right, 0, yes, no);
  }

  static boolean holds(Test test, int left, int right) {
    return switch (test) {
      case EQUAL -> left == right;
      case AT_LEAST -> Integer.compareUnsigned(left, right) >= 0;
      case ANY_BIT -> (left & right) != 0;
    };
  }

  private Decision isEqual(Term term, int k, Decision yes, Decision no) {
    if (term.isConstant()) {
      return term.k == k ? yes : no;
    }
    if ((k & ~term.bits) != 0) {
      return settled(Test.EQUAL, term, k, yes, no);
    }
    int operand = term.right.k;
    boolean byConstant = term.right.isConstant();
    switch (term.kind) {
      case ADD -> {
        if (byConstant) {
          return isEqual(term.left, k - operand, yes, no);
        }
      }
      case XOR -> {
        if (byConstant) {
          return isEqual(term.left, k ^ operand, yes, no);
        }
      }
      case NEGATION -> {
        return isEqual(term.left, -k, yes, no);
      }
      case SUBTRACT -> {
        if (k == 0) {
          return test(Test.EQUAL, term.left, term.right, yes, no);
        }
      }
      case SHIFT_LEFT -> {
        if (byConstant) {
          return isEqual(terms.and(term.left, -1 >>> operand), k >>> operand, yes, no);
        }
      }
      case SHIFT_RIGHT -> {
        if (byConstant) {
          return isEqual(terms.and(term.left, -1 << operand), k << operand, yes, no);
        }
      }
      case AND -> {
        if (byConstant && k == 0) {
          return hasBit(term.left, operand, no, yes);
        }
        if (byConstant && Integer.bitCount(operand) == 1) {
          return hasBit(term.left, operand, yes, no);
        }
      }
      default -> {}
    }
    return intern(Kind.TEST, Test.EQUAL, term, terms.constant(k), 0, yes, no);
  }

  /// A test that cannot hold. It is made all the same where it may drop the packet.
  private Decision settled(Test test, Term term, int k, Decision yes, Decision no) {
    return term.mayFail ? intern(Kind.TEST, test, term, terms.constant(k), 0, yes, no) : no;
  }

  private Decision hasBit(Term term, int mask, Decision yes, Decision no) {
    int k = mask & term.bits;
    if (k == 0) {
      return mask == 0 && !term.mayDivideByZero ? no : settled(Test.ANY_BIT, term, mask, yes, no);
    }
    if (term.isConstant()) {
      return yes;
    }
    if (term.isByConstant(TermKind.AND)) {
      return hasBit(term.left, k, yes, no);
    }
    if (term.isByConstant(TermKind.SHIFT_LEFT)) {
      return hasBit(term.left, k >>> term.right.k, yes, no);
    }
    if (term.isByConstant(TermKind.SHIFT_RIGHT)) {
      return hasBit(term.left, k << term.right.k, yes, no);
    }
    if (k == term.bits) {
      return isEqual(term, 0, no, yes);
    }
    return intern(Kind.TEST, Test.ANY_BIT, term, terms.constant(k), 0, yes, no);
  }

  private Decision isAtLeast(Term term, int k, Decision yes, Decision no) {
    if (k == 0) { // always, but where computing it may drop the packet
      return term.mayFail
          ? intern(Kind.TEST, Test.AT_LEAST, term, terms.constant(0), 0, yes, no)
          : yes;
    }
    if (Integer.compareUnsigned(k, term.bits) > 0) {
      return settled(Test.AT_LEAST, term, k, yes, no);
    }
    if (term.isConstant()) {
      return yes;
    }
    if (k == 1) {
      return isEqual(term, 0, no, yes);
    }
    if (k == term.bits) {
      return isEqual(term, k, yes, no);
    }
    if (term.isByConstant(TermKind.SHIFT_RIGHT)) {
      return isAtLeast(term.left, k << term.right.k, yes, no);
    }
    if (term.isByConstant(TermKind.SHIFT_LEFT)
        && term.bits >>> term.right.k == term.left.bits) { // nothing was shifted out
      int lowest = (1 << term.right.k) - 1;
      int rounded = (k >>> term.right.k) + ((k & lowest) == 0 ? 0 : 1);
      return isAtLeast(term.left, rounded, yes, no);
    }
    return intern(Kind.TEST, Test.AT_LEAST, term, terms.constant(k), 0, yes, no);
  }

  private Decision intern(
      Kind kind, Test test, Term left, Term right, int k, Decision yes, Decision no) {
    int mask = slots.length - 1;
    for (int i = hash(kind, test, left, right, k, yes, no) & mask; ; i = i + 1 & mask) {
      Decision found = slots[i];
      if (found == null) {
        Decision made = Decision.inner(kind, test, left, right, k, yes, no, size);
        slots[i] = made;
        size++;
        if (size * 2 > slots.length) {
          grow();
        }
        return made;
      }
      if (found.yes == yes
          && found.no == no
          && found.left == left
          && found.right == right
          && found.kind == kind
          && found.test == test
          && found.k == k) {
        return found;
      }
    }
  }

  private static int hash(
      Kind kind, Test test, Term left, Term right, int k, Decision yes, Decision no) {
    int hash = (left.id * 31 + right.id) * 31 + kind.hashCode() + test.operation + k;
    hash = ((hash * 31 + yes.id) * 31 + no.id) * 0x9E37_79B9;
    return hash ^ hash >>> 15;
  }

  private void grow() {
    @Nullable Decision[] old = slots;
    slots = new Decision[old.length * 2];
    int mask = slots.length - 1;
    for (Decision d : old) {
      if (d != null) {
        int i = hash(d.kind, d.test, d.left, d.right, d.k, d.yes, d.no) & mask;
        while (slots[i] != null) {
          i = i + 1 & mask;
        }
        slots[i] = d;
      }
    }
  }

  /// The decisions that can be reached from `root`, each before those that it leads to, and the
  /// ends after all others. Each one's place in it is left in [Decision#place].
  Decision[] inOrder(Decision root) {
    walks++;
    int depth = 0;
    int count = 0;
    root.walk = walks;
    push(root, depth++);
    while (depth > 0) {
      Decision decision = path[depth - 1];
      if (decision.no.walk != walks) {
        decision.no.walk = walks;
        push(decision.no, depth++);
      } else if (decision.yes.walk != walks) {
        decision.yes.walk = walks;
        push(decision.yes, depth++);
      } else {
        depth--;
        if (count == finished.length) {
          finished = Arrays.copyOf(finished, 2 * count);
        }
        finished[count++] = decision;
      }
    }
    moveEndsFirst(count);
    Decision[] order = new Decision[count];
    for (int i = 0; i < count; i++) {
      order[i] = finished[count - 1 - i];
      order[i].place = i;
    }
    return order;
  }

  /// Of those that are finished an end is the first. The other one comes later than other decisions
  /// where these lead to the first end only, as a test does that is made for its division. It must
  /// not stay there: Linux takes what follows a return for code that the return runs on into, and
  /// refuses a load there of a scratch word that was not written on every way to the return.
  private void moveEndsFirst(int count) {
    int other = 1;
    while (other < count && !finished[other].isEnd()) {
      other++;
    }
    if (other > 1 && other < count) {
      Decision end = finished[other];
      System.arraycopy(finished, 1, finished, 2, other - 1);
      finished[1] = end;
    }
  }

  private void push(Decision decision, int depth) {
    if (depth == path.length) {
      path = Arrays.copyOf(path, 2 * depth);
    }
    path[depth] = decision;
  }
}
