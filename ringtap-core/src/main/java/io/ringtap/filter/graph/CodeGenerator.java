package io.ringtap.filter.graph;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.filter.graph.Decision.Kind;
import io.ringtap.filter.graph.Decision.Test;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives each decision its instructions: a preparation, which brings into the registers what the
/// decision looks at, and a jump. Whoever comes with some of that in the registers already enters
/// the preparation after it, so what only some ways need is executed by those only.
final class CodeGenerator {
  /// A term of less weight is computed as fast as it is loaded from scratch memory.
  private static final int LEAST_WEIGHT_TO_KEEP = 4;

  private static final int[] NO_CODES = new int[0];

  private final TermTable terms;
  private final ScratchWords scratch;
  private final boolean reusesRegisters;
  private final long intoX;
  private final RegisterLoader preparation;

  /// The first and the last of the ways into each decision, by its place.
  private @Nullable Way[] ways = new Way[0];

  private @Nullable Way[] lastWays = new Way[0];

  /// Scratch of [#enter].
  private int[] live = new int[16];

  private final List<Term> computed = new ArrayList<>();

  /// @param reusesRegisters whether a decision makes use of what those before it left in registers
  /// @param intoX the variables that are computed in X rather than in A, as [Term#variableBit]
  CodeGenerator(TermTable terms, ScratchWords scratch, boolean reusesRegisters, long intoX) {
    this.terms = terms;
    this.scratch = scratch;
    this.reusesRegisters = reusesRegisters;
    this.intoX = intoX;
    this.preparation = new RegisterLoader(scratch);
  }

  /// A way from one decision to the next.
  static final class Way {
    final Block from;
    final boolean isYes;
    final RegisterState state;

    /// Before which instruction of the target's preparation it enters.
    int entry;

    /// The next of those that lead to the same decision.
    @Nullable Way next;

    Way(Block from, boolean isYes, RegisterState state) {
      this.from = from;
      this.isYes = isYes;
      this.state = state;
    }
  }

  /// A decision with its instructions.
  static final class Block {
    final Decision decision;
    int[] codes = NO_CODES;
    int[] constants = NO_CODES;

    /// The opcode and constant of a test's jump.
    int jump;

    int jumpConstant;

    /// Whether the jump holds where the test does not.
    boolean isInverted;

    /// Where each branch enters the preparation of its target.
    int yesEntry;

    int noEntry;

    /// The word of scratch memory that a chain's loop keeps the number of the next protocol in.
    int word;

    Block(Decision decision) {
      this.decision = decision;
    }
  }

  /// @param order decisions as [DecisionTable#inOrder] gives them
  Block[] generate(Decision[] order) {
    Block[] blocks = new Block[order.length];
    ways = new Way[order.length];
    lastWays = new Way[order.length];
    Block above = new Block(order[0]);
    lead(new Way(above, true, RegisterState.initial(terms.constant(0))), order[0]);
    for (Decision decision : order) {
      Block block = new Block(decision);
      blocks[decision.place] = block;
      Way into = ways[decision.place];
      if (into != null && !decision.isEnd()) {
        prepare(block, into, above);
      }
      above = block;
    }
    return blocks;
  }

  /// The terms that instructions were written to compute, more than one for each; a term stands
  /// there as often as it is computed.
  List<Term> computed() {
    return computed;
  }

  private void lead(Way way, Decision to) {
    Way last = lastWays[to.place];
    lastWays[to.place] = way;
    if (last == null) {
      ways[to.place] = way;
    } else {
      last.next = way;
    }
  }

  private void prepare(Block block, Way into, Block above) {
    Decision decision = block.decision;
    write(block, meetOfUnprepared(decision, into));
    int first = enter(into, jumpReads(block), above);
    // A single way that comes in at the top has in its registers what they were written for.
    boolean isAsWritten = into.next == null && first == 0;
    RegisterState after = isAsWritten ? preparation.state() : replay(into, first);
    finish(block, into, first);
    leave(block, decision, after);
  }

  /// What all those have in common who do not come with everything that is needed.
  private RegisterState meetOfUnprepared(Decision decision, Way into) {
    RegisterState meet = null;
    for (Way way = into; way != null; way = way.next) {
      if (!reusesRegisters || !isPrepared(decision, way.state)) {
        meet = meet == null ? way.state : meet.meet(way.state);
      }
    }
    if (meet == null) {
      meet = into.state;
      for (Way way = into.next; way != null; way = way.next) {
        meet = meet.meet(way.state);
      }
    }
    return reusesRegisters ? meet : meet.withoutRegisters();
  }

  private static boolean isPrepared(Decision decision, RegisterState state) {
    return decision.kind == Kind.TEST && decision.right.isConstant() && state.aHolds(decision.left);
  }

