package io.ringtap.filter.graph;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.LookupTable;
import io.ringtap.filter.condition.Condition;
import java.util.ArrayList;
import java.util.List;

/// Makes the program of a condition.
public final class GraphCompiler {
  private static final int MOST_ROUNDS = 4;

  private GraphCompiler() {}

  /// Compiles `condition`.
  ///
  /// @param table what the condition looks up
  /// @param snaplen bytes of a matching packet to keep
  /// @param optimize whether the program is made short
  /// @return a program that [matches nothing][BpfProgram#matchesNothing] if that shows that no
  ///   packet can match
  /// @throws ProgramLimitException if it takes more than a program can hold
  public static BpfProgram compile(
      Condition condition, LookupTable table, int snaplen, boolean optimize) {
    TermTable terms = new TermTable();
    return shortest(decisions(condition, terms, optimize), terms, snaplen, optimize).program(table);
  }

  /// A program with the decisions that it makes.
  ///
  /// @param dot the decisions, in the language of Graphviz (DOT)
  public record Drawn(BpfProgram program, String dot) {}

  /// Compiles `condition`, and draws its decisions.
  ///
  /// @param table what the condition looks up
  /// @param snaplen bytes of a matching packet to keep
  /// @param optimize whether the program is made short
  /// @throws ProgramLimitException if it takes more than a program can hold
  public static Drawn draw(Condition condition, LookupTable table, int snaplen, boolean optimize) {
    TermTable terms = new TermTable();
    Decision[] order = decisions(condition, terms, optimize);
    String dot = GraphDot.of(order);
    return new Drawn(shortest(order, terms, snaplen, optimize).program(table), dot);
  }

  private static Decision[] decisions(Condition condition, TermTable terms, boolean optimize) {
    DecisionTable table = new DecisionTable(terms);
    Decision built = new GraphBuilder(table).build(condition);
    return table.inOrder(optimize ? shortened(built, table) : built);
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
  private static ProgramLayout shortest(
      Decision[] order, TermTable terms, int snaplen, boolean optimize) {
    long variables = optimize ? assigned(order) : 0;
    Attempt best = new Attempt(order, terms, snaplen, optimize, List.of(), variables);
    if (optimize) {
      List<Term> candidates = ScratchWords.often(best.computed);
      for (long left = variables; left != 0; left &= left - 1) {
        long other = best.intoX & ~Long.lowestOneBit(left);
        best = best.orShorter(new Attempt(order, terms, snaplen, true, List.of(), other));
      }
      for (Term candidate : candidates) {
        List<Term> more = new ArrayList<>(best.kept);
        more.add(candidate);
        best = best.orShorter(new Attempt(order, terms, snaplen, true, more, best.intoX));
      }
    }
    return best.layout;
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

  /// A program by some choices.
  private static final class Attempt {
    final List<Term> kept;
    final long intoX;

    /// As [CodeGenerator#computed] has it.
    final List<Term> computed;

    final ProgramLayout layout;

    /// @param kept terms that are stored wherever they are computed
    /// @param intoX variables that are computed in X, as [Term#variableBit] has them
    Attempt(
        Decision[] order,
        TermTable terms,
        int snaplen,
        boolean optimize,
        List<Term> kept,
        long intoX) {
      this.kept = kept;
      this.intoX = intoX;
      ScratchWords scratch = new ScratchWords(kept);
      CodeGenerator generator;
      CodeGenerator.Block[] blocks;
      do {
        generator = new CodeGenerator(terms, scratch, optimize, intoX);
        blocks = generator.generate(order);
      } while (scratch.hasGrown());
      this.computed = generator.computed();
      this.layout = new ProgramLayout(blocks, snaplen);
    }

    Attempt orShorter(Attempt other) {
      return other.layout.length() < layout.length() ? other : this;
    }
  }
}
