package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

import java.util.ArrayList;
import java.util.List;

/// Fits programs for `LINUX_SLL2` packets to cooked sockets. Such a program counts from the
/// pseudo-header, as savefiles have it; the kernel runs it on a packet that begins after it, and
/// knows the header's fields apart.
public final class CookedProgram {
  private static final int HEADER = 20;
  private static final int PROTOCOL_AT = 0;
  private static final int INTERFACE_INDEX_AT = 4;
  private static final int PACKET_TYPE_AT = 10;

  private CookedProgram() {}

  /// The program for a cooked socket.
  ///
  /// @param program for packets that begin with the pseudo-header of `LINUX_SLL2`
  /// @throws IllegalArgumentException if it loads something of the pseudo-header that the kernel
  ///   does not tell, with the instruction's number
  public static BpfProgram forKernel(BpfProgram program) {
    List<BpfInstruction> instructions = new ArrayList<>();
    for (BpfInstruction instruction : program.instructions()) {
      int k = instruction.k();
      instructions.add(
          isLoadOfPacket(instruction.code()) && k >= 0
              ? new BpfInstruction(
                  instruction.code(), instruction.jt(), instruction.jf(), moved(k, instructions))
              : instruction);
    }
    return new BpfProgram(instructions);
  }

  private static boolean isLoadOfPacket(int code) {
    if (classOf(code) != BPF_LD && classOf(code) != BPF_LDX) {
      return false;
    }
    return switch (modeOf(code)) {
      case BPF_ABS, BPF_IND, BPF_MSH -> true;
      default -> false;
    };
  }

  private static int moved(int k, List<BpfInstruction> before) {
    if (k >= HEADER) {
      return k - HEADER;
    }
    return switch (k) {
      case PROTOCOL_AT -> AncillaryField.PROTOCOL.k;
      case INTERFACE_INDEX_AT -> AncillaryField.INTERFACE_INDEX.k;
      case PACKET_TYPE_AT -> AncillaryField.PACKET_TYPE.k;
      default ->
          throw new IllegalArgumentException(
              "instruction %d: the kernel cannot load offset %d of the cooked header"
                  .formatted(before.size(), k));
    };
  }
}