  private void write(Block block, RegisterState meet) {
    Decision decision = block.decision;
    preparation.begin(meet);
    switch (decision.kind) {
      case TEST -> {
        Term left = decision.left;
        Term right = decision.right;
        if (right.isConstant()) {
          preparation.toA(left);
          block.jump = BPF_JMP | decision.test.operation | BPF_K;
          block.jumpConstant = right.k;
        } else {
          boolean swapped = preparation.toAAndX(left, right, true);
          boolean turned = swapped && decision.test == Test.AT_LEAST; // x >= a is !(a > x)
          block.jump = BPF_JMP | (turned ? BPF_JGT : decision.test.operation) | BPF_X;
          block.isInverted = turned;
        }
      }
      case ASSIGN ->
          preparation.assign(
              decision.right, decision.left, (intoX & decision.right.variables) != 0);
      case CHAIN -> ChainLoop.prepare(decision, terms, preparation);
      case ACCEPT, REJECT -> {}
    }
  }

  private int jumpReads(Block block) {
    return switch (block.decision.kind) {
      case TEST -> RegisterLoader.reads(block.jump, 0);
      case CHAIN -> RegisterLoader.A | RegisterLoader.X;
      case ASSIGN, ACCEPT, REJECT -> 0;
    };
  }

  /// Lets each way in at the last place where its registers hold all that follows.
  ///
  /// @return the first place that anyone enters at
  private int enter(Way into, int readAtEnd, Block above) {
    int length = preparation.length();
    if (live.length <= length) {
      live = new int[2 * length];
    }
    live[length] = readAtEnd;
    for (int i = length - 1; i >= 0; i--) {
      int code = preparation.code(i);
      int k = preparation.constant(i);
      live[i] = (live[i + 1] & ~RegisterLoader.writes(code, k)) | RegisterLoader.reads(code, k);
    }
    int first = length;
    Way falling = null;
    for (Way way = into; way != null; way = way.next) {
      int entry = reusesRegisters && readAtEnd != 0 ? length : 0;
      while (entry > 0 && !way.state.satisfies(preparation.before(entry), live[entry])) {
        entry--;
      }
      way.entry = entry;
      first = Math.min(first, entry);
      if (way.from == above && above.decision.kind == Kind.ASSIGN) {
        falling = way;
      }
    }
    // Whoever falls in from above comes in at the top, if it can; otherwise it has to jump.
    if (falling != null && falling.entry > first) {
      if (falling.state.satisfies(preparation.before(first), live[first])) {
        falling.entry = first;
      }
    }
    return first;
  }

  /// What the registers hold at the end, for all that enter on the way.
  private RegisterState replay(Way into, int first) {
    int length = preparation.length();
    RegisterState state = null;
    for (int i = first; i <= length; i++) {
      for (Way way = into; way != null; way = way.next) {
        if (way.entry == i) {
          state = state == null ? way.state : state.meet(way.state);
        }
      }
      if (i < length && state != null) {
        state = step(state, i);
      }
    }
    return state == null ? RegisterState.unknown() : state;
  }

  /// What the registers hold after an instruction of the preparation.
  private RegisterState step(RegisterState state, int instruction) {
    RegisterState written = preparation.before(instruction + 1);
    int writes =
        RegisterLoader.writes(preparation.code(instruction), preparation.constant(instruction));
    return state.withFrom(written, writes);
  }

  private void finish(Block block, Way into, int first) {
    int length = preparation.length() - first;
    if (length > 0) {
      block.codes = new int[length];
      block.constants = new int[length];
      for (int i = 0; i < length; i++) {
        block.codes[i] = preparation.code(first + i);
        block.constants[i] = preparation.constant(first + i);
        if (i > 0) {
          noteComputed(first + i);
        }
      }
    }
    for (Way way = into; way != null; way = way.next) {
      if (way.isYes) {
        way.from.yesEntry = way.entry - first;
      } else {
        way.from.noEntry = way.entry - first;
      }
    }
  }

  /// Notes the term that an instruction brings into A, if it took more than that one to compute it
  /// and is not loaded from where it was kept.
  private void noteComputed(int instruction) {
    int code = preparation.code(instruction);
    boolean computes = classOf(code) == BPF_ALU || code == (BPF_LD | BPF_IND | sizeOf(code));
    if (computes) {
      Term term = preparation.before(instruction + 1).a;
      if (term.weight >= LEAST_WEIGHT_TO_KEEP && term.headerAt < 0) {
        computed.add(term);
      }
    }
  }

  private void leave(Block block, Decision decision, RegisterState after) {
    switch (decision.kind) {
      case TEST -> leave(block, after, decision);
      // No jump enters one halfway, so what it was written for is what holds.
      case ASSIGN -> lead(new Way(block, true, preparation.state()), decision.yes);
      case CHAIN -> {
        block.word = scratch.borrow();
        scratch.giveBack(block.word);
        leave(block, ChainLoop.after(after, block.word), decision);
      }
      case ACCEPT, REJECT -> {}
    }
  }

  private void leave(Block block, RegisterState after, Decision decision) {
    lead(new Way(block, true, after), decision.yes);
    lead(new Way(block, false, after), decision.no);
  }
}
