package io.ringtap.testnet.load;

import static io.ringtap.ebpf.Arithmetic.ADD;
import static io.ringtap.ebpf.Arithmetic.AND;
import static io.ringtap.ebpf.Arithmetic.DIVIDE;
import static io.ringtap.ebpf.Arithmetic.MODULO;
import static io.ringtap.ebpf.Arithmetic.MULTIPLY;
import static io.ringtap.ebpf.Arithmetic.SHIFT_RIGHT;
import static io.ringtap.ebpf.Arithmetic.XOR;
import static io.ringtap.ebpf.Comparison.ABOVE;
import static io.ringtap.ebpf.Comparison.AT_LEAST;
import static io.ringtap.ebpf.Comparison.EQUAL;
import static io.ringtap.ebpf.EbpfRegister.R0;
import static io.ringtap.ebpf.EbpfRegister.R1;
import static io.ringtap.ebpf.EbpfRegister.R10;
import static io.ringtap.ebpf.EbpfRegister.R2;
import static io.ringtap.ebpf.EbpfRegister.R3;
import static io.ringtap.ebpf.EbpfRegister.R6;
import static io.ringtap.ebpf.EbpfRegister.R7;
import static io.ringtap.ebpf.EbpfRegister.R8;
import static io.ringtap.ebpf.EbpfRegister.R9;
import static io.ringtap.ebpf.Width.DOUBLE;
import static io.ringtap.ebpf.Width.HALF;
import static io.ringtap.ebpf.Width.WORD;

import io.ringtap.ebpf.EbpfAssembler;
import io.ringtap.ebpf.EbpfHelper;
import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.EbpfRegister;
import io.ringtap.ebpf.XdpAction;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.XdpMd;

/// The XDP program that handles each frame of a load: it writes the sequence number, source
/// address, source port and header checksum, and passes the frame to the kernel's stack, or sends
/// it. The kernel recycles frames with what was written to them, so everything that the program
/// writes depends only on the sequence number.
final class FrameProgram {
  // The use of the registers that survive calls.
  private static final EbpfRegister FRAME = R6;
  private static final EbpfRegister END = R7;
  private static final EbpfRegister SEQUENCE = R8;
  private static final EbpfRegister SOURCE = R9;

  /// The map whose only element is the next sequence number.
  static final String COUNTER = "counter";

  private static final int KEY = -4; // on the stack

  private FrameProgram() {}

  /// The program for frames of `bytes`, with sequence numbers from [#COUNTER] on.
  static EbpfProgram assemble(FrameVariation variation, int bytes, XdpAction verdict) {
    EbpfAssembler program = begin();
    program.move(R1, SEQUENCE).toNetworkOrder(R1, 64);
    program.store(DOUBLE, FRAME, LoadFrame.SEQUENCE, R1);
    chooseSource(program, variation);
    writeAddress(program, LoadFrame.headerSum(bytes));
    writePort(program, variation);
    return end(program, verdict);
  }

  /// The program for frames of an [EchoKind].
  ///
  /// @param headerSum sum of the words of the IPv4 header without the source address, folded
  /// @param messageSum sum of the words of the ICMP message without the identifier, folded
  static EbpfProgram assembleEcho(
      EchoTraffic traffic, int headerSum, int messageSum, XdpAction verdict) {
    EbpfAssembler program = begin();
    program.move(SOURCE, SEQUENCE).apply(MODULO, SOURCE, traffic.sources());
    program.apply(ADD, SOURCE, EchoTraffic.address(traffic.firstSource()));
    writeAddress(program, headerSum);
    program.move(R1, SEQUENCE).apply(MODULO, R1, traffic.identifiers());
    program.apply(ADD, R1, traffic.firstIdentifier()).apply(AND, R1, 0xffff);
    program.move(R2, R1).apply(ADD, R2, messageSum);
    writeChecksum(program, EchoKind.ICMP_CHECKSUM);
    program.toNetworkOrder(R1, 16).store(HALF, FRAME, EchoKind.IDENTIFIER, R1);
    return end(program, verdict);
  }

