package io.ringtap.bpf;

/// One instruction, `struct sock_filter` of `linux/filter.h`.
///
/// @param code of [BpfOpcode]
/// @param jt instructions to skip when a condition holds, 0 to 255
/// @param jf instructions to skip when it does not, 0 to 255
/// @param k the constant: 32 bits, unsigned but for the offsets of ancillary loads
public record BpfInstruction(int code, int jt, int jf, int k) {
  private static final int MAX_SKIP = 255;

  /// Checks the two skips.
  ///
  /// @throws IllegalArgumentException if `jt` or `jf` does not fit its byte
  public BpfInstruction {
    if (jt < 0 || jt > MAX_SKIP || jf < 0 || jf > MAX_SKIP) {
      throw new IllegalArgumentException(
          "a conditional jump skips 0 to 255 instructions, not %d or %d".formatted(jt, jf));
    }
  }
}
