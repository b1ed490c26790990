package io.ringtap.bpf.filter.graph;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.filter.FilterException;
import java.util.ArrayList;
import java.util.List;

/// Makes the program of a condition.
public final class GraphCompiler {
  private static final int MOST_ROUNDS = 4;

  private GraphCompiler() {}

  /// Compiles `condition`.
  ///
  /// @param snaplen octets of a matching packet to keep
  /// @param optimize whether the program is made short
  /// @throws FilterException if nothing can match, or if it takes more than a program can hold
  public static BpfProgram compile(Condition condition, int snaplen, boolean optimize) {
    TermTable terms = new TermTable();
    return shortest(decisions(condition, terms, optimize), terms, snaplen, optimize);
  }

  /// The decisions that the program of `condition` makes, in the language of Graphviz (DOT).
  ///
  /// @param optimize whether the program is made short
  /// @throws FilterException if nothing can match
  public static String graph(Condition condition, boolean optimize) {
    return GraphDot.of(decisions(condition, new TermTable(), optimize));
  }

  private static Decision[] decisions(Condition condition, TermTable terms, boolean optimize) {
    DecisionTable table = new DecisionTable(terms);
    Decision built = new GraphBuilder(table).build(condition);
    Decision root = optimize ? shortened(built, table) : built;
    if (root == table.reject && optimize) {
      throw new FilterException(0, "expression rejects all packets");
    }
    return table.inOrder(root);
  }

  private static Decision shortened(Decision built, DecisionTable table) {
    EdgeThreading threading = new EdgeThreading(table);
    Decision root = threading.thread(built);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Decision grouped = new TestGrouping(table).group(root);
      if (grouped == root) {
        break;
      }
      root = threading.thread(grouped);
    }
    return root;
  }

  /// Where values are kept for later there are choices, of which one after another is tried.
  private static BpfProgram shortest(
      Decision[] order, TermTable terms, int snaplen, boolean optimize) {
    ScratchWords scratch = new ScratchWords(List.of());
    long variables = optimize ? assigned(order) : 0;
    BpfProgram best = program(order, terms, snaplen, optimize, scratch, variables);
    if (!optimize) {
      return best;
    }
    long intoX = variables;
    for (long left = variables; left != 0; left &= left - 1) {
      long other = intoX & ~Long.lowestOneBit(left);
      BpfProgram program = program(order, terms, snaplen, true, new ScratchWords(List.of()), other);
      if (length(program) < length(best)) {
        best = program;
        intoX = other;
      }
    }
    List<Term> kept = List.of();
    for (Term candidate : scratch.computedOften()) {
      List<Term> more = new ArrayList<>(kept);
      more.add(candidate);
      BpfProgram program = program(order, terms, snaplen, true, new ScratchWords(more), intoX);
      if (length(program) < length(best)) {
        best = program;
        kept = more;
      }
    }
    return best;
  }

  private static int length(BpfProgram program) {
    return program.instructions().size();
  }

  /// The variables that are assigned, as [Term#variableBit] has them.
  private static long assigned(Decision[] order) {
    long variables = 0;
    for (Decision decision : order) {
      if (decision.kind == Decision.Kind.ASSIGN) {
        variables |= decision.right.variables;
      }
    }
    return variables;
  }

  private static BpfProgram program(
      Decision[] order,
      TermTable terms,
      int snaplen,
      boolean optimize,
      ScratchWords scratch,
      long intoX) {
    List<CodeGenerator.Block> blocks;
    do {
      blocks = new CodeGenerator(terms, scratch, optimize, intoX).generate(order);
    } while (scratch.hasGrown());
    return ProgramLayout.program(blocks, snaplen, scratch);
  }
}
