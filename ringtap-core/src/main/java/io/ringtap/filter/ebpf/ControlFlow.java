package io.ringtap.filter.ebpf;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.bpf.BpfInstruction;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// The paths through a program, and how long a packet must be on each: what is known of each
/// instruction before the first is translated.
///
/// A load beyond the end of the packet is a miss. So the shortest packet that can still match is
/// found from the end of the program to its beginning: one comparison with that length stands for
/// those of all loads that are sure to follow.
final class ControlFlow {
  /// A target: the packet does not match.
  static final int MISS = -1;

  /// A length that no frame has, since none can be addressed beyond it: the path ends in a miss.
  static final int NEVER = 0x10000;

  private static final int NO_LOOP = -1;

  private final List<BpfInstruction> program;

  /// How long a packet must be at least to match from each instruction on.
  private final int[] needed;

  /// How long it is known to be before each instruction.
  private final int[] known;

  private final BitSet reachable = new BitSet();

  /// How many instructions lead to each.
  private final int[] sources;

  /// What is reached not only from the instruction before.
  private final BitSet targets = new BitSet();

  private final BitSet loops = new BitSet();

  /// The first instruction of the loop that each is in; negative for one in no loop.
  private final int[] loopOf;

  ControlFlow(List<BpfInstruction> program) {
    this.program = program;
    this.needed = new int[program.size() + 1];
    this.known = new int[program.size()];
    this.loopOf = new int[program.size()];
    Arrays.fill(loopOf, NO_LOOP);
    this.sources = new int[program.size() + 1];
    findNeeds();
    follow();
    for (int i = reachable.nextSetBit(0); i >= 0; i = reachable.nextSetBit(i + 1)) {
      count(i);
    }
  }

  private void findNeeds() {
    needed[program.size()] = NEVER;
    for (int i = program.size() - 1; i >= 0; i--) {
      BpfInstruction one = program.get(i);
      needed[i] = Math.min(NEVER, need(i, one));
    }
  }

  private int need(int i, BpfInstruction one) {
    int code = one.code();
    return switch (classOf(code)) {
      case BPF_RET -> code == (BPF_RET | BPF_K) && one.k() == 0 ? NEVER : 0;
      case BPF_JMP -> {
        if (isConditional(code)) {
          yield Math.min(needed[i + 1 + one.jt()], needed[i + 1 + one.jf()]);
        }
        yield one.k() < 0 ? 0 : needed[i + 1 + one.k()];
      }
      default -> Math.max(reach(one), needed[i + 1]);
    };
  }

  /// How many bytes from its beginning on a packet must have for a load at a fixed place; 0 for all
  /// else.
  static int reach(BpfInstruction one) {
    int kind = classOf(one.code());
    int mode = modeOf(one.code());
    boolean isFixed = (kind == BPF_LD && mode == BPF_ABS) || (kind == BPF_LDX && mode == BPF_MSH);
    if (!isFixed || one.k() < 0) {
      return 0;
    }
    return (int) Math.min(NEVER, (long) one.k() + bytes(one.code()));
  }

  /// How many bytes a load takes.
  static int bytes(int code) {
    return switch (sizeOf(code)) {
      case BPF_B -> 1;
      case BPF_H -> 2;
      default -> 4;
    };
  }

  static boolean isConditional(int code) {
    return classOf(code) == BPF_JMP && operationOf(code) != BPF_JA;
  }

  /// Marks what is reached, and finds what is known of the length there: once from the beginning to
  /// the end, and again as long as a jump back brings something new.
  private void follow() {
    Arrays.fill(known, NEVER);
    boolean isNew = reach(0, 0);
    while (isNew) {
      isNew = false;
      for (int i = reachable.nextSetBit(0); i >= 0; i = reachable.nextSetBit(i + 1)) {
        isNew |= followFrom(i);
      }
    }
  }

