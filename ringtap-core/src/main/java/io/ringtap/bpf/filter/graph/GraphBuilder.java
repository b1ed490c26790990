package io.ringtap.bpf.filter.graph;

import io.ringtap.bpf.filter.graph.Condition.Always;
import io.ringtap.bpf.filter.graph.Condition.And;
import io.ringtap.bpf.filter.graph.Condition.Assign;
import io.ringtap.bpf.filter.graph.Condition.Chain;
import io.ringtap.bpf.filter.graph.Condition.Compare;
import io.ringtap.bpf.filter.graph.Condition.Never;
import io.ringtap.bpf.filter.graph.Condition.Not;
import io.ringtap.bpf.filter.graph.Condition.Or;
import java.util.ArrayDeque;

/// Makes a graph of a condition, from its end to its beginning: what comes after a part is known
/// when the part is made, so that equal ways to an end become one.
final class GraphBuilder {
  /// A part still to be made. One with a joint waits for what stands to its right: the part then
  /// leads there instead of to `yes` (And) or `no` (Or).
  private record Pending(Condition part, Joint joint, Decision yes, Decision no) {}

  private enum Joint {
    NONE,
    AND,
    OR
  }

  private final DecisionTable table;

  GraphBuilder(DecisionTable table) {
    this.table = table;
  }

  Decision build(Condition condition) {
    // Not recursive: a filter may well be an `or` of ten thousand hosts.
    ArrayDeque<Pending> stack = new ArrayDeque<>();
    stack.push(new Pending(condition, Joint.NONE, table.accept, table.reject));
    Decision made = table.reject;
    while (!stack.isEmpty()) {
      Pending next = stack.pop();
      Decision yes = next.joint == Joint.AND ? made : next.yes;
      Decision no = next.joint == Joint.OR ? made : next.no;
      switch (next.part) {
        case And and -> {
          stack.push(new Pending(and.left(), Joint.AND, yes, no));
          stack.push(new Pending(and.right(), Joint.NONE, yes, no));
        }
        case Or or -> {
          stack.push(new Pending(or.left(), Joint.OR, yes, no));
          stack.push(new Pending(or.right(), Joint.NONE, yes, no));
        }
        case Not not -> stack.push(new Pending(not.operand(), Joint.NONE, no, yes));
        case Always _ -> made = yes;
        case Never _ -> made = no;
        case Compare compare ->
            made =
                table.compare(
                    table.terms.of(compare.left()),
                    compare.relation(),
                    table.terms.of(compare.right()),
                    yes,
                    no);
        case Assign assign ->
            made =
                table.assign(
                    table.terms.variable(assign.variable()), table.terms.of(assign.value()), yes);
        case Chain chain ->
            made =
                table.chain(
                    chain.version(), table.terms.of(chain.network()), chain.protocol(), yes, no);
      }
    }
    return withZeros(made);
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
