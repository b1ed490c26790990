package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.packet.LinkType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fits programs for `LINUX_SLL` and `LINUX_SLL2` packets to cooked sockets. Such a program counts
/// from the pseudo-header, as savefiles have it; the kernel runs it on a packet that begins after
/// it, and knows some of the header's fields apart.
///
/// The program decides on each packet as it would in the savefile, or is refused. How much it keeps
/// of one that it takes is counted in the kernel without the pseudo-header.
public final class CookedProgram {
  /// Where the pseudo-header has what the kernel tells; -1 for what it has not.
  private record Layout(
      int bytes, int packetTypeAt, int packetTypeSize, int indexAt, int protocolAt) {
    @Nullable AncillaryField field(int offset, int size) {
      if (offset == packetTypeAt && size == packetTypeSize) {
        return AncillaryField.PACKET_TYPE;
      }
      if (offset == indexAt && size == BPF_W) {
        return AncillaryField.INTERFACE_INDEX;
      }
      return offset == protocolAt && size == BPF_H ? AncillaryField.PROTOCOL : null;
    }
  }

  private static final Layout SLL = new Layout(16, 0, BPF_H, -1, 14);
  private static final Layout SLL2 = new Layout(20, 10, BPF_B, 4, 0);
  private static final int MAX_SKIP = 255;

  private final Layout header;
  private final List<BpfInstruction> program;
  private final @Nullable Range[] indexes;
  // Where each instruction begins: what is put in moves those behind it.
  private final int[] moved;

  private CookedProgram(Layout header, BpfProgram program) {
    this.header = header;
    this.program = program.instructions();
    this.indexes = IndexRanges.of(program);
    this.moved = new int[this.program.size()];
    int at = 0;
    for (int i = 0; i < moved.length; i++) {
      moved[i] = at;
      at += isLoadOfLength(this.program.get(i)) ? 2 : 1;
    }
  }

  /// The program for a cooked socket.
  ///
  /// @param program for packets that begin with the pseudo-header of `linkType`
  /// @param linkType [LinkType#LINUX_SLL] or [LinkType#LINUX_SLL2]
  /// @throws IllegalArgumentException if the kernel cannot run it: if it loads something of the
  ///   pseudo-header that the kernel does not tell, or may do so by its index, with the
  ///   instruction's number; if it loops; if the link type is another
  public static BpfProgram forKernel(BpfProgram program, LinkType linkType) {
    program.requireNoLoop();
    return new CookedProgram(layout(linkType), program).fitted();
  }

  private static Layout layout(LinkType linkType) {
    if (linkType.equals(LinkType.LINUX_SLL)) {
      return SLL;
    }
    if (linkType.equals(LinkType.LINUX_SLL2)) {
      return SLL2;
    }
    throw new IllegalArgumentException(linkType.word() + " has no cooked header");
  }

  private BpfProgram fitted() {
    List<BpfInstruction> instructions = new ArrayList<>();
    for (int i = 0; i < program.size(); i++) {
      BpfInstruction instruction = program.get(i);
      switch (classOf(instruction.code())) {
        case BPF_LD, BPF_LDX -> instructions.add(load(i, instruction));
        case BPF_JMP -> instructions.add(jump(i, instruction));
        default -> instructions.add(instruction);
      }
      if (isLoadOfLength(instruction)) { // the kernel's length is without the header
        instructions.add(new BpfInstruction(BPF_ALU | BPF_ADD | BPF_K, 0, 0, header.bytes()));
      }
    }
    return new BpfProgram(instructions);
  }

  private static boolean isLoadOfLength(BpfInstruction instruction) {
    return instruction.code() == (BPF_LD | BPF_W | BPF_LEN);
  }

  private BpfInstruction load(int at, BpfInstruction load) {
    int k = load.k();
    return switch (modeOf(load.code())) {
      case BPF_ABS -> {
        if (k < 0) {
          requireSameInKernel(at, AncillaryField.at(k));
          yield load;
        }
        yield k >= header.bytes() ? with(load, k - header.bytes()) : with(load, fieldAt(at, load));
      }
      case BPF_MSH -> {
        if (k >= 0 && k < header.bytes()) {
          throw unknown(at, k);
        }
        yield k < 0 ? load : with(load, k - header.bytes());
      }
      case BPF_IND -> with(load, movedIndexed(at, k));
      case BPF_LEN -> {
        if (classOf(load.code()) == BPF_LDX) {
          throw wrong(at, "the kernel cannot load the length with the cooked header into X");
        }
        yield load;
      }
      default -> load;
    };
  }

  private int fieldAt(int at, BpfInstruction load) {
    AncillaryField field = header.field(load.k(), sizeOf(load.code()));
    if (field == null) {
      throw unknown(at, load.k());
    }
    return field.k;
  }

  /// The kernel adds X, as a number of 32 bits that wraps, before it looks at the sign. So the
  /// constant can become negative, but the sum must be the same packet's octet for every X.
  private int movedIndexed(int at, int k) {
    Range index = indexes[at];
    if (index != null
        && (index.low() + k < header.bytes() || index.high() + k > Integer.MAX_VALUE)) {
      throw wrong(
          at,
          "the kernel can load [x + %d] only where it lies behind the cooked header, and x may be %s"
              .formatted(k, index));
    }
    return k - header.bytes();
  }

  private static void requireSameInKernel(int at, @Nullable AncillaryField field) {
    if (field == AncillaryField.NETLINK_ATTRIBUTE
        || field == AncillaryField.NESTED_NETLINK_ATTRIBUTE
        || field == AncillaryField.PAYLOAD_OFFSET) {
      throw wrong(at, "[" + field.label + "] counts without the cooked header in the kernel");
    }
  }

  private BpfInstruction jump(int at, BpfInstruction jump) {
    return isConditional(jump.code())
        ? new BpfInstruction(
            jump.code(), conditionalSkip(at, jump.jt()), conditionalSkip(at, jump.jf()), jump.k())
        : with(jump, skip(at, jump.k()));
  }

  private int conditionalSkip(int at, int skip) {
    int moved = skip(at, skip);
    if (moved > MAX_SKIP) {
      throw wrong(at, "the jump is too long once lengths are corrected for the cooked header");
    }
    return moved;
  }

  private int skip(int at, int skip) {
    return moved[at + 1 + skip] - moved[at] - 1;
  }

  private static BpfInstruction with(BpfInstruction instruction, int k) {
    return new BpfInstruction(instruction.code(), instruction.jt(), instruction.jf(), k);
  }

  private static IllegalArgumentException unknown(int at, int k) {
    return wrong(at, "the kernel cannot load offset " + k + " of the cooked header");
  }

  private static IllegalArgumentException wrong(int at, String problem) {
    return new IllegalArgumentException("instruction " + at + ": " + problem);
  }
}
