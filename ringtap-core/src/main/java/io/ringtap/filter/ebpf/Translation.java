package io.ringtap.filter.ebpf;

import static io.ringtap.bpf.BpfOpcode.*;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R4;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.Comparison;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.Width;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes a program of classic BPF as eBPF, instruction by instruction. Where packets are and how
/// they are loaded from is up to the kinds of it.
///
/// What the kernel does for a classic program by itself stands here in instructions: a division by
/// zero as a miss, and loops that count their turns.
abstract class Translation {
  static final EbpfRegister A = R0;

  /// For what lasts no longer than one instruction.
  static final EbpfRegister POINTER = R4;

  /// The most turns of a loop: more than there are headers in a frame of 4 kB, each at least 8
  /// bytes long.
  private static final int MOST_TURNS = 512;

  /// From this number on, comparisons that follow each other are shorter as one.
  private static final int FEWEST_FOR_BITS = 3;

  final ControlFlow flow;
  final Liveness live;
  final EbpfAssembler out;
  final String prefix;
  private final EbpfSource source;
  private final BpfProgram program;
  private final String miss;
  private final int stack;
  private final EbpfRegister index;
  private final EbpfRegister turns;
  private final String match;
  private @Nullable SetLookup sets; // once it is needed
  private boolean jumpsToMatch;
  private boolean jumpsToMiss;

  /// @param place the program to append to, the label for packets that do not match, and where on
  ///   the stack the scratch words are
  /// @param index the register for X
  /// @param turns the register that counts turns of loops
  Translation(EbpfSource source, Place place, EbpfRegister index, EbpfRegister turns) {
    this.source = source;
    this.program = source.program();
    this.flow = new ControlFlow(program.instructions());
    this.live = new Liveness(program);
    this.out = place.out;
    this.miss = place.miss;
    this.stack = place.stack;
    this.index = index;
    this.turns = turns;
    this.prefix = out.freshLabel("filter");
    this.match = prefix + ".match";
  }

  /// Where a translation goes.
  ///
  /// @param miss the label for packets that do not match; those that match go on after it
  /// @param stack where the scratch words are, from the end of the stack on: a negative number
  record Place(EbpfAssembler out, String miss, int stack) {}

  /// Writes a load into A.
  ///
  /// @param at its number
  abstract void loadPacket(int at, BpfInstruction one);

  /// Writes a load of four times the lower half of a byte into X: the length of an IPv4 header.
  abstract void loadHeaderLength(int at, BpfInstruction one);

  /// Writes a load of the packet's length.
  abstract void loadLength(EbpfRegister to);

  /// Writes what keeps registers from a look-up, which destroys R1, R4 and R5, or gives them back.
  ///
  /// @param restores whether it is to give them back
  abstract void keepFromLookup(int at, boolean restores);

  final void write() {
    if (live.hasA(0)) { // the kernel begins with 0 in both
      out.apply32(Arithmetic.MOVE, A, 0);
    }
    if (live.hasX(0)) {
      out.apply32(Arithmetic.MOVE, index, 0);
    }
    if (flow.isMiss(0)) {
      // A conditional jump, because the verifier refuses instructions that nothing can reach.
      out.apply32(Arithmetic.MOVE, turns, 1).jumpIf(turns, Comparison.NOT_EQUAL, 0, miss());
      return;
    }
    int size = program.instructions().size();
    int last;
    for (int at = 0; at < size; at = flow.next(last)) {
      last = at;
      if (flow.isTarget(at)) {
        out.label(label(at));
      }
      if (flow.isLoop(at)) {
        out.apply32(Arithmetic.MOVE, turns, 0).label(turn(at));
      }
      if (flow.isMiss(at)) {
        out.jump(miss());
      } else if (flow.sameTarget(at) - at >= FEWEST_FOR_BITS) {
        last = flow.sameTarget(at) - 1;
        jumpByBits(at, last);
      } else {
        write(at, program.instructions().get(at));
      }
    }
    if (jumpsToMatch) {
      out.label(match);
    }
    if (!jumpsToMiss) { // nothing may stand at a label that no jump leads to
      out.apply32(Arithmetic.MOVE, turns, 0).jumpIf(turns, Comparison.NOT_EQUAL, 0, miss());
    }
  }

  final String miss() {
    jumpsToMiss = true;
    return miss;
  }

