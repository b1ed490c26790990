package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

/// Instructions as text, in the form of `tcpdump -d`.
final class BpfDisassembler {
  private BpfDisassembler() {}

  /// One line: `(001) jeq #0x800 jt 2 jf 8`.
  ///
  /// @param number of the instruction in its program, from 0
  static String line(int number, BpfInstruction instruction) {
    int code = instruction.code();
    String mnemonic = mnemonic(code);
    String operand = operand(number, instruction);
    return isConditional(code)
        ? "(%03d) %-8s %-16s jt %d\tjf %d"
            .formatted(
                number,
                mnemonic,
                operand,
                number + 1 + instruction.jt(),
                number + 1 + instruction.jf())
        : "(%03d) %-8s %s".formatted(number, mnemonic, operand);
  }

  private static String operand(int number, BpfInstruction instruction) {
    int code = instruction.code();
    int k = instruction.k();
    return switch (OperandForm.of(code)) {
      case OFFSET -> {
        AncillaryField field = AncillaryField.at(k);
        yield field == null ? "[" + k + "]" : "[" + field.label + "]";
      }
      case INDEXED -> "[x + " + k + "]";
      case HEADER_LENGTH -> "4*([" + k + "]&0xf)";
      case SCRATCH -> "M[" + k + "]";
      case PACKET_LENGTH -> "#pktlen";
      case CONSTANT -> isHexadecimal(code) ? "#0x" + Integer.toHexString(k) : "#" + k;
      case INDEX_REGISTER -> "x";
      case TARGET -> String.valueOf(number + 1 + k);
      case NONE -> "";
    };
  }

  private static boolean isHexadecimal(int code) {
    return switch (classOf(code)) {
      case BPF_RET -> false;
      case BPF_ALU ->
          switch (operationOf(code)) {
            case BPF_AND, BPF_OR, BPF_XOR -> true;
            default -> false;
          };
      default -> true;
    };
  }
}
