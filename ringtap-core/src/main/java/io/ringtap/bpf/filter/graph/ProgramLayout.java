package io.ringtap.bpf.filter.graph;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.filter.FilterException;
import io.ringtap.bpf.filter.graph.CodeGenerator.Block;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lays blocks out as a program, from its end to its beginning: wherever a jump is written, the
/// place that it goes to is known. Places are counted from the end, the last instruction's being 0.
final class ProgramLayout {
  private static final int FARTHEST = 255;

  private final int snaplen;
  private final List<BpfInstruction> reversed = new ArrayList<>();

  /// Where each decision's first instruction is, by the decision's place.
  private final int[] tops;

  /// For a place that is far from those that jump to it, the nearest one that does the same.
  private final Map<Integer, Integer> relays = new HashMap<>();

  private record Jump(int code, int k, int ifTrue, int ifFalse) {}

  /// Where each conditional jump is.
  private final Map<Jump, Integer> written = new HashMap<>();

  private ProgramLayout(int decisions, int snaplen) {
    this.snaplen = snaplen;
    this.tops = new int[decisions];
  }

  /// @param scratch for the loops of chains, which take a word each
  /// @throws FilterException if the program is too long
  static BpfProgram program(List<Block> blocks, int snaplen, ScratchWords scratch) {
    ProgramLayout layout = new ProgramLayout(blocks.size(), snaplen);
    for (int i = blocks.size() - 1; i >= 0; i--) {
      layout.write(blocks.get(i), scratch);
    }
    int length = layout.reversed.size();
    if (length > BPF_MAXINSNS) {
      throw new FilterException(
          0, "the filter needs %d instructions; the kernel takes at most 4096".formatted(length));
    }
    Collections.reverse(layout.reversed);
    return new BpfProgram(layout.reversed);
  }

  private void write(Block block, ScratchWords scratch) {
    Decision decision = block.decision;
    switch (decision.kind) {
      case ACCEPT -> add(BPF_RET | BPF_K, snaplen);
      case REJECT -> add(BPF_RET | BPF_K, 0);
      case TEST -> {
        int ifTrue = block.isInverted ? no(block) : yes(block);
        int ifFalse = block.isInverted ? yes(block) : no(block);
        Jump jump = new Jump(block.jump, block.jumpConstant, ifTrue, ifFalse);
        // A jump looks at registers alone: two that go to the same places are one, whatever terms
        // the registers hold.
        if (block.codes.length == 0) {
          Integer same = written.get(jump);
          if (same != null) {
            tops[decision.place] = same;
            return;
          }
        }
        addJump(block.jump, block.jumpConstant, ifTrue, ifFalse);
        written.put(jump, here());
      }
      case ASSIGN -> {
        if (yes(block) != here()) {
          add(BPF_JMP | BPF_JA, here() - yes(block));
        }
      }
      case CHAIN -> {
        int word = scratch.borrow();
        ChainLoop.write(block, word, this);
        scratch.giveBack(word);
      }
    }
    for (int i = block.codes.length - 1; i >= 0; i--) {
      add(block.codes[i], block.constants[i]);
    }
    tops[decision.place] = here();
  }

  /// Where a block goes on if its decision holds.
  int yes(Block block) {
    return tops[block.decision.yes.place] - block.yesEntry;
  }

  /// Where a block goes on if its decision does not hold.
  int no(Block block) {
    return tops[block.decision.no.place] - block.noEntry;
  }

  /// The place of the instruction that was added last.
  int here() {
    return reversed.size() - 1;
  }

  /// Adds an instruction before all others.
  void add(int code, int k) {
    reversed.add(new BpfInstruction(code, 0, 0, k));
  }

  /// Adds a conditional jump, and what it needs to reach far.
  void addJump(int code, int k, int ifTrue, int ifFalse) {
    int nearFalse = near(ifFalse, 1);
    int nearTrue = near(ifTrue, 0);
    reversed.add(new BpfInstruction(code, here() - nearTrue, here() - nearFalse, k));
  }

  /// A place that does what `target` does and that a jump can reach.
  ///
  /// @param further how many instructions may come in between yet
  int near(int target, int further) {
    if (here() - target + further <= FARTHEST) {
      return target;
    }
    Integer relay = relays.get(target);
    if (relay != null && here() - relay + further <= FARTHEST) {
      return relay;
    }
    BpfInstruction there = reversed.get(target);
    if (classOf(there.code()) == BPF_RET) {
      reversed.add(there);
    } else {
      add(BPF_JMP | BPF_JA, here() - target);
    }
    relays.put(target, here());
    return here();
  }
}
