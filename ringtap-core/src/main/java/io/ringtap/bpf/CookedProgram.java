package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.LinuxSll;
import io.ringtap.packet.LinuxSll2;
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
  /// Where the pseudo-header has what the kernel reports; -1 for what it has not.
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

  private static final Layout SLL =
      new Layout(LinuxSll.BYTES, LinuxSll.PACKET_TYPE, BPF_H, -1, LinuxSll.PROTOCOL);
  private static final Layout SLL2 =
      new Layout(
          LinuxSll2.BYTES,
          LinuxSll2.PACKET_TYPE,
          BPF_B,
          LinuxSll2.INTERFACE_INDEX,
          LinuxSll2.PROTOCOL);
  private static final int MAX_SKIP = 255;
  private static final int LOAD_LENGTH = BPF_LD | BPF_W | BPF_LEN;
  private static final int LOAD_LENGTH_INTO_X = BPF_LDX | BPF_W | BPF_LEN;

  private final Layout header;
  private final List<BpfInstruction> program;
  private final LookupTable table;
  private final @Nullable Range[] indexes;
  private final int freeWord; // of scratch memory; -1 if all are in use
  // Where each instruction begins: what is put in moves those after it.
  private final int[] moved;

  private CookedProgram(Layout header, BpfProgram program) {
    this.header = header;
    this.program = program.instructions();
    this.table = program.table();
    this.indexes = IndexRanges.of(program);
    this.freeWord = freeWord(this.program);
    this.moved = new int[this.program.size()];
    int at = 0;
    for (int i = 0; i < moved.length; i++) {
      moved[i] = at;
      at += size(this.program.get(i));
    }
  }

  private static int freeWord(List<BpfInstruction> program) {
    boolean[] used = new boolean[BPF_MEMWORDS];
    for (BpfInstruction instruction : program) {
      int opcodeClass = classOf(instruction.code());
      boolean isLoad = opcodeClass == BPF_LD || opcodeClass == BPF_LDX;
      if (opcodeClass == BPF_ST
          || opcodeClass == BPF_STX
          || (isLoad && modeOf(instruction.code()) == BPF_MEM)) {
        used[instruction.k()] = true;
      }
    }
    for (int word = 0; word < used.length; word++) {
      if (!used[word]) {
        return word;
      }
    }
    return -1;
  }

  /// How many instructions one becomes.
  private static int size(BpfInstruction instruction) {
    return switch (instruction.code()) {
      case LOAD_LENGTH -> 2;
      case LOAD_LENGTH_INTO_X -> 5;
      default -> 1;
    };
  }

  /// The program for a cooked socket.
  ///
  /// @param program for packets that begin with the pseudo-header of `linkType`
  /// @param linkType [LinkType#LINUX_SLL] or [LinkType#LINUX_SLL2]
  /// @throws IllegalArgumentException if the kernel cannot run it: if it loads something of the
  ///   pseudo-header that the kernel does not report, or may do so by its index, with the
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
      switch (instruction.code()) {
        case LOAD_LENGTH -> instructions.addAll(length());
        case LOAD_LENGTH_INTO_X -> instructions.addAll(lengthIntoX(i));
        default -> instructions.add(fitted(i, instruction));
      }
    }
    return new BpfProgram(instructions, table);
  }

  private BpfInstruction fitted(int at, BpfInstruction instruction) {
    return switch (classOf(instruction.code())) {
      case BPF_LD, BPF_LDX -> load(at, instruction);
      case BPF_JMP -> jump(at, instruction);
      default -> instruction;
    };
  }

  /// The kernel's length is without the header.
  private List<BpfInstruction> length() {
    return List.of(
        new BpfInstruction(LOAD_LENGTH, 0, 0, 0),
        new BpfInstruction(BPF_ALU | BPF_ADD | BPF_K, 0, 0, header.bytes()));
  }

  /// There is no adding to X: the sum is made in A, which comes back afterwards.
  private List<BpfInstruction> lengthIntoX(int at) {
    if (freeWord < 0) {
      throw wrong(at, "the kernel cannot load the length with the cooked header into X");
    }
    List<BpfInstruction> instructions = new ArrayList<>();
    instructions.add(new BpfInstruction(BPF_ST, 0, 0, freeWord));
    instructions.addAll(length());
    instructions.add(new BpfInstruction(BPF_MISC | BPF_TAX, 0, 0, 0));
    instructions.add(new BpfInstruction(BPF_LD | BPF_MEM, 0, 0, freeWord));
    return instructions;
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
  /// constant can become negative, but the sum must be the same packet's byte for every X.
  private int movedIndexed(int at, int k) {
    Range index = indexes[at];
    if (index != null
        && (index.low() + k < header.bytes() || index.high() + k > Integer.MAX_VALUE)) {
      throw wrong(
          at,
          "the kernel can load [x + %d] only where it lies after the cooked header, and x may be %s"
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
