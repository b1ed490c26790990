package io.ringtap.testnet.load;

import io.ringtap.linux.abi.bpf.Bpf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes eBPF instructions of the kinds that the load programs need. All arithmetic is 64 bits
/// wide and unsigned. Labels are names and may be used before they are placed.
///
/// ```
/// 63                     32 31            16 15  12 11   8 7      0
/// ┌────────────────────────┬────────────────┬──────┬──────┬────────┐
/// │ immediate              │ offset         │ src  │ dst  │ opcode │
/// └────────────────────────┴────────────────┴──────┴──────┴────────┘
/// ```
final class EbpfAssembler {
  /// How many bytes a load or store moves.
  enum Width {
    HALF(0x08),
    WORD(0x00),
    DOUBLE(0x18);

    private final int bits;

    Width(int bits) {
      this.bits = bits;
    }
  }

  /// The arithmetic operations.
  enum Operation {
    ADD(0x00),
    MULTIPLY(0x20),
    DIVIDE(0x30),
    AND(0x50),
    SHIFT_RIGHT(0x70),
    MODULO(0x90),
    XOR(0xa0),
    MOVE(0xb0);

    private final int bits;

    Operation(int bits) {
      this.bits = bits;
    }
  }

  private static final int LOAD = 0x61; // BPF_LDX | BPF_MEM
  private static final int STORE = 0x63; // BPF_STX | BPF_MEM
  private static final int LOAD_WIDE = 0x18; // BPF_LD | BPF_IMM | BPF_DW, two instructions long
  private static final int ARITHMETIC = 0x07; // BPF_ALU64
  private static final int REGISTER = 0x08; // the second operand is a register
  private static final int TO_BIG_ENDIAN = 0xdc; // BPF_ALU | BPF_END | BPF_TO_BE
  private static final int JUMP = 0x05;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_ABOVE = 0x2d; // compares registers
  private static final int JUMP_AT_LEAST = 0x35;
  private static final int CALL = 0x85;
  private static final int EXIT = 0x95;

  private final List<Long> instructions = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<Integer, String> jumps = new HashMap<>(); // instruction to target

  /// Loads from `[base + offset]` and clears the upper bits.
  EbpfAssembler load(Width width, EbpfRegister to, EbpfRegister base, long offset) {
    return add(LOAD | width.bits, to, base, offset, 0);
  }

  /// Stores to `[base + offset]`.
  EbpfAssembler store(Width width, EbpfRegister base, long offset, EbpfRegister from) {
    return add(STORE | width.bits, base, from, offset, 0);
  }

  /// Loads a 64-bit constant.
  EbpfAssembler constant(EbpfRegister to, long value) {
    return wide(to, 0, value);
  }

  /// Loads the address of a map; the kernel replaces the descriptor by the address.
  EbpfAssembler map(EbpfRegister to, int descriptor) {
    return wide(to, Bpf.BPF_PSEUDO_MAP_FD, descriptor);
  }

  /// Applies `operation` to `to` and a constant, which is sign-extended.
  EbpfAssembler apply(Operation operation, EbpfRegister to, int value) {
    return add(ARITHMETIC | operation.bits, to, EbpfRegister.R0, 0, value);
  }

  /// Applies `operation` to `to` and another register.
  EbpfAssembler apply(Operation operation, EbpfRegister to, EbpfRegister from) {
    return add(ARITHMETIC | operation.bits | REGISTER, to, from, 0, 0);
  }

  /// Converts the low `bits` (16, 32 or 64) to network byte order and clears the others.
  EbpfAssembler toNetworkOrder(EbpfRegister register, int bits) {
    return add(TO_BIG_ENDIAN, register, EbpfRegister.R0, 0, bits);
  }

  EbpfAssembler jump(String label) {
    return jump(JUMP, EbpfRegister.R0, EbpfRegister.R0, 0, label);
  }

  EbpfAssembler jumpIfEqual(EbpfRegister left, int right, String label) {
    return jump(JUMP_EQUAL, left, EbpfRegister.R0, right, label);
  }

  EbpfAssembler jumpIfAbove(EbpfRegister left, EbpfRegister right, String label) {
    return jump(JUMP_ABOVE, left, right, 0, label);
  }

  EbpfAssembler jumpIfAtLeast(EbpfRegister left, int right, String label) {
    return jump(JUMP_AT_LEAST, left, EbpfRegister.R0, right, label);
  }

  /// Calls a helper of the kernel (`bpf-helpers(7)`).
  EbpfAssembler call(int helper) {
    return add(CALL, EbpfRegister.R0, EbpfRegister.R0, 0, helper);
  }

  EbpfAssembler exit() {
    return add(EXIT, EbpfRegister.R0, EbpfRegister.R0, 0, 0);
  }

  /// Places a label before the next instruction.
  ///
  /// @throws IllegalStateException if it has been placed already
  EbpfAssembler label(String name) {
    if (labels.put(name, instructions.size()) != null) {
      throw new IllegalStateException("label placed twice: " + name);
    }
    return this;
  }

  /// The instructions, with jumps resolved.
  ///
  /// @throws IllegalStateException if a label that is jumped to has not been placed
  long[] assemble() {
    long[] program = instructions.stream().mapToLong(Long::longValue).toArray();
    jumps.forEach((from, name) -> {
      Integer to = labels.get(name);
      if (to == null) {
        throw new IllegalStateException("label not placed: " + name);
      }
      program[from] |= (to - from - 1 & 0xffffL) << 16;
    });
    return program;
  }

  private EbpfAssembler jump(
      int opcode, EbpfRegister left, EbpfRegister right, int value, String label) {
    jumps.put(instructions.size(), label);
    return add(opcode, left, right, 0, value);
  }

  /// @param kind the kind of the value, for the field of the source register
  private EbpfAssembler wide(EbpfRegister to, int kind, long value) {
    add(LOAD_WIDE, to.number, kind, 0, (int) value);
    return add(0, 0, 0, 0, (int) (value >>> 32));
  }

  private EbpfAssembler add(
      int opcode, EbpfRegister to, EbpfRegister from, long offset, int immediate) {
    return add(opcode, to.number, from.number, offset, immediate);
  }

  private EbpfAssembler add(int opcode, int to, int from, long offset, int immediate) {
    instructions.add(
        opcode
            | (long) to << 8
            | (long) from << 12
            | (offset & 0xffff) << 16
            | (long) immediate << 32);
    return this;
  }
}
