package io.ringtap.ebpf;

import static io.ringtap.ebpf.EbpfOpcode.*;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Prints instructions as the kernel does in the verifier's log, and bpftool in `bpftool prog dump
/// xlated` (`kernel/bpf/disasm.c`), without their numbers.
final class EbpfDisassembler {
  private static final int FETCH = 0x01;
  private static final int EXCHANGE = 0xe0 | FETCH;
  private static final int COMPARE_AND_EXCHANGE = 0xf0 | FETCH;
  private static final int NO_TARGET = -1;

  private EbpfDisassembler() {}

  /// One instruction; of a 64-bit constant only its first half.
  static String text(EbpfInstruction one) {
    int opcode = one.opcode();
    String words =
        switch (classOf(opcode)) {
          case LD -> old(one);
          case LDX -> load(one);
          case ST -> modeOf(opcode) == MEM ? memory(one) + " = " + one.immediate() : null;
          case STX -> store(one);
          case ALU, ALU64 -> arithmetic(one);
          default -> jump(one);
        };
    return code(opcode) + (words == null ? "?" : words);
  }

  /// A 64-bit constant of which the second instruction has the upper half.
  static String wide(EbpfInstruction first, int upper) {
    long value = (long) upper << Integer.SIZE | Integer.toUnsignedLong(first.immediate());
    return wide(first, "0x" + Long.toHexString(value));
  }

  static String wide(EbpfInstruction first, String value) {
    return code(first.opcode()) + "r" + first.destination() + " = " + value;
  }

  /// Where a jump at `at` goes; negative for what is no jump.
  static int target(int at, EbpfInstruction one) {
    int kind = classOf(one.opcode());
    int operation = operationOf(one.opcode());
    if ((kind != JMP && kind != JMP32) || operation == CALL || operation == EXIT) {
      return NO_TARGET;
    }
    boolean isFar = kind == JMP32 && operation == JA;
    return at + 1 + (isFar ? one.immediate() : one.offset());
  }

  private static String code(int opcode) {
    return String.format(Locale.ROOT, "(%02x) ", opcode);
  }

  /// The loads of classic BPF, which socket filters may use.
  private static @Nullable String old(EbpfInstruction one) {
    String width = "r0 = *(" + Width.of(one.opcode()).text + " *)skb[";
    return switch (modeOf(one.opcode())) {
      case ABS -> width + one.immediate() + "]";
      case IND -> width + "r" + one.source() + " + " + one.immediate() + "]";
      default -> null;
    };
  }

  private static @Nullable String load(EbpfInstruction one) {
    String type = Width.of(one.opcode()).text;
    if (modeOf(one.opcode()) == MEMSX) {
      type = type.replace('u', 's');
    } else if (modeOf(one.opcode()) != MEM) {
      return null;
    }
    return "r" + one.destination() + " = " + memory(type, one.source(), one.offset());
  }

  private static @Nullable String store(EbpfInstruction one) {
    return switch (modeOf(one.opcode())) {
      case MEM -> memory(one) + " = r" + one.source();
      case ATOMIC -> atomic(one);
      default -> null;
    };
  }

  private static @Nullable String atomic(EbpfInstruction one) {
    String suffix = Width.of(one.opcode()) == Width.DOUBLE ? "64" : "";
    String where = "(" + memory(one).substring(1);
    String from = "r" + one.source();
    if (one.immediate() == EXCHANGE) {
      return "%s = atomic%s_xchg(%s, %s)".formatted(from, suffix, where, from);
    }
    if (one.immediate() == COMPARE_AND_EXCHANGE) {
      return "r0 = atomic%s_cmpxchg(%s, r0, %s)".formatted(suffix, where, from);
    }
    Arithmetic operation = Arithmetic.of(one.immediate());
    if (operation == null) {
      return null;
    }
    if ((one.immediate() & FETCH) == 0) {
      return "lock " + memory(one) + " " + operation.text + " " + from;
    }
    String name = operation.name().toLowerCase(Locale.ROOT);
    return "%s = atomic%s_fetch_%s(%s, %s)".formatted(from, suffix, name, where, from);
  }

  private static @Nullable String arithmetic(EbpfInstruction one) {
    int opcode = one.opcode();
    boolean isWide = classOf(opcode) == ALU64;
    String register = (isWide ? "r" : "w") + one.destination();
    if (operationOf(opcode) == END) {
      String order = isWide ? "bswap" : isByRegister(opcode) ? "be" : "le";
      return "r%d = %s%d r%d"
          .formatted(one.destination(), order, one.immediate(), one.destination());
    }
    if (operationOf(opcode) == NEG) {
      return register + " = -" + register;
    }
    Arithmetic operation = Arithmetic.of(opcode);
    if (operation == null) {
      return null;
    }
    boolean divides = operation == Arithmetic.DIVIDE || operation == Arithmetic.MODULO;
    boolean isSigned = divides && one.offset() == 1;
    String extended =
        operation == Arithmetic.MOVE && one.offset() != 0 ? "(s" + one.offset() + ")" : "";
    String second =
        isByRegister(opcode)
            ? extended + (isWide ? "r" : "w") + one.source()
            : String.valueOf(one.immediate());
    return register + (isSigned ? " s" : " ") + operation.text + " " + second;
  }

  private static @Nullable String jump(EbpfInstruction one) {
    int opcode = one.opcode();
    boolean isWide = classOf(opcode) == JMP;
    if (operationOf(opcode) == JA) {
      return isWide ? "goto " + place(one.offset()) : "gotol " + place(one.immediate());
    }
    if (opcode == (JMP | CALL)) {
      EbpfHelper helper = EbpfHelper.of(one.immediate());
      return one.source() != 0
          ? "call " + place(one.immediate())
          : "call " + (helper == null ? "unknown" : helper.kernelName()) + "#" + one.immediate();
    }
    if (opcode == (JMP | EXIT)) {
      return "exit";
    }
    Comparison comparison = Comparison.of(opcode);
    if (comparison == null) {
      return null;
    }
    String letter = isWide ? "r" : "w";
    String second =
        isByRegister(opcode) ? letter + one.source() : "0x" + Integer.toHexString(one.immediate());
    return "if %s%d %s %s goto %s"
        .formatted(letter, one.destination(), comparison.text, second, place(one.offset()));
  }

  private static String place(int distance) {
    return "pc" + signed(distance);
  }

  private static String memory(EbpfInstruction store) {
    return memory(Width.of(store.opcode()).text, store.destination(), store.offset());
  }

  private static String memory(String type, int base, int offset) {
    return "*(" + type + " *)(r" + base + " " + signed(offset) + ")";
  }

  private static String signed(int number) {
    return number < 0 ? String.valueOf(number) : "+" + number;
  }
}
