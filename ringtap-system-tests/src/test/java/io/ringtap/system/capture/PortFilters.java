package io.ringtap.system.capture;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;

/// Programs for the frames of [FrameSender], which tell them apart by their source port.
final class PortFilters {
  /// Flows of the frames, whose numbers are those of their frames modulo this.
  static final int FLOWS = 4;

  private static final int ETHER_TYPE = 12;
  private static final int IPV4 = 0x0800;
  private static final int SOURCE_PORT = 34;
  private static final int FIRST_PORT = 1024;

  private PortFilters() {}

  /// Passes the frames of two flows.
  static BpfProgram of(int flow, int other) {
    return new BpfAssembler()
        .ldHalf(ETHER_TYPE)
        .jeq(IPV4, BpfAssembler.NEXT, "drop")
        .ldHalf(SOURCE_PORT)
        .jeq(FIRST_PORT + flow, "keep", BpfAssembler.NEXT)
        .jeq(FIRST_PORT + other, "keep", "drop")
        .bind("keep")
        .ret(BpfAssembler.KEEP_ALL)
        .bind("drop")
        .ret(0)
        .assemble();
  }
}
