package io.ringtap.filter.ebpf;

import static io.ringtap.bpf.BpfOpcode.BPF_ABS;
import static io.ringtap.bpf.BpfOpcode.BPF_IND;
import static io.ringtap.bpf.BpfOpcode.modeOf;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static io.ringtap.ebpf.EbpfRegister.R7;
import static io.ringtap.ebpf.EbpfRegister.R8;
import static io.ringtap.ebpf.EbpfRegister.R9;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfOpcode;
import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.Width;
import io.ringtap.linux.abi.bpf.SkBuff;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A program for a socket. Loads are those of classic BPF, which the kernel has for socket filters
/// too, with the same results beyond the packet's end and before its beginning; what the kernel
/// knows beside the packet is read from its `struct __sk_buff`.
public final class SocketTranslation extends Translation {
  private static final EbpfRegister CONTEXT = R6; // where the loads expect it
  private static final EbpfRegister X = R7;
  private static final EbpfRegister KEPT_A = R8;
  private static final EbpfRegister TURNS = R9;
  private static final String MISS = "drop";
  private static final int SCRATCH_BYTES = BpfOpcode.BPF_MEMWORDS * Integer.BYTES;

  /// A field of `struct __sk_buff`, all 4 bytes long.
  ///
  /// @param isInNetworkOrder whether it is a number of 16 bits in network order
  private record Field(long offset, boolean isInNetworkOrder) {}

  private SocketTranslation(EbpfSource source, EbpfAssembler out) {
    super(source, new Place(out, MISS, -SCRATCH_BYTES), X, TURNS);
  }

  private static @Nullable Field field(AncillaryField field) {
    return switch (field) {
      case PACKET_TYPE -> new Field(SkBuff.PKT_TYPE, false);
      case MARK -> new Field(SkBuff.MARK, false);
      case QUEUE -> new Field(SkBuff.QUEUE_MAPPING, false);
      case PROTOCOL -> new Field(SkBuff.PROTOCOL, true);
      case VLAN_TAG_PRESENT -> new Field(SkBuff.VLAN_PRESENT, false);
      case VLAN_TAG -> new Field(SkBuff.VLAN_TCI, false);
      case VLAN_TPID -> new Field(SkBuff.VLAN_PROTO, true);
      case INTERFACE_INDEX -> new Field(SkBuff.IFINDEX, false);
      case RX_HASH -> new Field(SkBuff.HASH, false);
      case NETLINK_ATTRIBUTE,
          NESTED_NETLINK_ATTRIBUTE,
          HARDWARE_TYPE,
          CPU,
          XOR_X,
          PAYLOAD_OFFSET,
          RANDOM ->
          null;
    };
  }

  /// What keeps a program from being translated, in words; empty if nothing does.
  public static String obstacle(EbpfSource source) {
    for (AncillaryField field : AncillaryField.values()) {
      if (field != AncillaryField.XOR_X && field(field) == null && source.program().loads(field)) {
        return "a socket filter of eBPF does not get what the kernel calls "
            + field.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      }
    }
    if (source.program().loops()) {
      return "the program loops";
    }
    for (BpfInstruction one : source.program().instructions()) {
      if (ControlFlow.reach(one) >= ControlFlow.NEVER) {
        return "the program loads what is after 65 535 bytes";
      }
    }
    return source.obstacleOfSets();
  }

  /// The whole program, of one that [#obstacle] finds nothing in.
  public static EbpfProgram translate(EbpfSource source) {
    EbpfAssembler out = new EbpfAssembler().move(CONTEXT, R1);
    new SocketTranslation(source, out).write();
    return out.exit().label(MISS).move(R0, 0).exit().assemble();
  }

  @Override
  void loadPacket(int at, BpfInstruction one) {
    Width width = Width.ofBytes(ControlFlow.bytes(one.code()));
    if (modeOf(one.code()) == BPF_IND) {
      out.loadPacket(width, X, one.k());
      return;
    }
    AncillaryField ancillary = modeOf(one.code()) == BPF_ABS ? AncillaryField.at(one.k()) : null;
    Field field = ancillary == null ? null : field(ancillary);
    if (field == null) {
      out.loadPacket(width, one.k());
      return;
    }
    out.load(Width.WORD, A, CONTEXT, field.offset);
    if (field.isInNetworkOrder) {
      fromNetworkOrder(A, Short.BYTES);
    }
  }

  @Override
  void loadHeaderLength(int at, BpfInstruction one) {
    boolean keepsA = live.hasA(at + 1);
    if (keepsA) {
      out.move(KEPT_A, A);
    }
    out.loadPacket(Width.BYTE, one.k());
    out.apply32(Arithmetic.AND, A, 0xf).apply32(Arithmetic.SHIFT_LEFT, A, 2);
    out.apply32(Arithmetic.MOVE, X, A);
    if (keepsA) {
      out.move(A, KEPT_A);
    }
  }

  @Override
  void loadLength(EbpfRegister to) {
    out.load(Width.WORD, to, CONTEXT, SkBuff.LEN);
  }

  @Override
  void keepFromLookup(int at, boolean restores) {
    // X and the turns are in registers that it does not write to.
  }
}
