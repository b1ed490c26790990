package io.ringtap.filter.ebpf;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import java.util.List;

/// Finds which registers a program still reads from each instruction on, before it writes them.
final class Liveness {
  private static final int A = 1;
  private static final int X = 2;

  private final int[] live;

  /// From the end to the beginning, and again as long as a jump back brings something new.
  Liveness(BpfProgram program) {
    List<BpfInstruction> instructions = program.instructions();
    live = new int[instructions.size() + 1];
    boolean isNew = true;
    while (isNew) {
      isNew = false;
      for (int i = instructions.size() - 1; i >= 0; i--) {
        int before = before(instructions.get(i), i);
        isNew |= before != live[i] && program.loops();
        live[i] = before;
      }
    }
  }

  /// Whether A is read from an instruction on.
  boolean hasA(int at) {
    return (live[at] & A) != 0;
  }

  /// Whether X is read from an instruction on.
  boolean hasX(int at) {
    return (live[at] & X) != 0;
  }

  private int before(BpfInstruction one, int at) {
    int code = one.code();
    int byX = sourceOf(code) == BPF_X ? X : 0;
    int after = live[at + 1];
    return switch (classOf(code)) {
      case BPF_LD -> {
        if (modeOf(code) == BPF_ABS && one.k() == AncillaryField.XOR_X.k()) {
          yield after | A | X;
        }
        yield (after & ~A) | (modeOf(code) == BPF_IND ? X : 0);
      }
      case BPF_LDX -> after & ~X;
      case BPF_ST -> after | A;
      case BPF_STX -> after | X;
      case BPF_ALU -> after | A | (operationOf(code) == BPF_NEG ? 0 : byX);
      case BPF_JMP ->
          ControlFlow.isConditional(code)
              ? live[at + 1 + one.jt()] | live[at + 1 + one.jf()] | A | byX
              : live[at + 1 + one.k()];
      case BPF_RET -> code == (BPF_RET | BPF_A) ? A : 0;
      default -> code == (BPF_MISC | BPF_TAX) ? (after & ~X) | A : (after & ~A) | X;
    };
  }
}