  private static EbpfAssembler begin() {
    EbpfAssembler program = new EbpfAssembler();
    // The context must be read before R1 is used for something else.
    program.load(WORD, FRAME, R1, XdpMd.DATA).load(WORD, END, R1, XdpMd.DATA_END);
    checkLength(program);
    takeNumber(program);
    return program;
  }

  private static EbpfProgram end(EbpfAssembler program, XdpAction verdict) {
    program.move(R0, verdict.number()).exit();
    program.label("refuse").move(R0, Bpf.XDP_ABORTED).exit();
    return program.assemble();
  }

  /// Proves to the verifier that nothing is written past the frame.
  private static void checkLength(EbpfAssembler program) {
    program.move(R2, FRAME).apply(ADD, R2, LoadFrame.SEQUENCE_END);
    program.jumpIf(R2, ABOVE, END, "refuse");
  }

  /// The counter needs no atomic addition, because each injecting thread has its own.
  private static void takeNumber(EbpfAssembler program) {
    program.move(R1, 0).store(WORD, R10, KEY, R1);
    program.map(R1, COUNTER).move(R2, R10).apply(ADD, R2, KEY);
    program.call(EbpfHelper.MAP_LOOKUP_ELEM).jumpIf(R0, EQUAL, 0, "refuse");
    program.load(DOUBLE, SEQUENCE, R0, 0);
    program.move(R1, SEQUENCE).apply(ADD, R1, 1).store(DOUBLE, R0, 0, R1);
  }

  /// Computes the same as [FrameVariation#sourceAddress].
  private static void chooseSource(EbpfAssembler program, FrameVariation variation) {
    if (variation.heavyHitters() > 0) {
      program.constant(R2, FrameVariation.MULTIPLIER).apply(MULTIPLY, R2, SEQUENCE);
      program.apply(SHIFT_RIGHT, R2, FrameVariation.HASH_SHIFT);
      program.move(SOURCE, R2).apply(MODULO, R2, FrameVariation.PERMILLE);
      program.jumpIf(R2, AT_LEAST, variation.heavyPermille(), "takes its turn");
      program.apply(DIVIDE, SOURCE, FrameVariation.PERMILLE);
      program.apply(MODULO, SOURCE, variation.heavyHitters()).jump("chosen");
      program.label("takes its turn");
    }
    program.move(SOURCE, SEQUENCE).apply(MODULO, SOURCE, variation.sources());
    program.label("chosen").apply(ADD, SOURCE, FrameVariation.FIRST_ADDRESS);
  }

  /// Writes the source address and the checksum of a header whose other words add up to
  /// `headerSum`.
  private static void writeAddress(EbpfAssembler program, int headerSum) {
    program.move(R2, SOURCE).apply(SHIFT_RIGHT, R2, 16);
    program.move(R3, SOURCE).apply(AND, R3, 0xffff);
    program.apply(ADD, R2, R3).apply(ADD, R2, headerSum);
    writeChecksum(program, LoadFrame.IP_CHECKSUM);
    program.toNetworkOrder(SOURCE, 32).store(WORD, FRAME, LoadFrame.SOURCE_ADDRESS, SOURCE);
  }

  /// Folds the sum in R2 and writes its complement. At most three numbers of 16 bits were added, so
  /// there is a carry of at most 2, and adding it carries at most once more.
  private static void writeChecksum(EbpfAssembler program, int offset) {
    for (int i = 0; i < 2; i++) {
      program.move(R3, R2).apply(SHIFT_RIGHT, R3, 16);
      program.apply(AND, R2, 0xffff).apply(ADD, R2, R3);
    }
    program.apply(XOR, R2, 0xffff).toNetworkOrder(R2, 16);
    program.store(HALF, FRAME, offset, R2);
  }

  private static void writePort(EbpfAssembler program, FrameVariation variation) {
    program.move(R1, SEQUENCE).apply(MODULO, R1, variation.ports());
    program.apply(ADD, R1, FrameVariation.FIRST_PORT).toNetworkOrder(R1, 16);
    program.store(HALF, FRAME, LoadFrame.SOURCE_PORT, R1);
  }
}
