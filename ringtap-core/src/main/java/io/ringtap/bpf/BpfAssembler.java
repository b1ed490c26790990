package io.ringtap.bpf;

import static io.ringtap.bpf.BpfOpcode.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a classic BPF program, instruction by instruction, with names for the places it jumps to.
///
/// ```java
/// BpfProgram onlyIpv4 =
///     new BpfAssembler()
///         .ldProtocol()
///         .jeq(EtherType.IPV4, NEXT, "drop")
///         .ret(KEEP_ALL)
///         .bind("drop")
///         .ret(0)
///         .assemble();
/// ```
///
/// A is the accumulator, X the index register. Loads take big-endian numbers; one that reaches
/// outside the packet drops it. A label is used before it is bound, for jumps only go forward.
public final class BpfAssembler {
  /// The label of the instruction that follows a jump.
  public static final String NEXT = "";

  /// Returns the whole packet.
  public static final int KEEP_ALL = 0xFFFF_FFFF;

  private static final int MAX_SKIP = 255;

  private record Draft(int code, int k, String ifTrue, String ifFalse) {}

  private final List<Draft> drafts = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();

  /// Begins a program.
  public BpfAssembler() {}

  /// A = the four bytes at `k`.
  public BpfAssembler ldWord(int k) {
    return emit(BPF_LD | BPF_W | BPF_ABS, k);
  }

  /// A = the two bytes at `k`.
  public BpfAssembler ldHalf(int k) {
    return emit(BPF_LD | BPF_H | BPF_ABS, k);
  }

  /// A = the byte at `k`.
  public BpfAssembler ldByte(int k) {
    return emit(BPF_LD | BPF_B | BPF_ABS, k);
  }

  /// A = the four bytes at X + `k`.
  public BpfAssembler ldWordIndexed(int k) {
    return emit(BPF_LD | BPF_W | BPF_IND, k);
  }

  /// A = the two bytes at X + `k`.
  public BpfAssembler ldHalfIndexed(int k) {
    return emit(BPF_LD | BPF_H | BPF_IND, k);
  }

  /// A = the byte at X + `k`.
  public BpfAssembler ldByteIndexed(int k) {
    return emit(BPF_LD | BPF_B | BPF_IND, k);
  }

  /// A = the length of the packet in bytes.
  public BpfAssembler ldLength() {
    return emit(BPF_LD | BPF_W | BPF_LEN, 0);
  }

  /// A = `k`.
  public BpfAssembler ldImmediate(int k) {
    return emit(BPF_LD | BPF_IMM, k);
  }

  /// A = the packet's EtherType, also where the socket does not see its link-layer header.
  public BpfAssembler ldProtocol() {
    return ldAncillary(AncillaryField.PROTOCOL);
  }

  /// A = `PACKET_HOST`, `PACKET_OUTGOING` or another of `packet(7)`.
  public BpfAssembler ldPacketType() {
    return ldAncillary(AncillaryField.PACKET_TYPE);
  }

  /// A = the index of the interface.
  public BpfAssembler ldInterfaceIndex() {
    return ldAncillary(AncillaryField.INTERFACE_INDEX);
  }

  /// A = the VLAN tag control information that the kernel took out of the frame.
  public BpfAssembler ldVlanTag() {
    return ldAncillary(AncillaryField.VLAN_TAG);
  }

  /// A = 1 if the kernel took a VLAN tag out of the frame, otherwise 0.
  public BpfAssembler ldVlanTagPresent() {
    return ldAncillary(AncillaryField.VLAN_TAG_PRESENT);
  }

  /// X = four times the low nibble of the byte at `k`: the length of the IPv4 header there.
  public BpfAssembler ldxMsh(int k) {
    return emit(BPF_LDX | BPF_B | BPF_MSH, k);
  }

  /// A = A & `k`.
  public BpfAssembler and(int k) {
    return emit(BPF_ALU | BPF_AND | BPF_K, k);
  }

  /// A = A | `k`.
  public BpfAssembler or(int k) {
    return emit(BPF_ALU | BPF_OR | BPF_K, k);
  }

  /// A = A << `k`, which is 0 to 31.
  public BpfAssembler lsh(int k) {
    return emit(BPF_ALU | BPF_LSH | BPF_K, k);
  }

  /// A = A >> `k`, unsigned; `k` is 0 to 31.
  public BpfAssembler rsh(int k) {
    return emit(BPF_ALU | BPF_RSH | BPF_K, k);
  }

  /// A = A + `k`, modulo 2³².
  public BpfAssembler add(int k) {
    return emit(BPF_ALU | BPF_ADD | BPF_K, k);
  }

  /// A = A + X.
  public BpfAssembler addX() {
    return emit(BPF_ALU | BPF_ADD | BPF_X, 0);
  }

