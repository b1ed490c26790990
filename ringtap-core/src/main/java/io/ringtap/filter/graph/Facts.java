package io.ringtap.filter.graph;

import io.ringtap.filter.graph.Decision.Test;

/// All that is known of a packet at some place of the graph, by the tests on the way there, and
/// what the variables hold there. Immutable.
@SuppressWarnings("ReferenceEquality") // the same array holds the same
final class Facts {
  private static final int MOST = 48;
  static final Facts NONE = new Facts(new Fact[0], new Term[0]);

  /// In the order of their terms' ids.
  private final Fact[] facts;

  /// What each variable holds, by its number; [Term#NONE] where that differs from way to way.
  private final Term[] contents;

  private Facts(Fact[] facts, Term[] contents) {
    this.facts = facts;
    this.contents = contents;
  }

  private int find(Term term) {
    int from = 0;
    int to = facts.length - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      int id = facts[middle].id;
      if (id == term.id) {
        return middle;
      }
      if (id < term.id) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return ~from;
  }

  /// What is known of a term, also by what is known of that of which it is made.
  Fact of(Term term) {
    int at = find(term);
    Fact direct = at >= 0 ? facts[at] : Fact.of(term);
    if (direct.isKnown() || !term.right.isConstant() || term.kind == TermKind.RELATION) {
      return direct;
    }
    Fact operand = of(term.left);
    int k = term.right.k;
    if (operand.isKnown()) {
      boolean divides = term.kind == TermKind.DIVIDE || term.kind == TermKind.MODULO;
      if ((divides && k == 0) || term.kind == TermKind.LOOK_UP) {
        return direct;
      }
      int result = term.kind.apply(operand.low(), k);
      return new Fact(term, result, result, result, ~result);
    }
    return switch (term.kind) {
      case AND -> direct.and(new Fact(term, 0, -1, operand.ones() & k, operand.zeros() | ~k));
      case SHIFT_RIGHT ->
          direct.and(new Fact(term, operand.low() >>> k, operand.high() >>> k, 0, 0));
      default -> direct;
    };
  }

  /// Whether a test holds.
  Fact.Outcome decide(Test test, Term left, Term right, TermTable terms) {
    if (right.isConstant()) {
      Fact.Outcome outcome = of(left).decide(test, right.k);
      if (test == Test.ANY_BIT && outcome == Fact.Outcome.OPEN && facts.length > 0) {
        return of(terms.and(left, right.k)).decide(Test.EQUAL, 0).opposite();
      }
      // What the term's width settles is open still where computing the term may drop the packet.
      return outcome == Fact.Outcome.OPEN || wasComputed(left) ? outcome : Fact.Outcome.OPEN;
    }
    return of(terms.relation(test, left, right)).decide(Test.EQUAL, 1);
  }

  /// Whether computing a term cannot drop the packet any more.
  private boolean wasComputed(Term term) {
    boolean isByZero = term.mayDivideByZero && term.right.isConstant(0);
    return !term.mayFail
        || find(term) >= 0
        || (term.right.isConstant()
            && term.kind.operation >= 0
            && !isByZero
            && wasComputed(term.left));
  }

  /// This with the outcome of a test.
  Facts learn(Test test, Term left, Term right, boolean holds, TermTable terms) {
    if (!right.isConstant()) {
      Term relation = terms.relation(test, left, right);
      return with(Fact.of(relation).learn(Test.EQUAL, holds ? 1 : 0, true));
    }
    if (test == Test.ANY_BIT && holds && Integer.bitCount(right.k) > 1) { // which bit is not known
      Term masked = terms.and(left, right.k);
      return with(of(masked).learn(test, right.k, true));
    }
    Facts more = with(of(left).learn(test, right.k, holds));
    if (left.isByConstant(TermKind.AND) && test == Test.EQUAL && holds) {
      int mask = left.right.k;
      Fact masked = of(left.left);
      Fact bits = new Fact(left.left, 0, -1, right.k, mask & ~right.k);
      return more.with(masked.and(bits));
    }
    return more;
  }

  /// Whether a term is known to be one of few numbers.
  boolean isOneOfFew(Term term) {
    int at = find(term);
    return at >= 0 && facts[at].isOneOf();
  }

  private Facts with(Fact fact) {
    int at = find(fact.term());
    if (at >= 0) {
      if (facts[at] == fact) {
        return this;
      }
      Fact[] changed = facts.clone();
      changed[at] = fact;
      return new Facts(changed, contents);
    }
    if (facts.length == MOST || fact.isEmpty()) {
      return this;
    }
    int place = ~at;
    Fact[] more = new Fact[facts.length + 1];
    System.arraycopy(facts, 0, more, 0, place);
    more[place] = fact;
    System.arraycopy(facts, place, more, place + 1, facts.length - place);
    return new Facts(more, contents);
  }

  /// What holds on either of two ways.
  Facts or(Facts other) {
    if (this == other) {
      return this;
    }
    Fact[] both = new Fact[Math.min(facts.length, other.facts.length)];
    int count = 0;
    int i = 0;
    int j = 0;
    while (i < facts.length && j < other.facts.length) {
      Fact mine = facts[i];
      Fact others = other.facts[j];
      if (mine.term() == others.term()) {
        Fact either = mine == others ? mine : mine.or(others);
        if (!either.isEmpty()) {
          both[count++] = either;
        }
        i++;
        j++;
      } else if (mine.term().id < others.term().id) {
        i++;
      } else {
        j++;
      }
    }
    Fact[] kept = new Fact[count];
    System.arraycopy(both, 0, kept, 0, count);
    return new Facts(kept, commonContents(other));
  }

  private Term[] commonContents(Facts other) {
    if (contents == other.contents) {
      return contents;
    }
    Term[] common = new Term[Math.min(contents.length, other.contents.length)];
    for (int v = 0; v < common.length; v++) {
      common[v] = contents[v] == other.contents[v] ? contents[v] : Term.NONE;
    }
    return common;
  }

  /// What a variable holds; [Term#NONE] if that is open.
  Term contentOf(int variable) {
    return variable < contents.length ? contents[variable] : Term.NONE;
  }

  /// This after an assignment.
  ///
  /// @param content what can stand for the variable from here on; [Term#NONE] if nothing can
  Facts assigned(Term variable, Term content) {
    int count = 0;
    Fact[] kept = new Fact[facts.length];
    for (Fact fact : facts) {
      if ((fact.term().variables & variable.variables) == 0) {
        kept[count++] = fact;
      }
    }
    Fact[] remaining = new Fact[count];
    System.arraycopy(kept, 0, remaining, 0, count);
    Term[] changed = new Term[Math.max(contents.length, variable.k + 1)];
    for (int v = 0; v < changed.length; v++) {
      Term held = contentOf(v);
      changed[v] = (held.variables & variable.variables) == 0 ? held : Term.NONE;
    }
    changed[variable.k] = content;
    return new Facts(remaining, changed);
  }
}
