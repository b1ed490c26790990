package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A classic BPF program that Linux accepts: its opcodes exist, it only jumps forward and never out
/// of itself, it ends in a return. Immutable. A [BpfAssembler] makes one.
///
/// It returns how many bytes of a packet to keep, 0 to drop it.
///
/// @param instructions 1 to 4096
public record BpfProgram(List<BpfInstruction> instructions) {
  private static final int SOCK_FILTER_BYTES = 8;

  /// @throws IllegalArgumentException if the kernel would refuse the program (`bpf_check_classic`
  ///   in `net/core/filter.c`), or if it loads what [Ancillary] has not; reads of scratch memory
  ///   that was never written are left for the kernel to find
  public BpfProgram {
    instructions = List.copyOf(instructions);
    if (instructions.isEmpty() || instructions.size() > BPF_MAXINSNS) {
      throw new IllegalArgumentException(
          "a program has 1 to 4096 instructions, not " + instructions.size());
    }
    for (int i = 0; i < instructions.size(); i++) {
      String problem = problem(instructions.get(i), instructions.size() - 1 - i);
      if (problem != null) {
        throw new IllegalArgumentException("instruction " + i + ": " + problem);
      }
    }
    if (classOf(instructions.getLast().code()) != BPF_RET) {
      throw new IllegalArgumentException("the last instruction is not a return");
    }
  }

  /// Reads the decimal form that `tcpdump -ddd` prints: the number of instructions on a line, then
  /// `code jt jf k` of each on a line of its own.
  ///
  /// @throws IllegalArgumentException if it is not that, or no program that Linux accepts, with the
  ///   line that is wrong
  public static BpfProgram parseDecimal(String text) {
    return DecimalProgram.parse(text);
  }

  /// What is wrong with an instruction; null if nothing is.
  ///
  /// @param following how many instructions stand behind this one
  static @Nullable String problem(BpfInstruction instruction, int following) {
    int code = instruction.code();
    int k = instruction.k();
    if (mnemonic(code) == null) {
      return "there is no opcode 0x%02x".formatted(code);
    }
    return switch (classOf(code)) {
      case BPF_LD, BPF_LDX ->
          switch (modeOf(code)) {
            case BPF_ABS ->
                k < 0 && AncillaryField.at(k) == null ? "no ancillary load at offset " + k : null;
            case BPF_MSH -> k < 0 ? "no header at offset " + k : null;
            case BPF_MEM -> outsideScratch(k);
            default -> null;
          };
      case BPF_ST, BPF_STX -> outsideScratch(k);
      case BPF_ALU ->
          switch (code) {
            case BPF_ALU | BPF_DIV | BPF_K, BPF_ALU | BPF_MOD | BPF_K ->
                k == 0 ? "division by zero" : null;
            case BPF_ALU | BPF_LSH | BPF_K, BPF_ALU | BPF_RSH | BPF_K ->
                k < 0 || k >= Integer.SIZE ? "a shift by " + Integer.toUnsignedString(k) : null;
            default -> null;
          };
      case BPF_JMP -> outsideProgram(instruction, following);
      default -> null;
    };
  }

  private static @Nullable String outsideScratch(int k) {
    return k < 0 || k >= BPF_MEMWORDS ? "no scratch word " + Integer.toUnsignedString(k) : null;
  }

  private static @Nullable String outsideProgram(BpfInstruction jump, int following) {
    int farthest = isConditional(jump.code()) ? Math.max(jump.jt(), jump.jf()) : jump.k();
    return Integer.compareUnsigned(farthest, following) >= 0 ? "jumps out of the program" : null;
  }

  /// The program as an array of `struct sock_filter`, for `SO_ATTACH_FILTER`.
  ///
  /// ```
  /// struct sock_filter { __u16 code; __u8 jt; __u8 jf; __u32 k; };   // linux/filter.h, host order
  /// ```
  public MemorySegment toSockFilters(SegmentAllocator allocator) {
    MemorySegment filters =
        allocator.allocate(
            (long) instructions.size() * SOCK_FILTER_BYTES, JAVA_INT.byteAlignment());
    long offset = 0;
    for (BpfInstruction instruction : instructions) {
      filters.set(JAVA_SHORT, offset, (short) instruction.code());
      filters.set(JAVA_BYTE, offset + 2, (byte) instruction.jt());
      filters.set(JAVA_BYTE, offset + 3, (byte) instruction.jf());
      filters.set(JAVA_INT, offset + 4, instruction.k());
      offset += SOCK_FILTER_BYTES;
    }
    return filters;
  }

  /// The program as `tcpdump -d` prints it, one line for each instruction.
  @Override
  public String toString() {
    return IntStream.range(0, instructions.size())
        .mapToObj(i -> BpfDisassembler.line(i, instructions.get(i)))
        .collect(Collectors.joining("\n"));
  }
}
