package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A program in the form that [BpfInterpreter] runs: the operand of every instruction is
/// `constants[i] + (x & indexed[i])`, so that one operation stands for both kinds of operand, and
/// jumps name the instructions that they go to.
final class DecodedProgram {
  // Opcodes that Linux has not, for the ancillary loads.
  static final int LD_ANCILLARY = BPF_LD | BPF_H | BPF_IMM; // the operand is the field's index
  static final int LD_OF_INTERFACE = BPF_LD | BPF_B | BPF_IMM; // the same
  static final int LD_NETLINK = BPF_LD | BPF_H | BPF_MEM;
  static final int LD_NESTED_NETLINK = BPF_LD | BPF_B | BPF_MEM;

  final int[] operations;
  final int[] constants;
  final int[] indexed; // all ones, or zero
  final int[] ifTrue;
  final int[] ifFalse;

  /// Whether what is beside the bytes of a packet may matter: the program loads a field of it.
  final boolean asksBeside;

  private final LookupTable table;
  private final @Nullable TableWords words; // of the table, which they find faster in

  DecodedProgram(BpfProgram program) {
    table = program.table();
    words = program.looksUp() ? TableWords.of(table) : null;
    List<BpfInstruction> instructions = program.instructions();
    int size = instructions.size();
    operations = new int[size];
    constants = new int[size];
    indexed = new int[size];
    ifTrue = new int[size];
    ifFalse = new int[size];
    boolean asks = false;
    for (int i = 0; i < size; i++) {
      decode(i, instructions.get(i));
      asks |= operations[i] == LD_ANCILLARY || operations[i] == LD_OF_INTERFACE;
    }
    asksBeside = asks;
  }

  /// Looks up what the program looks up.
  int lookUp(int number, int state) {
    return words == null ? table.lookUp(number, state) : words.lookUp(number, state);
  }

  private void decode(int i, BpfInstruction instruction) {
    int code = instruction.code();
    int k = instruction.k();
    operations[i] = code;
    constants[i] = k;
    switch (classOf(code)) {
      case BPF_LD -> decodeLoad(i, code, k);
      case BPF_ALU -> decodeOperand(i, code);
      case BPF_JMP -> {
        decodeOperand(i, code);
        ifTrue[i] = i + 1 + (isConditional(code) ? instruction.jt() : k);
        ifFalse[i] = i + 1 + instruction.jf();
      }
      default -> {
        // as it stands
      }
    }
  }

  private void decodeLoad(int i, int code, int k) {
    if (modeOf(code) == BPF_IND) {
      operations[i] = BPF_LD | sizeOf(code) | BPF_ABS;
      indexed[i] = -1;
      return;
    }
    AncillaryField field = modeOf(code) == BPF_ABS ? AncillaryField.at(k) : null;
    if (field != null) {
      constants[i] = field.index;
      switch (field) {
        case INTERFACE_INDEX, HARDWARE_TYPE -> operations[i] = LD_OF_INTERFACE;
        case NETLINK_ATTRIBUTE -> operations[i] = LD_NETLINK;
        case NESTED_NETLINK_ATTRIBUTE -> operations[i] = LD_NESTED_NETLINK;
        case XOR_X -> decodeOperand(i, BPF_ALU | BPF_XOR | BPF_X);
        default -> operations[i] = LD_ANCILLARY;
      }
    }
  }

  private void decodeOperand(int i, int code) {
    if (sourceOf(code) == BPF_X) {
      constants[i] = 0;
      indexed[i] = -1;
    }
    operations[i] = code & ~BPF_X;
  }
}
