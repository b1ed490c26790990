package io.ringtap.filter.xdp;

import static io.ringtap.bpf.BpfOpcode.*;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R4;
import static io.ringtap.ebpf.EbpfRegister.R5;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.Comparison;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.Width;
import java.util.Locale;

/// Writes a program of classic BPF as eBPF over a frame in memory, instruction by instruction.
///
/// What the kernel does for a classic program by itself stands here in instructions: a comparison
/// with the end of the frame before every load, a division by zero as a miss, and loops that count
/// their turns.
public final class XdpTranslation {
  /// Bytes of stack for the scratch words.
  public static final int STACK_BYTES = BPF_MEMWORDS * Integer.BYTES;

  private static final EbpfRegister A = R0;
  private static final EbpfRegister X = R1;
  private static final EbpfRegister FRAME = R2;
  private static final EbpfRegister END = R3;
  private static final EbpfRegister POINTER = R4;
  private static final EbpfRegister TURNS = R5;

  /// The most turns of a loop: more than there are headers in a frame of 4 kB, each at least 8
  /// bytes long.
  private static final int MOST_TURNS = 512;

  /// From this number on, comparisons that follow each other are shorter as one.
  private static final int FEWEST_FOR_BITS = 3;

  /// An address of which 4 bytes can be loaded before those that the verifier does not follow
  /// (`MAX_PACKET_OFF` of `kernel/bpf/verifier.c`).
  private static final int FARTHEST = 0xffff - Integer.BYTES;

  private final BpfProgram program;
  private final ControlFlow flow;
  private final Liveness live;
  private final EbpfAssembler out;
  private final String miss;
  private final int stack;
  private final String prefix;
  private final String match;
  private boolean jumpsToMatch;
  private boolean jumpsToMiss;

  private XdpTranslation(BpfProgram program, EbpfAssembler out, String miss, int stack) {
    this.program = program;
    this.flow = new ControlFlow(program.instructions());
    this.live = new Liveness(program);
    this.out = out;
    this.miss = miss;
    this.stack = stack;
    this.prefix = out.freshLabel("filter");
    this.match = prefix + ".match";
  }

  /// What of a program XDP does not have, in words; empty if it can be translated.
  public static String obstacle(BpfProgram program) {
    if (program.looksUp()) {
      return "an XDP program has no sets from files";
    }
    for (AncillaryField field : AncillaryField.values()) {
      if (field != AncillaryField.XOR_X && program.loads(field)) {
        return switch (field) {
          case PACKET_TYPE -> "an XDP program is not told the direction of a packet";
          case INTERFACE_INDEX -> "an XDP program is not told the interface of a packet";
          default -> "an XDP program is not told what the kernel calls " + label(field);
        };
      }
    }
    for (BpfInstruction one : program.instructions()) {
      boolean loads = classOf(one.code()) == BPF_LD || classOf(one.code()) == BPF_LDX;
      boolean isFixed = modeOf(one.code()) == BPF_ABS || modeOf(one.code()) == BPF_MSH;
      if (loads && isFixed && one.k() < 0 && one.k() != AncillaryField.XOR_X.k()) {
        return "an XDP program has no headers to count from, as a load at %d does"
            .formatted(one.k());
      }
    }
    return "";
  }

