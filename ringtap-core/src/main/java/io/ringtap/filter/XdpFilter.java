package io.ringtap.filter;

import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.Width;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.filter.ebpf.EbpfSource;
import io.ringtap.filter.ebpf.FrameTranslation;

/// A filter for XDP: it decides on frames before the kernel has made packets of them, and the same
/// frames match as with the program for a socket. It is a program by itself, or the beginning of a
/// larger one:
///
/// ```java
/// EbpfAssembler program = new EbpfAssembler();
/// program.move(R6, R1); // the context, for later
/// program.load(WORD, R2, R1, 0).load(WORD, R3, R1, 4); // the frame and its end
/// XdpFilter.compile("udp port 53", options).append(program, "other");
/// // … what is done with a frame that matches …
/// program.label("other").move(R0, XdpAction.PASS.number()).exit();
/// ```
///
/// A frame is whole there: VLAN tags are in it, unless the network card takes them out (`ethtool -K
/// … rxvlan off` ends that). Of a frame in several buffers only the first is seen.
///
/// The sets of a filter with `host in FILE` are data of the program, so they go into the kernel
/// when it is loaded, and live as long as it does.
public final class XdpFilter {
  /// Bytes at the end of the stack that the filter writes to.
  public static final int STACK_BYTES = FrameTranslation.STACK_BYTES;

  /// The most instructions that every jump reaches over.
  private static final int LONGEST = Short.MAX_VALUE - 16;

  private static final int DATA = 0; // of struct xdp_md, linux/bpf.h
  private static final int DATA_END = 4;

  private final EbpfSource source;

  private XdpFilter(EbpfSource source) {
    this.source = source;
  }

  /// Compiles an expression.
  ///
  /// @param options those of [FilterCompiler#compile]; the view makes no difference
  /// @throws FilterException if `expression` is no filter for these options, asks for what XDP does
  ///   not know, such as the direction, or is too long
  public static XdpFilter compile(String expression, FilterOptions options) {
    return of(
        FilterCompiler.compile(
            expression, options.withView(PacketView.FRAME).withRowsLookedUp(true)));
  }

  /// The filter that a program for frames is.
  ///
  /// @throws FilterException if it asks for what XDP does not know, or is too long
  public static XdpFilter of(BpfProgram program) {
    EbpfSource source = EbpfSource.of(program);
    String obstacle = FrameTranslation.obstacle(source);
    if (!obstacle.isEmpty()) {
      throw FilterException.of(obstacle);
    }
    XdpFilter filter = new XdpFilter(source);
    EbpfAssembler trial = new EbpfAssembler();
    filter.append(trial, "miss");
    if (trial.size() > LONGEST) {
      throw FilterException.of(
          "the filter is too long for XDP: it takes %d instructions, and a jump goes over %d at most"
              .formatted(trial.size(), LONGEST));
    }
    return filter;
  }

  /// Appends the filter to a program. R2 must hold the address of the frame and R3 that of its end,
  /// as loaded from the context; both are left as they are, and so are R6 to R9. R0, R1, R4, R5 and
  /// the last [#STACK_BYTES] of the stack are written to.
  ///
  /// The program goes on after the filter with frames that match; R0 then is how many bytes of the
  /// frame to keep.
  ///
  /// @param miss the label that all other frames go to
  public void append(EbpfAssembler assembler, String miss) {
    FrameTranslation.append(source, assembler, miss);
  }

  /// The filter as a program.
  ///
  /// @param match what becomes of frames that match
  /// @param miss what becomes of all others
  public EbpfProgram program(XdpAction match, XdpAction miss) {
    EbpfAssembler assembler = new EbpfAssembler();
    assembler.load(Width.WORD, R2, R1, DATA).load(Width.WORD, R3, R1, DATA_END);
    append(assembler, "miss");
    assembler.label("match").move(R0, match.number()).exit();
    return assembler.label("miss").move(R0, miss.number()).exit().assemble();
  }

  /// The program for a socket that matches the same frames.
  public BpfProgram classic() {
    return source.program();
  }
}
