package io.ringtap.ebpf;

import static io.ringtap.ebpf.EbpfRegister.R0;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a program, instruction by instruction.
///
/// ```java
/// EbpfProgram onlyIpv4 =
///     new EbpfAssembler()
///         .load(WORD, R2, R1, 0) // the beginning of the frame
///         .load(WORD, R3, R1, 4) // and its end
///         .move(R4, R2)
///         .apply(ADD, R4, 14)
///         .jumpIf(R4, ABOVE, R3, "drop")
///         .load(HALF, R0, R2, 12)
///         .toNetworkOrder(R0, 16)
///         .jumpIf(R0, NOT_EQUAL, 0x0800, "drop")
///         .move(R0, 2) // XDP_PASS
///         .exit()
///         .label("drop")
///         .move(R0, 1) // XDP_DROP
///         .exit()
///         .assemble();
/// ```
///
/// Labels are names and may be jumped to before they are placed. Constants of 32 bits are
/// sign-extended where an operation has 64. Operations of 32 bits clear the upper half of their
/// result. For little-endian machines. Not thread-safe.
public final class EbpfAssembler {
  private final List<EbpfInstruction> instructions = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<Integer, String> jumps = new HashMap<>(); // instruction to target
  private final Map<Integer, String> maps = new HashMap<>();
  private final Map<String, IntBuffer> data = new HashMap<>();
  private int fresh;

  /// An assembler without instructions.
  public EbpfAssembler() {}

  /// Loads from `[base + offset]` and clears the upper bits.
  public EbpfAssembler load(Width width, EbpfRegister to, EbpfRegister base, long offset) {
    return add(EbpfOpcode.LDX | EbpfOpcode.MEM | width.bits, to.number(), base.number(), offset, 0);
  }

  /// Stores to `[base + offset]`.
  public EbpfAssembler store(Width width, EbpfRegister base, long offset, EbpfRegister from) {
    return add(
        EbpfOpcode.STX | EbpfOpcode.MEM | width.bits, base.number(), from.number(), offset, 0);
  }

  /// Stores a constant to `[base + offset]`.
  public EbpfAssembler store(Width width, EbpfRegister base, long offset, int value) {
    return add(EbpfOpcode.ST | EbpfOpcode.MEM | width.bits, base.number(), 0, offset, value);
  }

  /// Adds to what is at `[base + offset]`, at once for all CPUs.
  ///
  /// @param width [Width#WORD] or [Width#DOUBLE]
  public EbpfAssembler addAtomically(
      Width width, EbpfRegister base, long offset, EbpfRegister from) {
    return add(
        EbpfOpcode.STX | EbpfOpcode.ATOMIC | width.bits, base.number(), from.number(), offset, 0);
  }

  /// Loads a 64-bit constant.
  public EbpfAssembler constant(EbpfRegister to, long value) {
    return wide(to, 0, value);
  }

  /// Loads the address of a map. The name is the program's own; whoever loads the program says
  /// which map it is.
  public EbpfAssembler map(EbpfRegister to, String name) {
    maps.put(instructions.size(), name);
    return wide(to, EbpfOpcode.PSEUDO_MAP, 0);
  }

  /// Gives the program words to read, in the machine's byte order. With the program they go into
  /// the kernel, and live as long as it does (since Linux 5.2).
  ///
  /// @param name the program's own, at most 15 letters, digits, `_` and `.`
  /// @param words neither copied nor changed
  /// @throws IllegalStateException if there are other words of this name
  public EbpfAssembler data(String name, IntBuffer words) {
    if (data.putIfAbsent(name, words.slice().asReadOnlyBuffer()) != null) {
      throw new IllegalStateException("data given twice: " + name);
    }
    return this;
  }

  /// Loads the address of the [words][#data] of a name, or one in them.
  ///
  /// @param offset in bytes
  public EbpfAssembler address(EbpfRegister to, String name, int offset) {
    maps.put(instructions.size(), name);
    return wide(to, EbpfOpcode.PSEUDO_MAP_VALUE, (long) offset << Integer.SIZE);
  }

  /// Loads what classic BPF calls an absolute load: from the packet at `offset`, in network order,
  /// into R0. For socket filters, with the context in R6. It destroys R1 to R5, and beyond the
  /// packet's end it ends the program with 0.
  public EbpfAssembler loadPacket(Width width, int offset) {
    return add(EbpfOpcode.LD | EbpfOpcode.ABS | width.bits, 0, 0, 0, offset);
  }

  /// The same at `index + offset`, of which the sum has 32 bits.
  public EbpfAssembler loadPacket(Width width, EbpfRegister index, int offset) {
    return add(EbpfOpcode.LD | EbpfOpcode.IND | width.bits, 0, index.number(), 0, offset);
  }

  /// Sets `to` to a constant, which is sign-extended.
  public EbpfAssembler move(EbpfRegister to, int value) {
    return apply(Arithmetic.MOVE, to, value);
  }

  /// Sets `to` to what another register holds.
  public EbpfAssembler move(EbpfRegister to, EbpfRegister from) {
    return apply(Arithmetic.MOVE, to, from);
  }

  /// Applies `operation` to `to` and a constant, which is sign-extended.
  public EbpfAssembler apply(Arithmetic operation, EbpfRegister to, int value) {
    return add(EbpfOpcode.ALU64 | operation.bits, to.number(), 0, 0, value);
  }

  /// Applies `operation` to `to` and another register.
  public EbpfAssembler apply(Arithmetic operation, EbpfRegister to, EbpfRegister from) {
    return add(EbpfOpcode.ALU64 | operation.bits | EbpfOpcode.X, to.number(), from.number(), 0, 0);
  }

