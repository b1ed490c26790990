package io.ringtap.filter.ebpf;

import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R5;

import io.ringtap.bpf.AncillaryField;
import io.ringtap.bpf.BpfInstruction;
import io.ringtap.bpf.BpfOpcode;
import io.ringtap.ebpf.Arithmetic;
import io.ringtap.ebpf.Comparison;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.Width;
import java.util.Locale;

/// A program for XDP, over a frame in memory: a comparison with the end of the frame stands before
/// every load.
public final class FrameTranslation extends Translation {
  private static final int SCRATCH_BYTES = BpfOpcode.BPF_MEMWORDS * Integer.BYTES;

  /// Bytes of stack for the scratch words, and for two registers during a look-up.
  public static final int STACK_BYTES = SCRATCH_BYTES + 2 * Long.BYTES;

  private static final EbpfRegister X = R1;
  private static final EbpfRegister FRAME = R2;
  private static final EbpfRegister END = R3;
  private static final EbpfRegister TURNS = R5;

  private static final int KEPT_X = -STACK_BYTES + SCRATCH_BYTES;
  private static final int KEPT_TURNS = KEPT_X + Long.BYTES;

  /// An address of which 4 bytes can be loaded before those that the verifier does not follow
  /// (`MAX_PACKET_OFF` of `kernel/bpf/verifier.c`).
  private static final int FARTHEST = 0xffff - Integer.BYTES;

  private FrameTranslation(EbpfSource source, EbpfAssembler out, String miss) {
    super(source, new Place(out, miss, -STACK_BYTES), X, TURNS);
  }

  /// What of a program XDP does not have, in words; empty if it can be translated.
  public static String obstacle(EbpfSource source) {
    for (AncillaryField field : AncillaryField.values()) {
      if (field != AncillaryField.XOR_X && source.program().loads(field)) {
        return switch (field) {
          case PACKET_TYPE -> "an XDP program does not get the direction of a packet";
          case INTERFACE_INDEX -> "an XDP program does not get the interface of a packet";
          default -> "an XDP program does not get what the kernel calls " + label(field);
        };
      }
    }
    for (BpfInstruction one : source.program().instructions()) {
      if (EbpfSource.isFixedLoad(one) && one.k() < 0 && one.k() != AncillaryField.XOR_X.k()) {
        return "an XDP program has no headers to count from, as a load at %d does"
            .formatted(one.k());
      }
    }
    return source.obstacleOfSets();
  }

  private static String label(AncillaryField field) {
    return field.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// Appends a program that [#obstacle] finds nothing in. It uses the last [#STACK_BYTES] of the
  /// stack.
  ///
  /// @param miss the label for packets that do not match; those that match go on after it
  public static void append(EbpfSource source, EbpfAssembler out, String miss) {
    new FrameTranslation(source, out, miss).write();
  }

  @Override
  void loadPacket(int at, BpfInstruction one) {
    if (BpfOpcode.modeOf(one.code()) == BpfOpcode.BPF_IND) {
      loadAtIndex(at, one);
    } else {
      loadAt(at, one, A);
    }
  }

  @Override
  void loadHeaderLength(int at, BpfInstruction one) {
    loadAt(at, one, X);
    out.apply32(Arithmetic.AND, X, 0xf).apply32(Arithmetic.SHIFT_LEFT, X, 2);
  }

  @Override
  void loadLength(EbpfRegister to) {
    out.move(to, END).apply(Arithmetic.SUBTRACT, to, FRAME);
  }

  private void loadAt(int at, BpfInstruction one, EbpfRegister to) {
    int compared = flow.comparedAt(at);
    if (compared > 0) {
      out.move(POINTER, FRAME).apply(Arithmetic.ADD, POINTER, compared);
      missUnless(POINTER, END, at);
    }
    int bytes = ControlFlow.bytes(one.code());
    if (one.k() <= Short.MAX_VALUE) {
      out.load(Width.ofBytes(bytes), to, FRAME, one.k());
    } else {
      out.move(POINTER, FRAME).apply(Arithmetic.ADD, POINTER, one.k());
      out.load(Width.ofBytes(bytes), to, POINTER, 0);
    }
    fromNetworkOrder(to, bytes);
  }

  /// The sum of index and constant has 32 bits, as in the kernel: what comes out above all frames
  /// is a miss.
  private void loadAtIndex(int at, BpfInstruction one) {
    int bytes = ControlFlow.bytes(one.code());
    out.apply32(Arithmetic.MOVE, POINTER, X);
    if (one.k() != 0) {
      out.apply32(Arithmetic.ADD, POINTER, one.k());
    }
    if (flow.isInLoop(at)) {
      String next = out.freshLabel(prefix + ".next");
      out.jumpIf(POINTER, Comparison.AT_MOST, FARTHEST, next).jump(miss()).label(next);
    } else {
      out.jumpIf(POINTER, Comparison.ABOVE, FARTHEST, miss());
    }
    out.apply(Arithmetic.ADD, POINTER, FRAME);
    out.move(A, POINTER).apply(Arithmetic.ADD, A, bytes);
    missUnless(A, END, at);
    out.load(Width.ofBytes(bytes), A, POINTER, 0);
    fromNetworkOrder(A, bytes);
  }

  /// A miss unless an address is at most another.
  ///
  /// Of a conditional jump the verifier first follows the instruction after it, and remembers the
  /// other branch; it can remember 8192. So in a loop of many turns the branch that ends the
  /// program comes first, and only one is remembered.
  private void missUnless(EbpfRegister address, EbpfRegister most, int at) {
    if (flow.isInLoop(at)) {
      String next = out.freshLabel(prefix + ".next");
      out.jumpIf(address, Comparison.AT_MOST, most, next).jump(miss()).label(next);
    } else {
      out.jumpIf(address, Comparison.ABOVE, most, miss());
    }
  }

  @Override
  void keepFromLookup(int at, boolean restores) {
    if (live.hasX(at + 1)) {
      keep(X, KEPT_X, restores);
    }
    if (flow.isInLoop(at)) {
      keep(TURNS, KEPT_TURNS, restores);
    }
  }

  private void keep(EbpfRegister register, int place, boolean restores) {
    if (restores) {
      out.load(Width.DOUBLE, register, R10, place);
    } else {
      out.store(Width.DOUBLE, R10, place, register);
    }
  }
}
