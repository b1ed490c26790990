package io.ringtap.lab;

/// The registers of the eBPF machine (Documentation/bpf/standardization/instruction-set.rst): R0
/// holds results, R1 to R5 arguments, which a call destroys, R6 to R9 survive calls, R10 is the
/// frame pointer.
enum EbpfRegister {
  R0,
  R1,
  R2,
  R3,
  R4,
  R5,
  R6,
  R7,
  R8,
  R9,
  R10
}
