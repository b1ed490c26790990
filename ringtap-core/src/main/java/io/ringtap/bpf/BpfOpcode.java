package io.ringtap.bpf;

import org.jspecify.annotations.Nullable;

/// The parts of a classic BPF opcode, as in `linux/bpf_common.h` and `linux/filter.h`, and the
/// opcodes that Linux makes of them (`bpf_check_classic` in `net/core/filter.c`).
///
/// The accumulator is A, the index register X, the scratch memory M, an instruction's constant k.
public final class BpfOpcode {
  // Classes.
  /// Class: load into A.
  public static final int BPF_LD = 0x00;

  /// Class: load into X.
  public static final int BPF_LDX = 0x01;

  /// Class: store A in `M[k]`.
  public static final int BPF_ST = 0x02;

  /// Class: store X in `M[k]`.
  public static final int BPF_STX = 0x03;

  /// Class: arithmetic on A.
  public static final int BPF_ALU = 0x04;

  /// Class: jump.
  public static final int BPF_JMP = 0x05;

  /// Class: return, with the number of bytes to keep.
  public static final int BPF_RET = 0x06;

  /// Class: move between A and X.
  public static final int BPF_MISC = 0x07;

  // How much a load takes.
  /// Size: a word, 4 bytes.
  public static final int BPF_W = 0x00;

  /// Size: a half-word, 2 bytes.
  public static final int BPF_H = 0x08;

  /// Size: 1 byte.
  public static final int BPF_B = 0x10;

  // Where a load takes it from.
  /// Mode: the constant k.
  public static final int BPF_IMM = 0x00;

  /// Mode: the packet at offset k, or an [AncillaryField] if k is its constant.
  public static final int BPF_ABS = 0x20;

  /// Mode: the packet at offset X + k.
  public static final int BPF_IND = 0x40;

  /// Mode: `M[k]`.
  public static final int BPF_MEM = 0x60;

  /// Mode: the length of the packet in bytes.
  public static final int BPF_LEN = 0x80;

  /// Mode: 4 times the low 4 bits of the packet's byte at offset k; of X only.
  public static final int BPF_MSH = 0xA0;

  // Arithmetic.
  /// Operation: A = A + operand.
  public static final int BPF_ADD = 0x00;

  /// Operation: A = A - operand.
  public static final int BPF_SUB = 0x10;

  /// Operation: A = A * operand.
  public static final int BPF_MUL = 0x20;

  /// Operation: A = A / operand, unsigned. Division by X = 0 ends the program and drops the packet.
  public static final int BPF_DIV = 0x30;

  /// Operation: A = A | operand.
  public static final int BPF_OR = 0x40;

  /// Operation: A = A & operand.
  public static final int BPF_AND = 0x50;

  /// Operation: A = A << operand.
  public static final int BPF_LSH = 0x60;

  /// Operation: A = A >> operand, unsigned.
  public static final int BPF_RSH = 0x70;

  /// Operation: A = -A; no operand.
  public static final int BPF_NEG = 0x80;

  /// Operation: A = A % operand, unsigned. Division by X = 0 is as for [#BPF_DIV].
  public static final int BPF_MOD = 0x90;

  /// Operation: A = A ^ operand.
  public static final int BPF_XOR = 0xA0;

  /// Operation: A = the state that a look-up of A in a [LookupTable] leads to, which begins in the
  /// state in the operand. The kernel does not have it.
  public static final int BPF_LOOKUP = 0xB0;

  // Jumps.
  /// Jump always, by k instructions.
  public static final int BPF_JA = 0x00;

  /// Jump if A = operand.
  public static final int BPF_JEQ = 0x10;

  /// Jump if A > operand, unsigned.
  public static final int BPF_JGT = 0x20;

  /// Jump if A ≥ operand, unsigned.
  public static final int BPF_JGE = 0x30;

  /// Jump if A & operand is not 0.
  public static final int BPF_JSET = 0x40;

  // The right-hand operand, and what to return.
  /// Source: the operand, or what to return, is k.
  public static final int BPF_K = 0x00;

  /// Source: the operand is X.
  public static final int BPF_X = 0x08;

  /// Source: what to return is A.
  public static final int BPF_A = 0x10;

  // Moves between the registers.
  /// Move: X = A.
  public static final int BPF_TAX = 0x00;

  /// Move: A = X.
  public static final int BPF_TXA = 0x80;