  private static String label(AncillaryField field) {
    return field.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// Appends a program that [#obstacle] finds nothing in.
  ///
  /// @param miss the label for packets that do not match; those that match go on after it
  /// @param stack where the scratch words are, from the end of the stack on: -64 or less
  public static void append(BpfProgram program, EbpfAssembler out, String miss, int stack) {
    new XdpTranslation(program, out, miss, stack).write();
  }

  private void write() {
    if (live.hasA(0)) { // the kernel begins with 0 in both
      out.apply32(Arithmetic.MOVE, A, 0);
    }
    if (live.hasX(0)) {
      out.apply32(Arithmetic.MOVE, X, 0);
    }
    if (flow.isMiss(0)) {
      // A conditional jump, because the verifier refuses instructions that nothing can reach.
      out.apply32(Arithmetic.MOVE, TURNS, 1).jumpIf(TURNS, Comparison.NOT_EQUAL, 0, miss());
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
        out.apply32(Arithmetic.MOVE, TURNS, 0).label(turn(at));
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
      out.apply32(Arithmetic.MOVE, TURNS, 0).jumpIf(TURNS, Comparison.NOT_EQUAL, 0, miss());
    }
  }

  private String miss() {
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
      case BPF_STX -> out.store(Width.WORD, R10, word(one.k()), X);
      case BPF_ALU -> compute(one);
      case BPF_JMP -> jump(at, one);
      case BPF_RET -> end(at, one);
      default -> {
        boolean toX = code == (BPF_MISC | BPF_TAX);
        out.apply32(Arithmetic.MOVE, toX ? X : A, toX ? A : X);
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
      case BPF_LEN -> length(A);
      case BPF_IND -> loadAtIndex(at, one);
      default -> {
        if (one.k() == AncillaryField.XOR_X.k()) {
          out.apply32(Arithmetic.XOR, A, X);
        } else {
          loadAt(at, one, A);
        }
      }
    }
  }

  private void loadIndex(int at, BpfInstruction one) {
    switch (modeOf(one.code())) {
      case BPF_IMM -> out.apply32(Arithmetic.MOVE, X, one.k());
      case BPF_MEM -> out.load(Width.WORD, X, R10, word(one.k()));
      case BPF_LEN -> length(X);
      default -> { // four times the lower half of a byte: the length of an IPv4 header
        loadAt(at, one, X);
        out.apply32(Arithmetic.AND, X, 0xf).apply32(Arithmetic.SHIFT_LEFT, X, 2);
      }
    }
  }

  private void length(EbpfRegister to) {
    out.move(to, END).apply(Arithmetic.SUBTRACT, to, FRAME);
  }

  private void loadAt(int at, BpfInstruction one, EbpfRegister to) {
    int compared = flow.comparedAt(at);
    if (compared > 0) {
      out.move(POINTER, FRAME).apply(Arithmetic.ADD, POINTER, compared);
      missUnless(POINTER, END, at);
    }
    int bytes = ControlFlow.bytes(one.code());
    if (one.k() <= Short.MAX_VALUE) {
      out.load(Width.ofBytes(bytes), to, FRAME, one.k());
    } else {
      out.move(POINTER, FRAME).apply(Arithmetic.ADD, POINTER, one.k());
      out.load(Width.ofBytes(bytes), to, POINTER, 0);
    }
    fromNetworkOrder(to, bytes);
  }

  /// The sum of index and constant has 32 bits, as in the kernel: what comes out above all frames
  /// is a miss.
  private void loadAtIndex(int at, BpfInstruction one) {
    int bytes = ControlFlow.bytes(one.code());
    out.apply32(Arithmetic.MOVE, POINTER, X);
    if (one.k() != 0) {
      out.apply32(Arithmetic.ADD, POINTER, one.k());
    }
    if (flow.isInLoop(at)) {
      String next = out.freshLabel(prefix + ".next");
      out.jumpIf(POINTER, Comparison.AT_MOST, FARTHEST, next).jump(miss()).label(next);
    } else {
      out.jumpIf(POINTER, Comparison.ABOVE, FARTHEST, miss());
    }
    out.apply(Arithmetic.ADD, POINTER, FRAME);
    out.move(A, POINTER).apply(Arithmetic.ADD, A, bytes);
    missUnless(A, END, at);
    out.load(Width.ofBytes(bytes), A, POINTER, 0);
    fromNetworkOrder(A, bytes);
  }

  /// A miss unless an address is at most another.
  ///
  /// Of a conditional jump the verifier first follows the instruction after it, and remembers the
  /// other branch; it can remember 8192. So in a loop of many turns the branch that ends the
  /// program comes first, and only one is remembered.
  private void missUnless(EbpfRegister address, EbpfRegister most, int at) {
    if (flow.isInLoop(at)) {
      String next = out.freshLabel(prefix + ".next");
      out.jumpIf(address, Comparison.AT_MOST, most, next).jump(miss()).label(next);
    } else {
      out.jumpIf(address, Comparison.ABOVE, most, miss());
    }
  }

  private void fromNetworkOrder(EbpfRegister register, int bytes) {
    if (bytes > 1) {
      out.toNetworkOrder(register, bytes * Byte.SIZE);
    }
  }

  private void compute(BpfInstruction one) {
    int operation = operationOf(one.code());
    if (operation == BPF_NEG) {
      out.negate32(A);
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
      out.jumpIf32(X, Comparison.EQUAL, 0, miss());
    }
    out.apply32(arithmetic, A, X);
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

  /// A jump out of a loop, with the branch that leaves it first, see [#missUnless].
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
    out.apply32(Arithmetic.ADD, TURNS, 1);
    out.jumpIf32(TURNS, Comparison.AT_LEAST, MOST_TURNS, miss());
    if (live.hasA(target)) {
      forget(A);
    }
    if (live.hasX(target)) {
      forget(X);
    }
    out.jump(turn(target));
  }

  /// Leaves a register as it is, and lets the verifier forget what it knows of it. It follows a
  /// loop turn by turn. If it saw a difference between the paths through a turn, it would follow
  /// each of them separately, and twice as many in the next turn.
  private void forget(EbpfRegister register) {
    out.toNetworkOrder(register, Integer.SIZE).toNetworkOrder(register, Integer.SIZE);
  }

  private void jumpIf(BpfInstruction one, Comparison comparison, String label) {
    if (sourceOf(one.code()) == BPF_K) {
      out.jumpIf32(A, comparison, one.k(), label);
    } else {
      out.jumpIf32(A, comparison, X, label);
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
