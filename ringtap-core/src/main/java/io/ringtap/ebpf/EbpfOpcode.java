package io.ringtap.ebpf;

/// The parts of an opcode (`linux/bpf_common.h`, `linux/bpf.h`,
/// Documentation/bpf/standardization/instruction-set.rst).
final class EbpfOpcode {
  // Classes, the low three bits.
  static final int LD = 0x00;
  static final int LDX = 0x01;
  static final int ST = 0x02;
  static final int STX = 0x03;
  static final int ALU = 0x04;
  static final int JMP = 0x05;
  static final int JMP32 = 0x06;
  static final int ALU64 = 0x07;

  // Modes of loads and stores.
  static final int IMM = 0x00;
  static final int ABS = 0x20;
  static final int IND = 0x40;
  static final int MEM = 0x60;
  static final int MEMSX = 0x80;
  static final int ATOMIC = 0xc0;

  /// The second operand is the source register; if not, it is the immediate.
  static final int X = 0x08;

  // Operations beside those of arithmetic and comparison.
  static final int NEG = 0x80;
  static final int END = 0xd0;
  static final int JA = 0x00;
  static final int CALL = 0x80;
  static final int EXIT = 0x90;

  /// The opcode of a 64-bit constant, of two instructions.
  static final int LOAD_WIDE = LD | IMM | Width.DOUBLE.bits;

  /// The kind of a 64-bit constant that stands for a map (`BPF_PSEUDO_MAP_FD`).
  static final int PSEUDO_MAP = 1;

  /// The kind of one that stands for an address in the value of a map (`BPF_PSEUDO_MAP_VALUE`).
  static final int PSEUDO_MAP_VALUE = 2;

  private EbpfOpcode() {}

  static int classOf(int opcode) {
    return opcode & 0x07;
  }

  static int modeOf(int opcode) {
    return opcode & 0xe0;
  }

  static int operationOf(int opcode) {
    return opcode & 0xf0;
  }

  static boolean isByRegister(int opcode) {
    return (opcode & X) != 0;
  }
}
