package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;
import static io.ringtap.bpf.DecodedProgram.*;
import static io.ringtap.bpf.PacketLoads.OUTSIDE;

import io.ringtap.packet.Frame;
import java.lang.foreign.MemorySegment;

/// Runs a program on packets as the kernel would, without one. An interpreter keeps its decoded
/// program and serves packet after packet without allocating; it belongs to one thread at a time.
///
/// As in `net/core/filter.c`: registers begin as zero, numbers are unsigned and wrap, a load
/// outside the packet or a division by zero ends the program with 0, a shift by a register counts
/// its low five bits. A negative offset, also of an indexed load, counts from the network header at
/// `SKF_NET_OFF` and from the link-layer header at `SKF_LL_OFF`; only what lies within the given
/// packet can be loaded, though the kernel may still have bytes before it.
///
/// A program that loops, which the kernel refuses, ends with 0 after [#MAX_STEPS] instructions:
/// more than it takes to walk through the extension headers of the longest IPv6 packet.
public final class BpfInterpreter {
  /// The instructions that a looping program may execute for one packet.
  public static final int MAX_STEPS = 1 << 20;

  private final DecodedProgram program;
  private final int limit;
  // Not cleared for each packet: a program reads only words that it has written.
  private final int[] scratch = new int[BPF_MEMWORDS];
  private final Ancillary ofFrame = new Ancillary(0, 0, 0);
  private int executed;

  /// An interpreter of `program`.
  public BpfInterpreter(BpfProgram program) {
    this.program = new DecodedProgram(program);
    this.limit = program.loops() ? MAX_STEPS : program.instructions().size();
  }

  /// Runs the program on a frame as it stands, with what the frame says of itself where the program
  /// asks for it: this allocates nothing.
  ///
  /// @return how many bytes to keep, as an unsigned number; 0 to drop the packet
  public int run(Frame frame) {
    if (program.asksBeside) {
      ofFrame.of(frame);
    }
    return run(frame.memory(), frame.offset(), frame.caplen(), frame.origlen(), ofFrame);
  }

  /// Runs the program on the bytes of a packet as a socket has them, with what the kernel says
  /// beside them: this allocates nothing.
  ///
  /// @param memory holds the captured bytes, with others before and after them
  /// @param offset of the first captured byte: of the link-layer header for `SOCK_RAW`, of the
  ///   network header for `SOCK_DGRAM`
  /// @param caplen captured bytes, beyond which loads end the program with 0
  /// @param origlen bytes of the packet as it was, which the program sees as its length
  /// @return how many bytes to keep, as an unsigned number; 0 to drop the packet
  public int run(MemorySegment memory, long offset, int caplen, int origlen, Ancillary ancillary) {
    DecodedProgram decoded = program;
    int a = 0;
    int x = 0;
    int pc = 0;
    for (int step = 1; step <= limit; step++) {
      int operand = decoded.constants[pc] + (x & decoded.indexed[pc]);
      int next = pc + 1;
      long loaded = 0; // or OUTSIDE
      switch (decoded.operations[pc]) {
        case BPF_LD | BPF_W | BPF_ABS -> {
          loaded = PacketLoads.word(memory, offset, caplen, operand, ancillary);
          a = (int) loaded;
        }
        case BPF_LD | BPF_H | BPF_ABS -> {
          loaded = PacketLoads.half(memory, offset, caplen, operand, ancillary);
          a = (int) loaded;
        }
        case BPF_LD | BPF_B | BPF_ABS -> {
          loaded = PacketLoads.oneByte(memory, offset, caplen, operand, ancillary);
          a = (int) loaded;
        }
        case BPF_LDX | BPF_B | BPF_MSH -> {
          loaded = PacketLoads.oneByte(memory, offset, caplen, operand, ancillary);
          x = ((int) loaded & 0xF) * 4;
        }
        case BPF_LD | BPF_W | BPF_LEN -> a = origlen;
        case BPF_LDX | BPF_W | BPF_LEN -> x = origlen;
        case BPF_LD | BPF_IMM -> a = operand;
        case BPF_LDX | BPF_IMM -> x = operand;
        case BPF_LD | BPF_MEM -> a = scratch[operand];
        case BPF_LDX | BPF_MEM -> x = scratch[operand];
        case BPF_ST -> scratch[operand] = a;
        case BPF_STX -> scratch[operand] = x;
        case LD_ANCILLARY -> a = ancillary.value(operand);
        case LD_OF_INTERFACE -> {
          if (!ancillary.hasInterface()) {
            return end(step, a);
          }
          a = ancillary.value(operand);
        }
        case LD_NETLINK -> a = NetlinkAttributes.find(memory, offset, caplen, a, x);
        case LD_NESTED_NETLINK -> a = NetlinkAttributes.findNested(memory, offset, caplen, a, x);
        case BPF_ALU | BPF_ADD -> a += operand;
        case BPF_ALU | BPF_SUB -> a -= operand;
        case BPF_ALU | BPF_MUL -> a *= operand;
        case BPF_ALU | BPF_DIV -> {
          if (operand == 0) {
            return end(step, 0);
          }
          a = Integer.divideUnsigned(a, operand);
        }
        case BPF_ALU | BPF_MOD -> {
          if (operand == 0) {
            return end(step, 0);
          }
          a = Integer.remainderUnsigned(a, operand);
        }
        case BPF_ALU | BPF_AND -> a &= operand;
        case BPF_ALU | BPF_OR -> a |= operand;
        case BPF_ALU | BPF_XOR -> a ^= operand;
        case BPF_ALU | BPF_LSH -> a <<= operand;
        case BPF_ALU | BPF_RSH -> a >>>= operand;
        case BPF_ALU | BPF_NEG -> a = -a;
        case BPF_ALU | BPF_LOOKUP -> a = decoded.lookUp(a, operand);
        case BPF_JMP | BPF_JA -> next = decoded.ifTrue[pc];
        case BPF_JMP | BPF_JEQ -> next = a == operand ? decoded.ifTrue[pc] : decoded.ifFalse[pc];
        case BPF_JMP | BPF_JGT ->
            next =
                Integer.compareUnsigned(a, operand) > 0 ? decoded.ifTrue[pc] : decoded.ifFalse[pc];
        case BPF_JMP | BPF_JGE ->
            next =
                Integer.compareUnsigned(a, operand) >= 0 ? decoded.ifTrue[pc] : decoded.ifFalse[pc];
        case BPF_JMP | BPF_JSET ->
            next = (a & operand) != 0 ? decoded.ifTrue[pc] : decoded.ifFalse[pc];
        case BPF_RET | BPF_K -> {
          return end(step, operand);
        }
        case BPF_RET | BPF_A -> {
          return end(step, a);
        }
        case BPF_MISC | BPF_TAX -> x = a;
        default -> a = x; // BPF_MISC | BPF_TXA: a program has no other
      }
      if (loaded == OUTSIDE) {
        return end(step, 0);
      }
      pc = next;
    }
    return end(limit, 0);
  }

  /// How many instructions the last run executed, the one that ended it among them.
  public int executed() {
    return executed;
  }

  private int end(int steps, int verdict) {
    executed = steps;
    return verdict;
  }
}
