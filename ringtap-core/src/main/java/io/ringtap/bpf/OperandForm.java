package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

/// What stands after the name of an instruction in the form of `tcpdump -d`.
enum OperandForm {
  OFFSET("[k]"),
  INDEXED("[x + k]"),
  HEADER_LENGTH("4*([k]&0xf)"),
  SCRATCH("M[k]"),
  PACKET_LENGTH("#pktlen"),
  CONSTANT("#k"),
  INDEX_REGISTER("x"),
  TARGET("the number of an instruction"),
  NONE("nothing");

  /// How it looks.
  final String example;

  OperandForm(String example) {
    this.example = example;
  }

  /// The form that belongs to an opcode of Linux.
  static OperandForm of(int code) {
    return switch (classOf(code)) {
      case BPF_LD, BPF_LDX ->
          switch (modeOf(code)) {
            case BPF_ABS -> OFFSET;
            case BPF_IND -> INDEXED;
            case BPF_MSH -> HEADER_LENGTH;
            case BPF_MEM -> SCRATCH;
            case BPF_LEN -> PACKET_LENGTH;
            default -> CONSTANT;
          };
      case BPF_ST, BPF_STX -> SCRATCH;
      case BPF_ALU -> code == (BPF_ALU | BPF_NEG) ? NONE : source(code);
      case BPF_JMP -> isConditional(code) ? source(code) : TARGET;
      case BPF_RET -> code == (BPF_RET | BPF_K) ? CONSTANT : NONE;
      default -> NONE;
    };
  }

  private static OperandForm source(int code) {
    return sourceOf(code) == BPF_X ? INDEX_REGISTER : CONSTANT;
  }
}
