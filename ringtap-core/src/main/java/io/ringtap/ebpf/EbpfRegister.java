package io.ringtap.ebpf;

/// The registers of the eBPF machine, 64 bits each
/// (Documentation/bpf/standardization/instruction-set.rst).
public enum EbpfRegister {
  /// Holds results: of a call, and of the program.
  R0(0),
  /// The first argument of a call, which destroys it; the context when a program begins.
  R1(1),
  /// The second argument of a call, which destroys it.
  R2(2),
  /// The third argument of a call, which destroys it.
  R3(3),
  /// The fourth argument of a call, which destroys it.
  R4(4),
  /// The fifth argument of a call, which destroys it.
  R5(5),
  /// Survives calls.
  R6(6),
  /// Survives calls.
  R7(7),
  /// Survives calls.
  R8(8),
  /// Survives calls.
  R9(9),
  /// The end of the stack, whose 512 bytes lie below it; cannot be written.
  R10(10);

  private final int number;

  EbpfRegister(int number) {
    this.number = number;
  }

  /// The number in an instruction.
  public int number() {
    return number;
  }
}
