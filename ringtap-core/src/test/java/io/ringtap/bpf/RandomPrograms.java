package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Programs of every kind of instruction, for property tests.
final class RandomPrograms {
  private static final int[] OPERATIONS = {
    BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV, BPF_MOD, BPF_AND, BPF_OR, BPF_XOR, BPF_LSH, BPF_RSH
  };
  private static final int[] CONDITIONS = {BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET};
  private static final int[] SIZES = {BPF_W, BPF_H, BPF_B};
  private static final int[] OPCODES =
      IntStream.range(0, 0x100).filter(code -> BpfOpcode.mnemonic(code) != null).toArray();
  private static final int[] EDGES = {
    0,
    1,
    2,
    14,
    15,
    16,
    17,
    31,
    32,
    33,
    -1,
    -4,
    -0x1000,
    -0x1001,
    -0xFC0,
    -0xFC4,
    -0x10_0000,
    -0x10_0001,
    -0x20_0000,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE
  };
  private static final int SCRATCH_WORDS = 4;
  private static final int SKF_NET_OFF = -0x10_0000;
  private static final int SKF_LL_OFF = -0x20_0000;

  private RandomPrograms() {}

  /// A program that Linux accepts, with nothing set that its instructions do not use.
  ///
  /// @param network a window at the network header, where the packet has byte 0
  /// @param link the same at the link-layer header
  /// @param fields what it may load beside the packet
  static BpfProgram accepted(
      SplittableRandom random, int network, int link, List<AncillaryField> fields) {
    List<BpfInstruction> program = new ArrayList<>();
    program.add(instruction(BPF_LD | BPF_IMM, random.nextInt()));
    program.add(instruction(BPF_LDX | BPF_IMM, random.nextInt(KernelLane.MAX_PACKET)));
    for (int i = 0; i < SCRATCH_WORDS; i++) {
      program.add(instruction(random.nextBoolean() ? BPF_ST : BPF_STX, i));
    }
    for (int left = random.nextInt(1, 24); left > 0; left--) {
      program.add(any(random, left - 1, network, link, fields));
    }
    program.add(instruction(BPF_RET | BPF_A, 0));
    return new BpfProgram(program);
  }

  /// Any instructions, near to what Linux accepts or not.
  static List<BpfInstruction> doubtful(SplittableRandom random) {
    List<BpfInstruction> program =
        new ArrayList<>(
            random.nextBoolean()
                ? accepted(random, 0, 0, List.of(AncillaryField.values())).instructions()
                : List.of(instruction(BPF_RET | BPF_K, 0)));
    for (int mutations = random.nextInt(5); mutations > 0; mutations--) {
      int at = random.nextInt(program.size());
      switch (random.nextInt(4)) {
        case 0 -> program.add(at, wild(random, program.size()));
        case 1 -> program.set(at, wild(random, program.size()));
        case 2 -> program.remove(at);
        default -> {
          BpfInstruction old = program.get(at);
          program.set(at, new BpfInstruction(old.code(), old.jt(), old.jf(), k(random)));
        }
      }
      if (program.isEmpty()) {
        return program;
      }
    }
    return program;
  }

  private static BpfInstruction wild(SplittableRandom random, int size) {
    int code = random.nextInt(8) == 0 ? random.nextInt(0x200) : pick(random, OPCODES);
    boolean isScratch = code == BPF_ST || code == BPF_STX || modeOf(code) == BPF_MEM;
    return new BpfInstruction(
        code,
        random.nextInt(size + 2),
        random.nextInt(size + 2),
        random.nextBoolean() && (isScratch || classOf(code) == BPF_JMP)
            ? random.nextInt(Math.max(1, Math.min(size, BPF_MEMWORDS)))
            : k(random));
  }

  private static int k(SplittableRandom random) {
    return random.nextBoolean() ? pick(random, EDGES) : random.nextInt() >> random.nextInt(32);
  }

  /// @param following how many instructions a jump may skip
  private static BpfInstruction any(
      SplittableRandom random, int following, int network, int link, List<AncillaryField> fields) {
    int offset = random.nextInt(KernelLane.MAX_PACKET / 4);
    int word = random.nextInt(SCRATCH_WORDS);
    int k = random.nextInt() >>> random.nextInt(32);
    return switch (random.nextInt(15)) {
      case 0 -> instruction(BPF_LD | pick(random, SIZES) | BPF_ABS, offset);
      case 1 -> instruction(BPF_LD | pick(random, SIZES) | BPF_IND, offset);
      case 2 -> instruction(BPF_LDX | BPF_B | BPF_MSH, offset);
      case 3 -> instruction((random.nextBoolean() ? BPF_LD : BPF_LDX) | BPF_W | BPF_LEN, 0);
      case 4 -> instruction(random.nextBoolean() ? BPF_ST : BPF_STX, word);
      case 5 -> instruction((random.nextBoolean() ? BPF_LD : BPF_LDX) | BPF_MEM, word);
      case 6 -> instruction(BPF_ALU | pick(random, OPERATIONS) | BPF_X, 0);
      case 7 -> instruction(BPF_ALU | BPF_NEG, 0);
      case 8 -> instruction(BPF_MISC | (random.nextBoolean() ? BPF_TAX : BPF_TXA), 0);
      case 9 -> instruction(BPF_JMP | BPF_JA, random.nextInt(following + 1));
      case 10 -> {
        boolean isConstant = random.nextBoolean();
        yield new BpfInstruction(
            BPF_JMP | pick(random, CONDITIONS) | (isConstant ? BPF_K : BPF_X),
            random.nextInt(following + 1),
            random.nextInt(following + 1),
            isConstant ? k : 0);
      }
      case 11 -> {
        AncillaryField field = fields.get(random.nextInt(fields.size()));
        yield instruction(BPF_LD | pick(random, SIZES) | BPF_ABS, field.k);
      }
      case 12 -> {
        int window = random.nextBoolean() ? SKF_NET_OFF + network : SKF_LL_OFF + link;
        int code =
            random.nextInt(4) == 0
                ? BPF_LDX | BPF_B | BPF_MSH
                : BPF_LD | pick(random, SIZES) | BPF_ABS;
        yield instruction(code, window + offset);
      }
      case 13 -> {
        // The kernel may have bytes before the packet, where an index would lead back to.
        int base = random.nextBoolean() && network == 0 ? SKF_NET_OFF : -offset;
        yield instruction(BPF_LD | pick(random, SIZES) | BPF_IND, base);
      }
      default -> {
        int operation = pick(random, OPERATIONS);
        boolean isShift = operation == BPF_LSH || operation == BPF_RSH;
        yield instruction(BPF_ALU | operation | BPF_K, isShift ? k & 31 : k | 1);
      }
    };
  }

  private static int pick(SplittableRandom random, int[] values) {
    return values[random.nextInt(values.length)];
  }

  private static BpfInstruction instruction(int code, int k) {
    return new BpfInstruction(code, 0, 0, k);
  }
}