  /// A = A - X.
  public BpfAssembler subX() {
    return emit(BPF_ALU | BPF_SUB | BPF_X, 0);
  }

  /// A = `M[k]`, a word of the program's scratch memory.
  public BpfAssembler ldScratch(int k) {
    return emit(BPF_LD | BPF_MEM, k);
  }

  /// `M[k]` = A.
  public BpfAssembler store(int k) {
    return emit(BPF_ST, k);
  }

  /// X = A.
  public BpfAssembler tax() {
    return emit(BPF_MISC | BPF_TAX, 0);
  }

  /// A = X.
  public BpfAssembler txa() {
    return emit(BPF_MISC | BPF_TXA, 0);
  }

  /// Jumps by A = `k`.
  ///
  /// @throws IllegalArgumentException if a label is bound already, as for the other jumps
  public BpfAssembler jeq(int k, String ifTrue, String ifFalse) {
    return jump(BPF_JMP | BPF_JEQ | BPF_K, k, ifTrue, ifFalse);
  }

  /// Jumps by A > `k`, unsigned.
  public BpfAssembler jgt(int k, String ifTrue, String ifFalse) {
    return jump(BPF_JMP | BPF_JGT | BPF_K, k, ifTrue, ifFalse);
  }

  /// Jumps by A ≥ `k`, unsigned.
  public BpfAssembler jge(int k, String ifTrue, String ifFalse) {
    return jump(BPF_JMP | BPF_JGE | BPF_K, k, ifTrue, ifFalse);
  }

  /// Jumps by whether A and `k` have a bit in common.
  public BpfAssembler jset(int k, String ifTrue, String ifFalse) {
    return jump(BPF_JMP | BPF_JSET | BPF_K, k, ifTrue, ifFalse);
  }

  /// Jumps to `label`, however far.
  public BpfAssembler ja(String label) {
    return jump(BPF_JMP | BPF_JA, 0, label, NEXT);
  }

  /// Returns `k`: the bytes to keep, 0 to drop the packet.
  public BpfAssembler ret(int k) {
    return emit(BPF_RET | BPF_K, k);
  }

  /// Returns A.
  public BpfAssembler retA() {
    return emit(BPF_RET | BPF_A, 0);
  }

  /// Names the instruction that comes next.
  ///
  /// @throws IllegalArgumentException if `label` is bound already, or is [#NEXT]
  public BpfAssembler bind(String label) {
    if (label.equals(NEXT)) {
      throw new IllegalArgumentException("the empty label is always the next instruction");
    }
    requireUnbound(label);
    labels.put(label, drafts.size());
    return this;
  }

  /// The program.
  ///
  /// @throws IllegalStateException if a label is never bound, or a conditional jump goes farther
  ///   than the 255 instructions that its byte can say
  /// @throws IllegalArgumentException if [BpfProgram] refuses it
  public BpfProgram assemble() {
    List<BpfInstruction> instructions = new ArrayList<>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      instructions.add(
          draft.code() == (BPF_JMP | BPF_JA)
              ? new BpfInstruction(draft.code(), 0, 0, skip(i, draft.ifTrue()))
              : new BpfInstruction(
                  draft.code(),
                  conditionalSkip(i, draft.ifTrue()),
                  conditionalSkip(i, draft.ifFalse()),
                  draft.k()));
    }
    return new BpfProgram(instructions);
  }

  private int conditionalSkip(int from, String label) {
    int skip = skip(from, label);
    if (skip > MAX_SKIP) {
      throw new IllegalStateException(
          ("the jump from instruction %d to \"%s\" skips %d instructions;"
                  + " a conditional one skips at most %d")
              .formatted(from, label, skip, MAX_SKIP));
    }
    return skip;
  }

  /// How many instructions stand between `from` and `label`.
  private int skip(int from, String label) {
    if (label.equals(NEXT)) {
      return 0;
    }
    Integer target = labels.get(label);
    if (target == null) {
      throw new IllegalStateException(
          "instruction %d jumps to \"%s\", which is never bound".formatted(from, label));
    }
    return target - from - 1;
  }

  private BpfAssembler ldAncillary(AncillaryField field) {
    return emit(BPF_LD | BPF_W | BPF_ABS, field.k);
  }

  private BpfAssembler jump(int code, int k, String ifTrue, String ifFalse) {
    requireUnbound(ifTrue);
    requireUnbound(ifFalse);
    drafts.add(new Draft(code, k, ifTrue, ifFalse));
    return this;
  }

  private BpfAssembler emit(int code, int k) {
    drafts.add(new Draft(code, k, NEXT, NEXT));
    return this;
  }

  private void requireUnbound(String label) {
    if (labels.containsKey(label)) {
      throw new IllegalArgumentException(
          "\"%s\" is bound already, to instruction %d; jumps only go forward"
              .formatted(label, labels.get(label)));
    }
  }
}
