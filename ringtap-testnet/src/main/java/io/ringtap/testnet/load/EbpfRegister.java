package io.ringtap.testnet.load;

/// The registers of the eBPF machine (Documentation/bpf/standardization/instruction-set.rst): R0
/// holds results, R1 to R5 arguments, which a call destroys, R6 to R9 survive calls, R10 is the
/// frame pointer.
enum EbpfRegister {
  R0(0),
  R1(1),
  R2(2),
  R3(3),
  R4(4),
  R5(5),
  R6(6),
  R7(7),
  R8(8),
  R9(9),
  R10(10);

  final int number;

  EbpfRegister(int number) {
    this.number = number;
  }
}