  /// @return whether something before `at` is new
  private boolean followFrom(int at) {
    if (isMiss(at)) {
      return false;
    }
    BpfInstruction one = program.get(at);
    int length = Math.max(known[at], comparedAt(at));
    return switch (classOf(one.code())) {
      case BPF_RET -> false;
      case BPF_JMP -> {
        boolean isNew = false;
        for (int target : targets(at)) {
          if (target != MISS) {
            if (target <= at) {
              loops.set(target);
              Arrays.fill(loopOf, target, at + 1, target);
            }
            isNew |= reach(target, length) && target <= at;
          }
        }
        yield isNew;
      }
      default -> {
        boolean _ = reach(at + 1, length);
        yield false;
      }
    };
  }

  private void count(int at) {
    int kind = classOf(program.get(at).code());
    if (isMiss(at) || kind == BPF_RET) {
      return;
    }
    if (kind != BPF_JMP) {
      sources[at + 1]++;
      return;
    }
    boolean isSet = operationOf(program.get(at).code()) == BPF_JSET; // has no opposite
    int[] ways = targets(at);
    for (int target : ways) {
      if (target > at) {
        sources[target]++;
        if (target != next(at) || isExit(at, target) || (isSet && target == ways[0])) {
          targets.set(target);
        }
      }
    }
  }

  /// @return whether this is new
  private boolean reach(int at, int length) {
    boolean isNew = !reachable.get(at) || length < known[at];
    reachable.set(at);
    known[at] = Math.min(known[at], length);
    return isNew;
  }

  /// The length that the packet's is to be compared with before a load; 0 if it need not be.
  int comparedAt(int at) {
    return reach(program.get(at)) > known[at] ? needed[at] : 0;
  }

  /// Where a jump goes, once over jumps that do nothing else: if its comparison holds, and if not.
  int[] targets(int at) {
    BpfInstruction jump = program.get(at);
    return isConditional(jump.code())
        ? new int[] {target(at + 1 + jump.jt()), target(at + 1 + jump.jf())}
        : new int[] {target(at + 1 + jump.k())};
  }

  private int target(int first) {
    int at = first;
    while (program.get(at).code() == (BPF_JMP | BPF_JA) && program.get(at).k() >= 0) {
      at += 1 + program.get(at).k();
    }
    return isMiss(at) ? MISS : at;
  }

  /// Whether no packet matches from an instruction on.
  boolean isMiss(int at) {
    return needed[at] >= NEVER;
  }

  /// Whether an instruction is the first of a loop: a jump goes back to it.
  boolean isLoop(int at) {
    return loops.get(at);
  }

  /// Whether an instruction lies between the first and the last of a loop.
  boolean isInLoop(int at) {
    return loopOf[at] != NO_LOOP;
  }

  /// The end of a row of instructions, each a comparison of A with a number below 64 that leads to
  /// the same place if it holds and to the next if not, and each reached only by the one before;
  /// `first` if that is no such comparison.
  int sameTarget(int first) {
    int at = first;
    while (at < program.size()
        && isSmallEquality(program.get(at))
        && targets(at)[0] == targets(first)[0]
        && (at == first || (sources[at] == 1 && !isLoop(at)))
        && targets(at)[0] != targets(at)[1]) {
      at++;
      if (targets(at - 1)[1] != at) {
        break;
      }
    }
    return at;
  }

  private static boolean isSmallEquality(BpfInstruction one) {
    return one.code() == (BPF_JMP | BPF_JEQ | BPF_K) && one.k() >= 0 && one.k() < Long.SIZE;
  }

  /// Whether a jump leads out of the loop that it is in.
  boolean isExit(int from, int target) {
    return isInLoop(from) && (target == MISS || loopOf[target] != loopOf[from]);
  }

  /// Whether something jumps forward to an instruction, over others.
  boolean isTarget(int at) {
    return targets.get(at);
  }

  /// The next instruction in the program that is reached; the program's length after the last.
  int next(int at) {
    int next = reachable.nextSetBit(at + 1);
    return next < 0 ? program.size() : next;
  }
}
