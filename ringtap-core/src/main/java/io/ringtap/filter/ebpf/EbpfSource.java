package io.ringtap.filter.ebpf;

import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfOpcode;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.TableWords;
import org.jspecify.annotations.Nullable;

/// A program to be written as eBPF.
///
/// @param program the program
/// @param sets what it looks up; null if nothing, or if it is too large
public record EbpfSource(BpfProgram program, @Nullable TableWords sets) {
  /// A program with its sets in the form that eBPF reads.
  public static EbpfSource of(BpfProgram program) {
    return new EbpfSource(program, program.looksUp() ? TableWords.of(program.table()) : null);
  }

  /// Why the sets cannot be looked up, in words; empty if they can.
  String obstacleOfSets() {
    return program.looksUp() && sets == null
        ? "the sets are too large: they take more than 256 MiB"
        : "";
  }

  /// Whether an instruction loads from the packet at a fixed place.
  static boolean isFixedLoad(BpfInstruction one) {
    int kind = BpfOpcode.classOf(one.code());
    int mode = BpfOpcode.modeOf(one.code());
    boolean loads = kind == BpfOpcode.BPF_LD || kind == BpfOpcode.BPF_LDX;
    return loads && (mode == BpfOpcode.BPF_ABS || mode == BpfOpcode.BPF_MSH);
  }
}
