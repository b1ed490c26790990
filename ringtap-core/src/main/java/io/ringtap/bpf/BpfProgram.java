package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.linux.abi.bpf.SockFilter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A classic BPF program as Linux accepts it: its opcodes exist, it never jumps out of itself, it
/// ends in a return, it reads no scratch word before it has written it. Immutable. A [BpfAssembler]
/// makes one, or [#parse] reads it.
///
/// It returns how many bytes of a packet to keep, 0 to drop it.
///
/// Two things are allowed here that Linux does not take, so that only a [BpfInterpreter] runs such
/// a program. An unconditional jump may go back, as in what tcpdump makes of `ip6 protochain 6`:
/// the program [#loops]. And it may have any number of instructions: one of more than 4096 [is too
/// long][#isTooLong].
///
/// @param instructions 1 or more
/// @param table what the program looks up, if it does; then it runs in user space only
public record BpfProgram(List<BpfInstruction> instructions, LookupTable table) {
  /// Checks the program as the kernel does, and copies the list.
  ///
  /// @throws IllegalArgumentException if the kernel would refuse the program for another reason
  ///   than its loops or its length, with the number of the instruction that is wrong, from 0
  public BpfProgram {
    instructions = List.copyOf(instructions);
    BpfValidator.Fault fault = BpfValidator.fault(instructions, !table.isEmpty());
    if (fault != null) {
      throw new IllegalArgumentException(fault.toString());
    }
  }

  /// A program that looks nothing up.
  ///
  /// @throws IllegalArgumentException as the longer form
  public BpfProgram(List<BpfInstruction> instructions) {
    this(instructions, LookupTable.EMPTY);
  }

  /// Whether the program has a table to look something up in. Such a program is not for the kernel.
  public boolean looksUp() {
    return !table.isEmpty();
  }

  /// Reads a program in any of the forms that tcpdump prints: of `-d`, with or without the numbers
  /// of the instructions, of `-dd`, or of `-ddd`. Empty lines mean nothing.
  ///
  /// @throws IllegalArgumentException if it is in another form, or no program that Linux accepts
  ///   but for its loops and its length, with the line that is wrong
  public static BpfProgram parse(String text) {
    return ProgramText.parse(text);
  }

  /// Whether an instruction jumps back. Such a program is not for the kernel.
  public boolean loops() {
    return firstJumpBack() >= 0;
  }

  /// Whether it has more instructions than the kernel takes (`BPF_MAXINSNS` of
  /// `linux/bpf_common.h`).
  public boolean isTooLong() {
    return instructions.size() > BPF_MAXINSNS;
  }

  /// Whether no packet can pass, as its first instruction shows: a return of 0.
  public boolean matchesNothing() {
    BpfInstruction first = instructions.getFirst();
    return first.code() == (BPF_RET | BPF_K) && first.k() == 0;
  }

  /// @throws IllegalArgumentException if the program loops
  void requireNoLoop() {
    int back = firstJumpBack();
    if (back >= 0) {
      throw new IllegalArgumentException(
          "the program cannot run in the kernel: instruction " + back + " jumps back");
    }
  }

  private int firstJumpBack() {
    for (int i = 0; i < instructions.size(); i++) {
      BpfInstruction instruction = instructions.get(i);
      if (instruction.code() == (BPF_JMP | BPF_JA) && instruction.k() < 0) {
        return i;
      }
    }
    return -1;
  }

  /// The program as an array of `struct sock_filter` (`linux/filter.h`, in the byte order of this
  /// machine), for `SO_ATTACH_FILTER`.
  ///
  /// @throws IllegalArgumentException if the program [#loops] or [is too long][#isTooLong], for
  ///   then it cannot run in the kernel
  public MemorySegment toSockFilters(SegmentAllocator allocator) {
    requireNoLoop();
    if (looksUp()) {
      throw new IllegalArgumentException(
          "the program cannot run in the kernel: it looks something up in a table");
    }
    if (isTooLong()) {
      throw new IllegalArgumentException(
          "the program cannot run in the kernel: it has %d instructions, and at most %d are allowed"
              .formatted(instructions.size(), BPF_MAXINSNS));
    }
    MemorySegment filters = allocator.allocate(SockFilter.LAYOUT, instructions.size());
    long offset = 0;
    for (BpfInstruction instruction : instructions) {
      SockFilter.write(
          filters, offset, instruction.code(), instruction.jt(), instruction.jf(), instruction.k());
      offset += SockFilter.BYTES;
    }
    return filters;
  }

  /// Whether the program loads a field that the kernel has beside the packet.
  public boolean loads(AncillaryField field) {
    return instructions.stream()
        .anyMatch(one ->
            classOf(one.code()) == BPF_LD && modeOf(one.code()) == BPF_ABS && one.k() == field.k());
  }

  /// The program as `tcpdump -d` prints it, one line for each instruction, the last without its
  /// end. One opcode tcpdump cannot print and libpcap never makes: `ldx #pktlen`.
  @Override
  public String toString() {
    return IntStream.range(0, instructions.size())
        .mapToObj(i -> BpfDisassembler.line(i, instructions.get(i)))
        .collect(Collectors.joining("\n"));
  }

  /// The program as `tcpdump -dd` prints it: an initializer in C for each instruction, the last
  /// line without its end.
  public String toCInitializers() {
    return InitializerProgram.print(this);
  }

  /// The program as `tcpdump -ddd` prints it: the number of instructions, then `code jt jf k` of
  /// each, the last line without its end.
  public String toDecimal() {
    return DecimalProgram.print(this);
  }
}
