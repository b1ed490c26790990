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
    return switch (classOf(code)) {
      case BPF_LD, BPF_LDX -> loaded(code, k);
      case BPF_ST, BPF_STX -> scratch(k);
      case BPF_ALU ->
          switch (operationOf(code)) {
            case BPF_NEG -> "";
            case BPF_AND, BPF_OR, BPF_XOR -> source(code, hexadecimal(k));
            default -> source(code, "#" + k);
          };
      case BPF_JMP ->
          isConditional(code) ? source(code, hexadecimal(k)) : String.valueOf(number + 1 + k);
      case BPF_RET -> code == (BPF_RET | BPF_K) ? "#" + k : "";
      default -> "";
    };
  }

  private static String loaded(int code, int k) {
    return switch (modeOf(code)) {
      case BPF_ABS -> {
        AncillaryField field = AncillaryField.at(k);
        yield "[" + (field == null ? String.valueOf(k) : field.label) + "]";
      }
      case BPF_IND -> "[x + " + k + "]";
      case BPF_MSH -> "4*([" + k + "]&0xf)";
      case BPF_MEM -> scratch(k);
      case BPF_LEN -> "#pktlen";
      default -> hexadecimal(k);
    };
  }

  private static String source(int code, String constant) {
    return sourceOf(code) == BPF_X ? "x" : constant;
  }

  private static String scratch(int k) {
    return "M[" + k + "]";
  }

  private static String hexadecimal(int k) {
    return "#0x" + Integer.toHexString(k);
  }
}
