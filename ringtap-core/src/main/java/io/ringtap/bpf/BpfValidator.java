package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges programs as the kernel does: `bpf_check_classic` and `check_load_and_stores` of
/// `net/core/filter.c`. Beyond that it lets an unconditional jump go back, and a program be of any
/// length, which the kernel never does.
final class BpfValidator {
  /// What is wrong.
  ///
  /// @param instruction which, from 0; [#WHOLE] if it is the program
  record Fault(int instruction, String problem) {
    static final int WHOLE = -1;

    @Override
    public String toString() {
      return instruction == WHOLE ? problem : "instruction " + instruction + ": " + problem;
    }
  }

  private static final int ALL_WORDS = (1 << BPF_MEMWORDS) - 1;

  private final List<BpfInstruction> program;

  private final boolean hasTable;

  private BpfValidator(List<BpfInstruction> program, boolean hasTable) {
    this.program = program;
    this.hasTable = hasTable;
  }

  /// What is wrong with a program; null if nothing is.
  ///
  /// @param hasTable whether it may look something up
  static @Nullable Fault fault(List<BpfInstruction> program, boolean hasTable) {
    return new BpfValidator(program, hasTable).fault();
  }

  private @Nullable Fault fault() {
    if (program.isEmpty()) {
      return new Fault(Fault.WHOLE, "a program has at least one instruction");
    }
    for (int i = 0; i < program.size(); i++) {
      String problem = problem(i, program.get(i));
      if (problem != null) {
        return new Fault(i, problem);
      }
    }
    return classOf(program.getLast().code()) == BPF_RET
        ? unwrittenScratch()
        : new Fault(Fault.WHOLE, "the last instruction is not a return");
  }

  private @Nullable String problem(int at, BpfInstruction instruction) {
    int code = instruction.code();
    int k = instruction.k();
    boolean looksUp = classOf(code) == BPF_ALU && operationOf(code) == BPF_LOOKUP;
    if (mnemonic(code) == null || (looksUp && !hasTable)) {
      return "there is no opcode 0x%02x".formatted(code);
    }
    return switch (classOf(code)) {
      case BPF_LD, BPF_LDX ->
          switch (modeOf(code)) {
            case BPF_ABS ->
                AncillaryField.isAncillary(k) && AncillaryField.at(k) == null
                    ? "no ancillary load at offset " + k
                    : null;
            case BPF_MEM -> outsideScratch(k);
            default -> null;
          };
      case BPF_ST, BPF_STX -> outsideScratch(k);
      case BPF_ALU ->
          switch (code) {
            case BPF_ALU | BPF_DIV | BPF_K, BPF_ALU | BPF_MOD | BPF_K ->
                k == 0 ? "division by zero" : null;
            case BPF_ALU | BPF_LSH | BPF_K, BPF_ALU | BPF_RSH | BPF_K ->
                k < 0 || k >= Integer.SIZE ? "a shift by " + Integer.toUnsignedString(k) : null;
            default -> null;
          };
      case BPF_JMP ->
          isConditional(code)
              ? outsideProgram(at + 1L + Math.max(instruction.jt(), instruction.jf()))
              : outsideProgram(at + 1L + k);
      default -> null;
    };
  }

  private static @Nullable String outsideScratch(int k) {
    return k < 0 || k >= BPF_MEMWORDS ? "no scratch word " + Integer.toUnsignedString(k) : null;
  }

  private @Nullable String outsideProgram(long target) {
    return target < 0 || target >= program.size() ? "jumps out of the program" : null;
  }

  /// The first load of a scratch word that may not have been written. As in the kernel, one that
  /// only an unreachable instruction does can be a fault too, or not.
  private @Nullable Fault unwrittenScratch() {
    int[] written = new int[program.size()]; // when control jumps there, a bit for each word
    Arrays.fill(written, ALL_WORDS);
    boolean again; // because a jump back leads to an instruction with fewer words than was thought
    do {
      again = false;
      int words = 0;
      for (int i = 0; i < program.size(); i++) {
        BpfInstruction instruction = program.get(i);
        words &= written[i];
        switch (instruction.code()) {
          case BPF_ST, BPF_STX -> words |= 1 << instruction.k();
          case BPF_LD | BPF_MEM, BPF_LDX | BPF_MEM -> {
            if ((words & 1 << instruction.k()) == 0) {
              return new Fault(
                  i, "M[%d] may not have been written before".formatted(instruction.k()));
            }
          }
          case BPF_JMP | BPF_JA -> {
            int target = i + 1 + instruction.k();
            again |= target <= i && (written[target] & ~words) != 0;
            written[target] &= words;
            words = ALL_WORDS;
          }
          default -> {
            if (isConditional(instruction.code())) {
              written[i + 1 + instruction.jt()] &= words;
              written[i + 1 + instruction.jf()] &= words;
              words = ALL_WORDS;
            }
          }
        }
      }
    } while (again);
    return null;
  }
}
