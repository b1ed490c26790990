package io.ringtap.bpf.filter.graph;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.filter.FilterException;
import java.util.List;

/// Makes the program of a condition.
public final class GraphCompiler {
  private static final int MOST_ROUNDS = 4;

  private GraphCompiler() {}

  /// A program, and the decisions that it makes.
  ///
  /// @param graph in the language of Graphviz (DOT)
  public record Result(BpfProgram program, String graph) {}

  /// @param snaplen octets of a matching packet to keep
  /// @param optimize whether the program is made short
  /// @throws FilterException if nothing can match, or if it takes more than a program can hold
  public static Result compile(Condition condition, int snaplen, boolean optimize) {
    TermTable terms = new TermTable();
    DecisionTable table = new DecisionTable(terms);
    Decision built = new GraphBuilder(table).build(condition);
    Decision root = optimize ? shortened(built, table) : built;
    if (root == table.reject && optimize) {
      throw FilterException.forRejectingAll();
    }
    Decision[] order = table.inOrder(root);
    return new Result(shortest(order, terms, snaplen, optimize), GraphDot.of(order));
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

  private static BpfProgram shortest(
      Decision[] order, TermTable terms, int snaplen, boolean optimize) {
    ScratchWords scratch = new ScratchWords();
    List<CodeGenerator.Block> blocks;
    do {
      blocks = new CodeGenerator(terms, scratch, optimize, 0).generate(order);
    } while (scratch.hasGrown());
    return ProgramLayout.program(blocks, snaplen, scratch);
  }
}
