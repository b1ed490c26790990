package io.ringtap.bpf.filter.graph;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.bpf.filter.graph.Decision.Kind;
import io.ringtap.bpf.filter.graph.Decision.Test;
import java.util.ArrayList;
import java.util.List;

/// Gives each decision its instructions: a preparation, which brings into the registers what the
/// decision looks at, and a jump. Whoever comes with some of that in the registers already enters
/// the preparation behind it, so what only some ways need is executed by those alone.
final class CodeGenerator {
  private final TermTable terms;
  private final boolean reusesRegisters;
  private final long intoX;
  private final Preparation preparation;

  /// The ways into each decision, by its place.
  private final List<List<Way>> ways = new ArrayList<>();

  /// @param reusesRegisters whether a decision makes use of what those before it left in registers
  /// @param intoX the variables that are computed in X rather than in A, as [Term#variableBit]
  CodeGenerator(TermTable terms, ScratchWords scratch, boolean reusesRegisters, long intoX) {
    this.terms = terms;
    this.reusesRegisters = reusesRegisters;
    this.intoX = intoX;
    this.preparation = new Preparation(scratch);
  }

  /// A way from one decision to the next.
  static final class Way {
    final Block from;
    final boolean isYes;
    final RegisterState state;

    /// Before which instruction of the target's preparation it enters.
    int entry;

    Way(Block from, boolean isYes, RegisterState state) {
      this.from = from;
      this.isYes = isYes;
      this.state = state;
    }
  }

  /// A decision with its instructions.
  static final class Block {
    final Decision decision;
    int[] codes = new int[0];
    int[] constants = new int[0];

    /// The opcode and constant of a test's jump.
    int jump;

    int jumpConstant;

    /// Whether the jump holds where the test does not.
    boolean isInverted;

    /// Where each branch enters the preparation of its target.
    int yesEntry;

    int noEntry;

    Block(Decision decision) {
      this.decision = decision;
    }
  }

  /// @param order decisions as [DecisionTable#inOrder] gives them
  List<Block> generate(Decision[] order) {
    List<Block> blocks = new ArrayList<>(order.length);
    for (int i = 0; i < order.length; i++) {
      ways.add(new ArrayList<>(2));
    }
    Block start = new Block(order[0]);
    ways.get(0).add(new Way(start, true, RegisterState.initial(terms.constant(0))));
    for (Decision decision : order) {
      Block block = new Block(decision);
      blocks.add(block);
      if (!decision.isEnd()) {
        prepare(
            block,
            ways.get(decision.place),
            blocks.size() > 1 ? blocks.get(blocks.size() - 2) : start);
      }
    }
    return blocks;
  }

  private void prepare(Block block, List<Way> into, Block above) {
    Decision decision = block.decision;
    RegisterState meet = meetOfUnprepared(decision, into);
    write(block, meet);
    int first = enter(into, jumpReads(block), above);
    RegisterState after = replay(into, first);
    finish(block, first);
    leave(block, decision, after);
  }

  /// What all those have in common who do not come with everything that is needed.
  private RegisterState meetOfUnprepared(Decision decision, List<Way> into) {
    RegisterState meet = null;
    for (Way way : into) {
      if (!reusesRegisters || !isPrepared(decision, way.state)) {
        meet = meet == null ? way.state : meet.meet(way.state);
      }
    }
    if (meet == null) {
      for (Way way : into) {
        meet = meet == null ? way.state : meet.meet(way.state);
      }
    }
    RegisterState found = meet == null ? RegisterState.unknown() : meet;
    return reusesRegisters ? found : found.withoutRegisters();
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
      case TEST -> Preparation.reads(block.jump, 0);
      case CHAIN -> Preparation.A | Preparation.X;
      case ASSIGN, ACCEPT, REJECT -> 0;
    };
  }

  /// Lets each way in at the last place where its registers hold all that follows.
  ///
  /// @return the first place that anyone enters at
  private int enter(List<Way> into, int readAtEnd, Block above) {
    int length = preparation.length();
    int[] live = new int[length + 1];
    live[length] = readAtEnd;
    for (int i = length - 1; i >= 0; i--) {
      int code = preparation.code(i);
      int k = preparation.constant(i);
      live[i] = (live[i + 1] & ~Preparation.writes(code, k)) | Preparation.reads(code, k);
    }
    int first = length;
    Way falling = null;
    for (Way way : into) {
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
  private RegisterState replay(List<Way> into, int first) {
    int length = preparation.length();
    RegisterState state = null;
    for (int i = first; i <= length; i++) {
      for (Way way : into) {
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

  /// What the registers hold behind an instruction of the preparation.
  private RegisterState step(RegisterState state, int instruction) {
    RegisterState written = preparation.before(instruction + 1);
    int writes =
        Preparation.writes(preparation.code(instruction), preparation.constant(instruction));
    return state.withFrom(written, writes);
  }

  private void finish(Block block, int first) {
    int length = preparation.length() - first;
    block.codes = new int[length];
    block.constants = new int[length];
    for (int i = 0; i < length; i++) {
      block.codes[i] = preparation.code(first + i);
      block.constants[i] = preparation.constant(first + i);
    }
    for (Way way : ways.get(block.decision.place)) {
      if (way.isYes) {
        way.from.yesEntry = way.entry - first;
      } else {
        way.from.noEntry = way.entry - first;
      }
    }
  }

  private void leave(Block block, Decision decision, RegisterState after) {
    switch (decision.kind) {
      case TEST -> {
        ways.get(decision.yes.place).add(new Way(block, true, after));
        ways.get(decision.no.place).add(new Way(block, false, after));
      }
      // Nobody enters one halfway, so what it was written for is what holds.
      case ASSIGN -> ways.get(decision.yes.place).add(new Way(block, true, preparation.state()));
      case CHAIN -> {
        RegisterState left = ChainLoop.after(after);
        ways.get(decision.yes.place).add(new Way(block, true, left));
        ways.get(decision.no.place).add(new Way(block, false, left));
      }
      case ACCEPT, REJECT -> {}
    }
  }
}