  /// Applies `operation` to the lower halves of `to` and a constant.
  public EbpfAssembler apply32(Arithmetic operation, EbpfRegister to, int value) {
    return add(EbpfOpcode.ALU | operation.bits, to.number(), 0, 0, value);
  }

  /// Applies `operation` to the lower halves of `to` and another register.
  public EbpfAssembler apply32(Arithmetic operation, EbpfRegister to, EbpfRegister from) {
    return add(EbpfOpcode.ALU | operation.bits | EbpfOpcode.X, to.number(), from.number(), 0, 0);
  }

  /// Changes the sign of the lower half of a register.
  public EbpfAssembler negate32(EbpfRegister register) {
    return add(EbpfOpcode.ALU | EbpfOpcode.NEG, register.number(), 0, 0, 0);
  }

  /// Converts the low `bits` (16, 32 or 64) to network byte order, or from it, and clears the
  /// others.
  public EbpfAssembler toNetworkOrder(EbpfRegister register, int bits) {
    return add(EbpfOpcode.ALU | EbpfOpcode.END | EbpfOpcode.X, register.number(), 0, 0, bits);
  }

  /// Jumps.
  public EbpfAssembler jump(String label) {
    jumps.put(instructions.size(), label);
    return add(EbpfOpcode.JMP | EbpfOpcode.JA, 0, 0, 0, 0);
  }

  /// Jumps if a register compares so with a constant, which is sign-extended.
  public EbpfAssembler jumpIf(EbpfRegister left, Comparison comparison, int right, String label) {
    jumps.put(instructions.size(), label);
    return add(EbpfOpcode.JMP | comparison.bits, left.number(), 0, 0, right);
  }

  /// Jumps if two registers compare so.
  public EbpfAssembler jumpIf(
      EbpfRegister left, Comparison comparison, EbpfRegister right, String label) {
    jumps.put(instructions.size(), label);
    return add(
        EbpfOpcode.JMP | comparison.bits | EbpfOpcode.X, left.number(), right.number(), 0, 0);
  }

  /// Jumps if the lower half of a register compares so with a constant.
  public EbpfAssembler jumpIf32(EbpfRegister left, Comparison comparison, int right, String label) {
    jumps.put(instructions.size(), label);
    return add(EbpfOpcode.JMP32 | comparison.bits, left.number(), 0, 0, right);
  }

  /// Jumps if the lower halves of two registers compare so.
  public EbpfAssembler jumpIf32(
      EbpfRegister left, Comparison comparison, EbpfRegister right, String label) {
    jumps.put(instructions.size(), label);
    return add(
        EbpfOpcode.JMP32 | comparison.bits | EbpfOpcode.X, left.number(), right.number(), 0, 0);
  }

  /// Calls a function of the kernel, which destroys R1 to R5.
  public EbpfAssembler call(EbpfHelper helper) {
    return add(EbpfOpcode.JMP | EbpfOpcode.CALL, 0, 0, 0, helper.number());
  }

  /// Ends the program with the result in R0.
  public EbpfAssembler exit() {
    return add(EbpfOpcode.JMP | EbpfOpcode.EXIT, R0.number(), 0, 0, 0);
  }

  /// Places a label before the next instruction.
  ///
  /// @throws IllegalStateException if it has been placed already
  public EbpfAssembler label(String name) {
    if (labels.put(name, instructions.size()) != null) {
      throw new IllegalStateException("label placed twice: " + name);
    }
    return this;
  }

  /// A name for a label that was not given out before, for a piece that may stand in a program more
  /// than once.
  ///
  /// @param prefix what the name begins with
  public String freshLabel(String prefix) {
    fresh++;
    return prefix + "." + fresh;
  }

  /// How many instructions there are; a 64-bit constant counts as two.
  public int size() {
    return instructions.size();
  }

  /// The program, with jumps resolved.
  ///
  /// @throws IllegalStateException if a label that is jumped to has not been placed, a jump goes
  ///   farther than 32 767 instructions, or a label stands after the last instruction
  public EbpfProgram assemble() {
    List<EbpfInstruction> program = new ArrayList<>(instructions);
    jumps.forEach((from, name) -> program.set(from, resolved(from, name)));
    Map<Integer, List<String>> places = new HashMap<>();
    labels.forEach((name, at) -> {
      if (at == program.size()) {
        throw new IllegalStateException("no instruction follows the label " + name);
      }
      places.computeIfAbsent(at, _ -> new ArrayList<>()).add(name);
    });
    places.values().forEach(names -> names.sort(null));
    return new EbpfProgram(program, maps, places, data);
  }

  private EbpfInstruction resolved(int from, String name) {
    Integer to = labels.get(name);
    if (to == null) {
      throw new IllegalStateException("label not placed: " + name);
    }
    int distance = to - from - 1;
    if (distance != (short) distance) {
      throw new IllegalStateException(
          "a jump to %s goes over %d instructions, and at most %d are possible"
              .formatted(name, Math.abs(distance), Short.MAX_VALUE));
    }
    return instructions.get(from).withOffset((short) distance);
  }

  /// @param kind the kind of the value, for the field of the source register
  private EbpfAssembler wide(EbpfRegister to, int kind, long value) {
    add(EbpfOpcode.LOAD_WIDE, to.number(), kind, 0, (int) value);
    return add(0, 0, 0, 0, (int) (value >>> Integer.SIZE));
  }

  private EbpfAssembler add(int opcode, int to, int from, long offset, int immediate) {
    if (offset != (short) offset) {
      throw new IllegalArgumentException("an offset has 16 bits, so not " + offset);
    }
    instructions.add(new EbpfInstruction(opcode, to, from, (short) offset, immediate));
    return this;
  }
}
