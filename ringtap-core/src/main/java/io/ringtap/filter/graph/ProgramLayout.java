package io.ringtap.filter.graph;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.LookupTable;
import io.ringtap.filter.graph.CodeGenerator.Block;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lays blocks out as a program, from its end to its beginning: wherever a jump is written, the
/// place that it goes to is known. Places are counted from the end, the last instruction's being 0.
final class ProgramLayout {
  private static final int FARTHEST = 255;

  private final int snaplen;
  private BpfInstruction[] reversed;
  private int length;

  /// Whether an instruction that was added loads a word of scratch memory.
  private boolean loadsScratch;

  /// Where each decision's first instruction is, by the decision's place.
  private final int[] tops;

  /// For a place that is far from those that jump to it, the nearest one that does the same.
  private final Map<Integer, Integer> relays = new HashMap<>();

  /// The jumps of tests.
  private final WrittenJumps jumps;

  /// @param blocks of every decision, by its place
  ProgramLayout(Block[] blocks, int snaplen) {
    this.snaplen = snaplen;
    this.reversed = new BpfInstruction[2 * blocks.length + 8];
    this.tops = new int[blocks.length];
    this.jumps = new WrittenJumps(blocks.length);
    for (int i = blocks.length - 1; i >= 0; i--) {
      write(blocks[i]);
    }
  }

  /// How many instructions there are.
  int length() {
    return length;
  }

  /// @param table what the program looks up
  BpfProgram program(LookupTable table) {
    BpfInstruction[] instructions = new BpfInstruction[length];
    for (int i = 0; i < length; i++) {
      instructions[i] = reversed[length - 1 - i];
    }
    return new BpfProgram(List.of(instructions), table);
  }

  private void write(Block block) {
    Decision decision = block.decision;
    switch (decision.kind) {
      case ACCEPT -> add(BPF_RET | BPF_K, snaplen);
      case REJECT -> add(BPF_RET | BPF_K, 0);
      case TEST -> {
        int ifTrue = block.isInverted ? no(block) : yes(block);
        int ifFalse = block.isInverted ? yes(block) : no(block);
        int slot = jumps.slotOf(block.jump, block.jumpConstant, ifTrue, ifFalse);
        // A jump looks only at registers: two that go to the same places are one, whatever terms
        // the registers hold.
        if (block.codes.length == 0 && jumps.isWritten(slot)) {
          tops[decision.place] = jumps.place(slot);
          return;
        }
        addJump(block.jump, block.jumpConstant, ifTrue, ifFalse);
        jumps.write(slot, block.jump, block.jumpConstant, ifTrue, ifFalse, here());
      }
      case ASSIGN -> {
        if (yes(block) != here()) {
          add(BPF_JMP | BPF_JA, here() - yes(block));
        }
      }
      case CHAIN -> ChainLoop.write(block, this);
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
    return length - 1;
  }

  /// Adds an instruction before all others.
  void add(int code, int k) {
    add(new BpfInstruction(code, 0, 0, k));
  }

  private void add(BpfInstruction instruction) {
    loadsScratch |= isScratchLoad(instruction.code());
    if (length == reversed.length) {
      reversed = Arrays.copyOf(reversed, 2 * length);
    }
    reversed[length++] = instruction;
  }

  private static boolean isScratchLoad(int code) {
    return code == (BPF_LD | BPF_MEM) || code == (BPF_LDX | BPF_MEM);
  }

  /// Adds a conditional jump, and what it needs to reach far.
  void addJump(int code, int k, int ifTrue, int ifFalse) {
    int nearFalse = near(ifFalse, 1);
    int nearTrue = near(ifTrue, 0);
    add(new BpfInstruction(code, here() - nearTrue, here() - nearFalse, k));
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
    BpfInstruction there = reversed[target];
    // Linux (check_load_and_stores in net/core/filter.c) takes what follows a return for code that
    // it runs on into, and refuses a load there of a word that was not written before the return.
    if (classOf(there.code()) == BPF_RET && !loadsScratch) {
      add(there);
    } else {
      add(BPF_JMP | BPF_JA, here() - target);
    }
    relays.put(target, here());
    return here();
  }
}
