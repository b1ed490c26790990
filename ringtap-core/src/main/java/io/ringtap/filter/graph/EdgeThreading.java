package io.ringtap.filter.graph;

import io.ringtap.filter.graph.Decision.Kind;
import org.jspecify.annotations.Nullable;

/// Leads every edge past the tests whose outcome is known on all ways to it. A number that was
/// tested on the way was there to be loaded, so a test that is passed by would not have dropped the
/// packet. What nothing leads to any more is gone, and what has become equal is one.
final class EdgeThreading {
  private static final int MOST_PASSES = 8;

  private final DecisionTable table;
  private @Nullable Facts[] known = new Facts[0];

  EdgeThreading(DecisionTable table) {
    this.table = table;
  }

  Decision thread(Decision root) {
    Decision before = root;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      Decision after = pass(before);
      if (after == before) {
        break;
      }
      before = after;
    }
    return before;
  }

  private Decision pass(Decision root) {
    Decision[] order = table.inOrder(root);
    known = new Facts[order.length];
    Decision[] ifYes = new Decision[order.length];
    Decision[] ifNo = new Decision[order.length];
    known[0] = Facts.NONE;
    boolean changes = false;
    for (Decision decision : order) {
      int place = decision.place;
      Facts facts = known[place];
      if (facts != null && !decision.isEnd()) {
        Decision yes = follow(decision, facts, true);
        ifYes[place] = yes;
        ifNo[place] = decision.kind == Kind.ASSIGN ? yes : follow(decision, facts, false);
        changes |= yes != decision.yes || ifNo[place] != decision.no || isRemade(decision, facts);
      }
    }
    if (!changes) {
      return root;
    }
    Decision[] made = new Decision[order.length];
    for (int place = order.length - 1; place >= 0; place--) {
      Facts facts = known[place];
      if (facts != null) {
        Decision decision = order[place];
        made[place] =
            decision.isEnd()
                ? decision
                : remade(decision, facts, made[ifYes[place].place], made[ifNo[place].place]);
      }
    }
    return made[0];
  }

  /// What is known after a decision.
  private Facts after(Decision decision, Facts facts, boolean isYes) {
    return switch (decision.kind) {
      case TEST ->
          facts.learn(
              decision.test,
              resolved(decision.left, facts),
              resolved(decision.right, facts),
              isYes,
              table.terms);
      case ASSIGN -> {
        Term value = resolved(decision.left, facts);
        yield facts.assigned(decision.right, isCheap(value) ? value : Term.NONE);
      }
      case CHAIN, ACCEPT, REJECT -> facts;
    };
  }

  /// Whether a value is as easily computed anew as kept.
  private static boolean isCheap(Term value) {
    return switch (value.kind) {
      case CONSTANT, LENGTH, VARIABLE -> true;
      case LOAD -> value.isAbsoluteLoad();
      case ADD -> value.right.isConstant() && value.left.kind == TermKind.VARIABLE;
      default -> value.headerAt >= 0;
    };
  }

  /// Where an edge really goes; what is known on it becomes known there.
  private Decision follow(Decision decision, Facts facts, boolean isYes) {
    Decision target = isYes ? decision.yes : decision.no;
    if (target.isEnd()) { // where nothing asks for what is known
      known[target.place] = Facts.NONE;
      return target;
    }
    Facts after = after(decision, facts, isYes);
    Decision end = end(target, after);
    if (end.isEnd()) {
      known[end.place] = Facts.NONE;
    } else {
      Facts others = known[end.place];
      known[end.place] = others == null ? after : others.or(after);
    }
    return end;
  }

  /// The first decision from `target` on that is not settled by `facts`.
  private Decision end(Decision target, Facts facts) {
    Decision end = target;
    while (end.kind == Kind.TEST) {
      Term left = resolved(end.left, facts);
      Term right = resolved(end.right, facts);
      switch (facts.decide(end.test, left, right, table.terms)) {
        case YES -> end = end.yes;
        case NO -> end = end.no;
        case OPEN -> {
          // Of few numbers, each may lead to the same place in the end. Every test leaves fewer.
          if (!right.isConstant() || !facts.isOneOfFew(left)) {
            return end;
          }
          Decision ifYes = end(end.yes, facts.learn(end.test, left, right, true, table.terms));
          Decision ifNo = end(end.no, facts.learn(end.test, left, right, false, table.terms));
          if (ifYes != ifNo) {
            return end;
          }
          end = ifYes;
        }
      }
    }
    return end;
  }

  /// A term with what the variables in it hold in their places.
  private Term resolved(Term term, Facts facts) {
    Term resolved = term;
    long variables = term.variables;
    while (variables != 0) {
      int variable = Long.numberOfTrailingZeros(variables);
      Term content = facts.contentOf(variable);
      if (content != Term.NONE) {
        resolved = table.terms.substitute(resolved, table.terms.variable(variable), content);
      }
      variables &= variables - 1;
    }
    return resolved;
  }

  /// Whether variables in a decision are replaced by what they hold.
  private boolean isRemade(Decision decision, Facts facts) {
    return resolved(decision.left, facts) != decision.left
        || resolved(decision.right, facts) != decision.right;
  }

  private Decision remade(Decision decision, Facts facts, Decision yes, Decision no) {
    Term left = resolved(decision.left, facts);
    return switch (decision.kind) {
      case TEST -> table.test(decision.test, left, resolved(decision.right, facts), yes, no);
      case ASSIGN -> table.assign(decision.right, left, yes);
      case CHAIN -> table.chain(decision.chainVersion(), left, decision.chainProtocol(), yes, no);
      case ACCEPT, REJECT -> decision;
    };
  }
}