  /// The most instructions that a program has.
  public static final int BPF_MAXINSNS = 4096;

  /// Words of scratch memory.
  public static final int BPF_MEMWORDS = 16;

  private BpfOpcode() {}

  /// `BPF_CLASS` of an opcode.
  public static int classOf(int code) {
    return code & 0x07;
  }

  /// `BPF_SIZE` of a load.
  public static int sizeOf(int code) {
    return code & 0x18;
  }

  /// `BPF_MODE` of a load.
  public static int modeOf(int code) {
    return code & 0xE0;
  }

  /// `BPF_OP` of arithmetic or a jump.
  public static int operationOf(int code) {
    return code & 0xF0;
  }

  /// `BPF_SRC` of arithmetic or a jump.
  public static int sourceOf(int code) {
    return code & 0x08;
  }

  /// Whether an opcode is a jump that looks at A.
  static boolean isConditional(int code) {
    return classOf(code) == BPF_JMP && operationOf(code) != BPF_JA;
  }

  /// What `tcpdump -d` calls an opcode, or null when Linux has no such opcode.
  static @Nullable String mnemonic(int code) {
    return switch (code) {
      case BPF_LD | BPF_W | BPF_ABS,
          BPF_LD | BPF_W | BPF_IND,
          BPF_LD | BPF_W | BPF_LEN,
          BPF_LD | BPF_IMM,
          BPF_LD | BPF_MEM ->
          "ld";
      case BPF_LD | BPF_H | BPF_ABS, BPF_LD | BPF_H | BPF_IND -> "ldh";
      case BPF_LD | BPF_B | BPF_ABS, BPF_LD | BPF_B | BPF_IND -> "ldb";
      case BPF_LDX | BPF_IMM, BPF_LDX | BPF_MEM, BPF_LDX | BPF_W | BPF_LEN -> "ldx";
      case BPF_LDX | BPF_B | BPF_MSH -> "ldxb";
      case BPF_ST -> "st";
      case BPF_STX -> "stx";
      case BPF_ALU | BPF_ADD | BPF_K, BPF_ALU | BPF_ADD | BPF_X -> "add";
      case BPF_ALU | BPF_SUB | BPF_K, BPF_ALU | BPF_SUB | BPF_X -> "sub";
      case BPF_ALU | BPF_MUL | BPF_K, BPF_ALU | BPF_MUL | BPF_X -> "mul";
      case BPF_ALU | BPF_DIV | BPF_K, BPF_ALU | BPF_DIV | BPF_X -> "div";
      case BPF_ALU | BPF_MOD | BPF_K, BPF_ALU | BPF_MOD | BPF_X -> "mod";
      case BPF_ALU | BPF_AND | BPF_K, BPF_ALU | BPF_AND | BPF_X -> "and";
      case BPF_ALU | BPF_OR | BPF_K, BPF_ALU | BPF_OR | BPF_X -> "or";
      case BPF_ALU | BPF_XOR | BPF_K, BPF_ALU | BPF_XOR | BPF_X -> "xor";
      case BPF_ALU | BPF_LSH | BPF_K, BPF_ALU | BPF_LSH | BPF_X -> "lsh";
      case BPF_ALU | BPF_RSH | BPF_K, BPF_ALU | BPF_RSH | BPF_X -> "rsh";
      case BPF_ALU | BPF_NEG -> "neg";
      case BPF_ALU | BPF_LOOKUP | BPF_K, BPF_ALU | BPF_LOOKUP | BPF_X -> "lookup";
      case BPF_JMP | BPF_JA -> "ja";
      case BPF_JMP | BPF_JEQ | BPF_K, BPF_JMP | BPF_JEQ | BPF_X -> "jeq";
      case BPF_JMP | BPF_JGT | BPF_K, BPF_JMP | BPF_JGT | BPF_X -> "jgt";
      case BPF_JMP | BPF_JGE | BPF_K, BPF_JMP | BPF_JGE | BPF_X -> "jge";
      case BPF_JMP | BPF_JSET | BPF_K, BPF_JMP | BPF_JSET | BPF_X -> "jset";
      case BPF_RET | BPF_K, BPF_RET | BPF_A -> "ret";
      case BPF_MISC | BPF_TAX -> "tax";
      case BPF_MISC | BPF_TXA -> "txa";
      default -> null;
    };
  }
}
