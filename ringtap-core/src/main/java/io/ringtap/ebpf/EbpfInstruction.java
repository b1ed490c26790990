package io.ringtap.ebpf;

/// One eBPF instruction of 8 bytes, or one half of the 16 bytes that load a 64-bit constant.
///
/// ```
/// 63                     32 31            16 15  12 11   8 7      0
/// ┌────────────────────────┬────────────────┬──────┬──────┬────────┐
/// │ immediate              │ offset         │ src  │ dst  │ opcode │
/// └────────────────────────┴────────────────┴──────┴──────┴────────┘
/// ```
///
/// @param opcode 0 to 255
/// @param destination number of a register, 0 to 15
/// @param source number of a register, or what kind of constant it is, 0 to 15
/// @param offset of memory in bytes, or of a jump in instructions
/// @param immediate a constant
public record EbpfInstruction(
    int opcode, int destination, int source, short offset, int immediate) {
  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a number does not fit into its field
  public EbpfInstruction {
    if ((opcode & ~0xff) != 0 || (destination & ~0xf) != 0 || (source & ~0xf) != 0) {
      throw new IllegalArgumentException(
          "no instruction: opcode %d, registers %d and %d".formatted(opcode, destination, source));
    }
  }

  /// The instruction whose 8 bytes are `encoded`, in the byte order of this machine.
  public static EbpfInstruction decode(long encoded) {
    return new EbpfInstruction(
        (int) encoded & 0xff,
        (int) (encoded >>> 8) & 0xf,
        (int) (encoded >>> 12) & 0xf,
        (short) (encoded >>> 16),
        (int) (encoded >>> 32));
  }

  /// The 8 bytes of a `struct bpf_insn` (`linux/bpf.h`) on a little-endian machine, as one number.
  public long encode() {
    return opcode
        | (long) destination << 8
        | (long) source << 12
        | (offset & 0xffffL) << 16
        | (long) immediate << 32;
  }

  /// This instruction with another offset.
  EbpfInstruction withOffset(short newOffset) {
    return new EbpfInstruction(opcode, destination, source, newOffset, immediate);
  }
}
