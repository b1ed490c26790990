package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what X may be at each instruction of a program without loops, whatever the packet is.
final class IndexRanges {
  private static final int A = BPF_MEMWORDS;
  private static final int X = A + 1;
  private static final int REGISTERS = X + 1;
  private static final int MAX_BYTE = 0xFF;
  private static final int MAX_HALF = 0xFFFF;
  private static final int MAX_HEADER_LENGTH = 60;

  private final List<BpfInstruction> program;
  // Before each instruction: the scratch words, A and X; null where control was not seen to come.
  private final Range[] @Nullable [] before;

  private IndexRanges(BpfProgram program) {
    this.program = program.instructions();
    this.before = new Range[this.program.size()][];
  }

  /// For each instruction what X may be before it; null for one that is never executed.
  static @Nullable Range[] of(BpfProgram program) {
    IndexRanges ranges = new IndexRanges(program);
    ranges.follow();
    @Nullable Range[] indexes = new Range[ranges.before.length];
    for (int i = 0; i < indexes.length; i++) {
      Range[] registers = ranges.before[i];
      indexes[i] = registers == null ? null : registers[X];
    }
    return indexes;
  }

  private void follow() {
    Range[] first = new Range[REGISTERS];
    Arrays.fill(first, Range.exactly(0));
    before[0] = first;
    for (int i = 0; i < program.size(); i++) {
      Range[] registers = before[i];
      BpfInstruction instruction = program.get(i);
      if (registers == null || classOf(instruction.code()) == BPF_RET) {
        continue;
      }
      if (isConditional(instruction.code())) {
        reach(i + 1 + instruction.jt(), registers);
        reach(i + 1 + instruction.jf(), registers);
      } else if (classOf(instruction.code()) == BPF_JMP) {
        reach(i + 1 + instruction.k(), registers);
      } else {
        reach(i + 1, after(instruction, registers));
      }
    }
  }

  private void reach(int target, Range[] registers) {
    Range[] known = before[target];
    if (known == null) {
      before[target] = registers.clone();
      return;
    }
    for (int i = 0; i < REGISTERS; i++) {
      known[i] = known[i].or(registers[i]);
    }
  }

  private static Range[] after(BpfInstruction instruction, Range[] registers) {
    Range[] after = registers.clone();
    int code = instruction.code();
    int k = instruction.k();
    switch (classOf(code)) {
      case BPF_LD -> after[A] = loaded(code, k, registers);
      case BPF_LDX -> after[X] = loaded(code, k, registers);
      case BPF_ST -> after[k] = registers[A];
      case BPF_STX -> after[k] = registers[X];
      case BPF_ALU ->
          after[A] =
              registers[A].compute(
                  operationOf(code), sourceOf(code) == BPF_X ? registers[X] : Range.exactly(k));
      default -> { // BPF_MISC: jumps and returns go elsewhere
        if (code == (BPF_MISC | BPF_TAX)) {
          after[X] = registers[A];
        } else {
          after[A] = registers[X];
        }
      }
    }
    return after;
  }

  private static Range loaded(int code, int k, Range[] registers) {
    return switch (modeOf(code)) {
      case BPF_IMM -> Range.exactly(k);
      case BPF_MEM -> registers[k];
      case BPF_MSH -> Range.upTo(MAX_HEADER_LENGTH);
      case BPF_LEN -> Range.ANY;
      default -> // BPF_ABS and BPF_IND; what stands for a field may have any size
          AncillaryField.isAncillary(k) && modeOf(code) == BPF_ABS
              ? Range.ANY
              : switch (sizeOf(code)) {
                case BPF_B -> Range.upTo(MAX_BYTE);
                case BPF_H -> Range.upTo(MAX_HALF);
                default -> Range.ANY;
              };
    };
  }
}