  private String label(int at) {
    return at == ControlFlow.MISS ? miss() : prefix + "." + at;
  }

  /// Where the next turn of a loop begins.
  private String turn(int at) {
    return label(at) + ".turn";
  }

  private void write(int at, BpfInstruction one) {
    int code = one.code();
    switch (classOf(code)) {
      case BPF_LD -> load(at, one);
      case BPF_LDX -> loadIndex(at, one);
      case BPF_ST -> out.store(Width.WORD, R10, word(one.k()), A);
      case BPF_STX -> out.store(Width.WORD, R10, word(one.k()), index);
      case BPF_ALU -> compute(at, one);
      case BPF_JMP -> jump(at, one);
      case BPF_RET -> end(at, one);
      default -> {
        boolean toX = code == (BPF_MISC | BPF_TAX);
        out.apply32(Arithmetic.MOVE, toX ? index : A, toX ? A : index);
      }
    }
  }

  private int word(int number) {
    return stack + number * Integer.BYTES;
  }

  private void load(int at, BpfInstruction one) {
    switch (modeOf(one.code())) {
      case BPF_IMM -> out.apply32(Arithmetic.MOVE, A, one.k());
      case BPF_MEM -> out.load(Width.WORD, A, R10, word(one.k()));
      case BPF_LEN -> loadLength(A);
      default -> {
        if (modeOf(one.code()) == BPF_ABS && one.k() == AncillaryField.XOR_X.k()) {
          out.apply32(Arithmetic.XOR, A, index);
        } else {
          loadPacket(at, one);
        }
      }
    }
  }

  private void loadIndex(int at, BpfInstruction one) {
    switch (modeOf(one.code())) {
      case BPF_IMM -> out.apply32(Arithmetic.MOVE, index, one.k());
      case BPF_MEM -> out.load(Width.WORD, index, R10, word(one.k()));
      case BPF_LEN -> loadLength(index);
      default -> loadHeaderLength(at, one);
    }
  }

  final void fromNetworkOrder(EbpfRegister register, int bytes) {
    if (bytes > 1) {
      out.toNetworkOrder(register, bytes * Byte.SIZE);
    }
  }

  private void compute(int at, BpfInstruction one) {
    int operation = operationOf(one.code());
    if (operation == BPF_NEG) {
      out.negate32(A);
      return;
    }
    if (operation == BPF_LOOKUP) {
      lookUp(at, one);
      return;
    }
    Arithmetic arithmetic =
        switch (operation) {
          case BPF_ADD -> Arithmetic.ADD;
          case BPF_SUB -> Arithmetic.SUBTRACT;
          case BPF_MUL -> Arithmetic.MULTIPLY;
          case BPF_DIV -> Arithmetic.DIVIDE;
          case BPF_MOD -> Arithmetic.MODULO;
          case BPF_AND -> Arithmetic.AND;
          case BPF_OR -> Arithmetic.OR;
          case BPF_XOR -> Arithmetic.XOR;
          case BPF_LSH -> Arithmetic.SHIFT_LEFT;
          default -> Arithmetic.SHIFT_RIGHT;
        };
    if (sourceOf(one.code()) == BPF_K) {
      out.apply32(arithmetic, A, one.k());
      return;
    }
    if (operation == BPF_DIV || operation == BPF_MOD) {
      out.jumpIf32(index, Comparison.EQUAL, 0, miss());
    }
    out.apply32(arithmetic, A, index);
  }

  private void lookUp(int at, BpfInstruction one) {
    if (sets == null) {
      sets = new SetLookup(Objects.requireNonNull(source.sets()), out, this::miss);
    }
    keepFromLookup(at, false);
    if (sourceOf(one.code()) == BPF_K) {
      sets.write(one.k(), flow.isInLoop(at));
    } else {
      sets.write(index, flow.isInLoop(at));
    }
    keepFromLookup(at, true);
  }

  private void jump(int at, BpfInstruction one) {
    int[] targets = flow.targets(at);
    int next = flow.next(at);
    if (targets.length == 1) {
      if (one.k() < 0) {
        goBack(targets[0]);
      } else {
        go(targets[0], next);
      }
    } else if (targets[0] == targets[1]) {
      go(targets[0], next);
    } else if (flow.isExit(at, targets[1])) {
      leaveLoop(one, comparison(one), targets[1], targets[0], next);
    } else if (flow.isExit(at, targets[0]) && operationOf(one.code()) != BPF_JSET) {
      leaveLoop(one, negated(one), targets[0], targets[1], next);
    } else if (targets[0] == next && operationOf(one.code()) != BPF_JSET) {
      jumpIf(one, negated(one), label(targets[1]));
    } else {
      jumpIf(one, comparison(one), label(targets[0]));
      go(targets[1], next);
    }
  }

