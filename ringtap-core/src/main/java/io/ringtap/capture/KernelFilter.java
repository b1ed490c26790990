package io.ringtap.capture;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfOpcode;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.bpf.LookupTable;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Builds the program that a capture's socket runs: a check of the direction, then the user's
/// program with its results limited to the snaplen.
final class KernelFilter {
  private static final String DROP = "drop";
  private static final String GO_ON = "go on";
  private static final String PASS = "pass";
  private static final int RETURN_A = BpfOpcode.BPF_RET | BpfOpcode.BPF_A;

  private KernelFilter() {}

  /// The whole program; null if all packets pass uncut.
  ///
  /// @param filter the user's program, which starts with A and X zero, as it would by itself
  /// @param loopback the index of a loopback interface, whose sent packets are shown again as
  ///   received; 0 if none is captured
  static @Nullable BpfProgram of(
      @Nullable BpfProgram filter, Traffic traffic, int loopback, int snaplen) {
    return of(direction(traffic, loopback), filter, snaplen);
  }

  /// The same, but all packets pass that have a VLAN tag in the frame.
  static BpfProgram withTagged(BpfProgram filter, Traffic traffic, int loopback, int snaplen) {
    List<BpfInstruction> before = new ArrayList<>(direction(traffic, loopback));
    before.addAll(
        withoutLast(
            new BpfAssembler()
                .ldProtocol()
                .jeq(EtherType.VLAN, PASS, BpfAssembler.NEXT)
                .jeq(EtherType.QINQ, PASS, GO_ON)
                .bind(PASS)
                .ret(snaplen)
                .bind(GO_ON)
                .ldImmediate(0)
                .ret(0)));
    return Objects.requireNonNull(of(before, filter, snaplen));
  }

  private static @Nullable BpfProgram of(
      List<BpfInstruction> before, @Nullable BpfProgram filter, int snaplen) {
    List<BpfInstruction> instructions = new ArrayList<>(before);
    if (filter == null) {
      if (instructions.isEmpty() && snaplen >= Frame.MAX_SNAPLEN) {
        return null;
      }
      instructions.addAll(passAll(snaplen).instructions());
    } else {
      addCut(instructions, filter.instructions(), snaplen);
    }
    return new BpfProgram(instructions, filter == null ? LookupTable.EMPTY : filter.table());
  }

  /// The program that passes all packets, cut at `snaplen`.
  static BpfProgram passAll(int snaplen) {
    return new BpfAssembler().ret(snaplen).assemble();
  }

  /// Instructions that drop packets of the wrong direction and otherwise fall through.
  private static List<BpfInstruction> direction(Traffic traffic, int loopback) {
    BpfAssembler check = new BpfAssembler().ldPacketType();
    switch (traffic) {
      case IN -> check.jeq(IfPacket.PACKET_OUTGOING, DROP, GO_ON);
      case OUT -> check.jeq(IfPacket.PACKET_OUTGOING, GO_ON, DROP);
      case INOUT -> {
        if (loopback == 0) {
          return List.of();
        }
        check
            .jeq(IfPacket.PACKET_OUTGOING, BpfAssembler.NEXT, GO_ON)
            .ldInterfaceIndex()
            .jeq(loopback, DROP, GO_ON);
      }
    }
    return withoutLast(check.bind(DROP).ret(0).bind(GO_ON).ldImmediate(0).ret(0));
  }

  /// A program without the return that the assembler needs at its end.
  private static List<BpfInstruction> withoutLast(BpfAssembler assembler) {
    List<BpfInstruction> program = assembler.assemble().instructions();
    return program.subList(0, program.size() - 1);
  }

  /// Appends `filter`, changed so that it returns at most the snaplen: a constant is reduced, and a
  /// computed result is compared after the end of the program.
  private static void addCut(
      List<BpfInstruction> program, List<BpfInstruction> filter, int snaplen) {
    boolean computes = false;
    for (int i = 0; i < filter.size(); i++) {
      BpfInstruction instruction = filter.get(i);
      if (instruction.code() == RETURN_A) {
        int toTheEnd = filter.size() - i - 1;
        program.add(new BpfInstruction(BpfOpcode.BPF_JMP | BpfOpcode.BPF_JA, 0, 0, toTheEnd));
        computes = true;
      } else {
        program.add(cut(instruction, snaplen));
      }
    }
    if (computes) {
      program.addAll(
          new BpfAssembler()
              .jgt(snaplen, BpfAssembler.NEXT, "short")
              .ret(snaplen)
              .bind("short")
              .retA()
              .assemble()
              .instructions());
    }
  }

  private static BpfInstruction cut(BpfInstruction instruction, int snaplen) {
    boolean isConstantReturn = instruction.code() == (BpfOpcode.BPF_RET | BpfOpcode.BPF_K);
    return isConstantReturn && Integer.compareUnsigned(instruction.k(), snaplen) > 0
        ? new BpfInstruction(instruction.code(), 0, 0, snaplen)
        : instruction;
  }
}
