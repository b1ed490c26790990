package io.ringtap.system.filter;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfProgram;
import java.util.ArrayList;
import java.util.List;

/// Mends libpcap's way after an authentication header.
final class AuthenticationHeaders {
  private static final int STEPS = 10;

  private AuthenticationHeaders() {}

  /// The program with the header's length added to the offset where libpcap has put it in the
  /// offset's place, by as many instructions.
  static BpfProgram mended(BpfProgram program) {
    List<BpfInstruction> instructions = new ArrayList<>(program.instructions());
    for (int i = 0; i + STEPS <= instructions.size(); i++) {
      if (isLengthForOffset(instructions.subList(i, i + STEPS))) {
        BpfInstruction load = instructions.get(i + 1);
        instructions.set(i + 4, instruction(load.code(), load.k() + 1));
        instructions.set(i + 5, instruction(BPF_ALU | BPF_ADD | BPF_K, 2));
        instructions.set(i + 6, instruction(BPF_ALU | BPF_MUL | BPF_K, 4));
        instructions.set(i + 7, instruction(BPF_ALU | BPF_ADD | BPF_X, 0));
        instructions.set(i + 8, instruction(BPF_MISC | BPF_TAX, 0));
        instructions.set(i + 9, instruction(BPF_MISC | BPF_TXA, 0)); // the next one loads A
      }
    }
    return new BpfProgram(instructions);
  }

  private static boolean isLengthForOffset(List<BpfInstruction> steps) {
    BpfInstruction load = steps.get(1);
    return load.code() == (BPF_LD | BPF_B | BPF_IND)
        && steps.get(2).code() == BPF_ST
        && steps.get(0).equals(instruction(BPF_MISC | BPF_TXA, 0))
        && steps.get(3).equals(instruction(BPF_MISC | BPF_TXA, 0))
        && steps.get(4).equals(instruction(BPF_ALU | BPF_ADD | BPF_K, 1))
        && steps.get(5).equals(instruction(BPF_MISC | BPF_TAX, 0))
        && steps.get(6).equals(load)
        && steps.get(7).equals(instruction(BPF_ALU | BPF_ADD | BPF_K, 2))
        && steps.get(8).equals(instruction(BPF_ALU | BPF_MUL | BPF_K, 4))
        && steps.get(9).equals(instruction(BPF_MISC | BPF_TAX, 0));
  }

  private static BpfInstruction instruction(int code, int k) {
    return new BpfInstruction(code, 0, 0, k);
  }
}
