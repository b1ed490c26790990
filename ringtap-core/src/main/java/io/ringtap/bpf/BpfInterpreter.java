package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;

/// Runs a program on a packet as the kernel would, without one: a model to test filters with.
///
/// As in `net/core/filter.c`: registers begin as zero, numbers are unsigned and wrap, a load
/// outside the packet or a division by zero ends the program with 0, a shift by a register counts
/// its low five bits. An index may reach no further back than the packet's beginning; the kernel's
/// windows at `SKF_NET_OFF` and `SKF_LL_OFF` are not modelled.
public final class BpfInterpreter {
  private static final OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /// What a load returns instead of 0 to 2³² - 1.
  private static final long OUTSIDE = -1;

  private final MemorySegment packet;
  private final int length; // what a load of the length gives: that of the packet before it was cut
  private final Ancillary ancillary;
  private final int[] scratch = new int[BPF_MEMWORDS];
  private int a;
  private int x;

  private BpfInterpreter(MemorySegment packet, int length, Ancillary ancillary) {
    this.packet = packet;
    this.length = length;
    this.ancillary = ancillary;
  }

  /// Runs `program` on the whole of `packet`.
  ///
  /// @param packet as the socket sees it: from the link-layer header on for `SOCK_RAW`, from the
  ///   network header on for `SOCK_DGRAM`
  /// @return how many bytes to keep, as an unsigned number; 0 to drop the packet
  public static int run(BpfProgram program, MemorySegment packet, Ancillary ancillary) {
    return run(program, packet, Math.toIntExact(packet.byteSize()), ancillary);
  }

  /// Runs `program` on what was captured of a packet.
  ///
  /// @param packet the captured octets, beyond which loads end the program with 0
  /// @param origlen octets of the packet as it was, which the program sees as its length
  /// @return how many bytes to keep, as an unsigned number; 0 to drop the packet
  public static int run(
      BpfProgram program, MemorySegment packet, int origlen, Ancillary ancillary) {
    return new BpfInterpreter(packet, origlen, ancillary).run(program);
  }

  private int run(BpfProgram program) {
    for (int pc = 0; ; pc++) { // ends: a program only jumps forward, and its last word is a return
      BpfInstruction instruction = program.instructions().get(pc);
      int code = instruction.code();
      int k = instruction.k();
      switch (classOf(code)) {
        case BPF_LD, BPF_LDX -> {
          long value = load(code, k);
          if (value == OUTSIDE) {
            return 0;
          }
          if (classOf(code) == BPF_LD) {
            a = (int) value;
          } else {
            x = (int) value;
          }
        }
        case BPF_ST -> scratch[k] = a;
        case BPF_STX -> scratch[k] = x;
        case BPF_ALU -> {
          int operand = sourceOf(code) == BPF_X ? x : k;
          int operation = operationOf(code);
          if (operand == 0 && (operation == BPF_DIV || operation == BPF_MOD)) {
            return 0;
          }
          a = compute(operation, operand);
        }
        case BPF_JMP -> {
          if (isConditional(code)) {
            boolean holds = holds(operationOf(code), sourceOf(code) == BPF_X ? x : k);
            pc += holds ? instruction.jt() : instruction.jf();
          } else {
            pc += k;
          }
        }
        case BPF_RET -> {
          return code == (BPF_RET | BPF_A) ? a : k;
        }
        default -> {
          if (code == (BPF_MISC | BPF_TAX)) {
            x = a;
          } else {
            a = x;
          }
        }
      }
    }
  }

  private long load(int code, int k) {
    return switch (modeOf(code)) {
      case BPF_ABS -> {
        AncillaryField field = AncillaryField.at(k);
        yield field == null
            ? fetch(sizeOf(code), k)
            : Integer.toUnsignedLong(ancillary.value(field));
      }
      case BPF_IND -> fetch(sizeOf(code), x + k);
      case BPF_MSH -> {
        long octet = fetch(BPF_B, k);
        yield octet == OUTSIDE ? OUTSIDE : (octet & 0xF) * 4;
      }
      case BPF_MEM -> Integer.toUnsignedLong(scratch[k]);
      case BPF_LEN -> Integer.toUnsignedLong(length);
      default -> Integer.toUnsignedLong(k);
    };
  }

  private long fetch(int size, int offset) {
    int bytes =
        switch (size) {
          case BPF_W -> 4;
          case BPF_H -> 2;
          default -> 1;
        };
    if (offset < 0 || (long) offset + bytes > packet.byteSize()) {
      return OUTSIDE;
    }
    return switch (bytes) {
      case 4 -> Integer.toUnsignedLong(packet.get(INT, offset));
      case 2 -> Short.toUnsignedLong(packet.get(SHORT, offset));
      default -> Byte.toUnsignedLong(packet.get(JAVA_BYTE, offset));
    };
  }

  private int compute(int operation, int operand) {
    return switch (operation) {
      case BPF_ADD -> a + operand;
      case BPF_SUB -> a - operand;
      case BPF_MUL -> a * operand;
      case BPF_DIV -> Integer.divideUnsigned(a, operand);
      case BPF_MOD -> Integer.remainderUnsigned(a, operand);
      case BPF_AND -> a & operand;
      case BPF_OR -> a | operand;
      case BPF_XOR -> a ^ operand;
      case BPF_LSH -> a << operand;
      case BPF_RSH -> a >>> operand;
      default -> -a; // BPF_NEG: a program has no other
    };
  }

  private boolean holds(int operation, int operand) {
    return switch (operation) {
      case BPF_JEQ -> a == operand;
      case BPF_JGT -> Integer.compareUnsigned(a, operand) > 0;
      case BPF_JGE -> Integer.compareUnsigned(a, operand) >= 0;
      default -> (a & operand) != 0; // BPF_JSET: a program has no other
    };
  }
}