  /// Several comparisons of A with small numbers that lead to the same place, as a look-up in the
  /// bits of one constant: one branch for the verifier to follow, not one for each number.
  private void jumpByBits(int first, int last) {
    long bits = 0;
    for (int at = first; at <= last; at++) {
      bits |= 1L << program.instructions().get(at).k();
    }
    int[] targets = {flow.targets(first)[0], flow.targets(last)[1]};
    int next = flow.next(last);
    String none = targets[1] == next ? out.freshLabel(prefix + ".next") : label(targets[1]);
    if (flow.isInLoop(first)) {
      // A greater number is in no other such row either, so that branch soon ends.
      String small = out.freshLabel(prefix + ".next");
      out.jumpIf(A, Comparison.AT_MOST, Long.SIZE - 1, small).jump(none).label(small);
    } else {
      out.jumpIf(A, Comparison.ABOVE, Long.SIZE - 1, none);
    }
    out.constant(POINTER, bits).apply(Arithmetic.SHIFT_RIGHT, POINTER, A);
    out.apply(Arithmetic.AND, POINTER, 1);
    out.jumpIf(POINTER, Comparison.NOT_EQUAL, 0, label(targets[0]));
    if (targets[1] == next) {
      out.label(none);
    } else {
      out.jump(none);
    }
  }

  /// A jump out of a loop, with the branch that leaves it first, see `missUnless` of
  /// [FrameTranslation].
  ///
  /// @param stays what holds for a packet that stays in the loop
  private void leaveLoop(BpfInstruction one, Comparison stays, int exit, int inside, int next) {
    String other = out.freshLabel(prefix + ".next");
    jumpIf(one, stays, other);
    out.jump(label(exit)).label(other);
    go(inside, next);
  }

  private void go(int target, int next) {
    if (target != next) {
      out.jump(label(target));
    }
  }

  private void goBack(int target) {
    out.apply32(Arithmetic.ADD, turns, 1);
    out.jumpIf32(turns, Comparison.AT_LEAST, MOST_TURNS, miss());
    if (live.hasA(target)) {
      forget(out, A);
    }
    if (live.hasX(target)) {
      forget(out, index);
    }
    out.jump(turn(target));
  }

  /// Leaves a register as it is, and lets the verifier forget what it knows of it. It follows a
  /// loop turn by turn. If it saw a difference between the paths through a turn, it would follow
  /// each of them separately, and twice as many in the next turn.
  static void forget(EbpfAssembler out, EbpfRegister register) {
    out.toNetworkOrder(register, Integer.SIZE).toNetworkOrder(register, Integer.SIZE);
  }

  private void jumpIf(BpfInstruction one, Comparison comparison, String label) {
    if (sourceOf(one.code()) == BPF_K) {
      out.jumpIf32(A, comparison, one.k(), label);
    } else {
      out.jumpIf32(A, comparison, index, label);
    }
  }

  private static Comparison comparison(BpfInstruction one) {
    return switch (operationOf(one.code())) {
      case BPF_JEQ -> Comparison.EQUAL;
      case BPF_JGT -> Comparison.ABOVE;
      case BPF_JGE -> Comparison.AT_LEAST;
      default -> Comparison.ANY_BIT;
    };
  }

  private static Comparison negated(BpfInstruction one) {
    return switch (operationOf(one.code())) {
      case BPF_JEQ -> Comparison.NOT_EQUAL;
      case BPF_JGT -> Comparison.AT_MOST;
      default -> Comparison.BELOW;
    };
  }

  private void end(int at, BpfInstruction one) {
    if (one.code() == (BPF_RET | BPF_A)) {
      out.jumpIf32(A, Comparison.EQUAL, 0, miss());
    } else {
      out.apply32(Arithmetic.MOVE, A, one.k());
    }
    if (flow.next(at) < program.instructions().size()) {
      jumpsToMatch = true;
      out.jump(match);
    }
  }
}
