package io.ringtap.ebpf;

/// How much a load or store moves.
public enum Width {
  /// 1 byte.
  BYTE(0x10, "u8"),
  /// 2 bytes.
  HALF(0x08, "u16"),
  /// 4 bytes.
  WORD(0x00, "u32"),
  /// 8 bytes.
  DOUBLE(0x18, "u64");

  final int bits;
  final String text;

  Width(int bits, String text) {
    this.bits = bits;
    this.text = text;
  }

  /// The width of a load or store.
  static Width of(int opcode) {
    return switch (opcode & 0x18) {
      case 0x00 -> WORD;
      case 0x08 -> HALF;
      case 0x10 -> BYTE;
      default -> DOUBLE;
    };
  }

  /// The width of this many bytes.
  ///
  /// @throws IllegalArgumentException if it is not 1, 2, 4 or 8
  public static Width ofBytes(int bytes) {
    return switch (bytes) {
      case 1 -> BYTE;
      case 2 -> HALF;
      case 4 -> WORD;
      case 8 -> DOUBLE;
      default -> throw new IllegalArgumentException("no load has " + bytes + " bytes");
    };
  }
}
