package io.ringtap.filter.graph;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Condition.Always;
import io.ringtap.filter.condition.Condition.And;
import io.ringtap.filter.condition.Condition.Assign;
import io.ringtap.filter.condition.Condition.Chain;
import io.ringtap.filter.condition.Condition.Compare;
import io.ringtap.filter.condition.Condition.Never;
import io.ringtap.filter.condition.Condition.Not;
import io.ringtap.filter.condition.Condition.Or;
import java.util.ArrayDeque;

/// Makes a graph of a condition, from its end to its beginning: what comes after a part is known
/// when the part is made, so that equal ways to an end become one.
final class GraphBuilder {
  /// The left side of an And or an Or, still to be made. What stands to its right is made first:
  /// the part leads there instead of to `yes` (And) or `no` (Or).
  private record Pending(Condition part, boolean isOfAnd, Decision yes, Decision no) {}

  private final DecisionTable table;

  GraphBuilder(DecisionTable table) {
    this.table = table;
  }

  Decision build(Condition condition) {
    // Not recursive: a filter may well be an `or` of ten thousand hosts.
    ArrayDeque<Pending> stack = new ArrayDeque<>();
    Decision made = rightmost(condition, table.accept, table.reject, stack);
    while (!stack.isEmpty()) {
      Pending next = stack.pop();
      Decision yes = next.isOfAnd ? made : next.yes;
      Decision no = next.isOfAnd ? next.no : made;
      made = rightmost(next.part, yes, no, stack);
    }
    return withZeros(made);
  }

  /// Makes the rightmost of the parts that a condition has, and leaves those to its left pending.
  private Decision rightmost(
      Condition condition, Decision ifYes, Decision ifNo, ArrayDeque<Pending> stack) {
    Condition part = condition;
    Decision yes = ifYes;
    Decision no = ifNo;
    while (true) {
      switch (part) {
        case And and -> {
          stack.push(new Pending(and.left(), true, yes, no));
          part = and.right();
        }
        case Or or -> {
          stack.push(new Pending(or.left(), false, yes, no));
          part = or.right();
        }
        case Not not -> {
          part = not.operand();
          Decision before = yes;
          yes = no;
          no = before;
        }
        case Always _ -> {
          return yes;
        }
        case Never _ -> {
          return no;
        }
        case Compare compare -> {
          return table.compare(
              table.terms.of(compare.left()),
              compare.relation(),
              table.terms.of(compare.right()),
              yes,
              no);
        }
        case Assign assign -> {
          return table.assign(
              table.terms.variable(assign.variable()), table.terms.of(assign.value()), yes);
        }
        case Chain chain -> {
          return table.chain(
              chain.version(), table.terms.of(chain.network()), chain.protocol(), yes, no);
        }
      }
    }
  }

  /// Gives 0 at the beginning to the variables that some way asks for without an assignment.
  private Decision withZeros(Decision root) {
    Decision first = root;
    for (long left = root.needs; left != 0; left &= left - 1) {
      Term variable = table.terms.variable(Long.numberOfTrailingZeros(left));
      first = table.assign(variable, table.terms.constant(0), first);
    }
    return first;
  }
}
