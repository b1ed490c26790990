package io.ringtap.bpf;

import java.lang.foreign.MemorySegment;

/// What a program makes of one packet: bytes to keep, 0 to drop it.
public final class Verdict {
  private Verdict() {}

  /// On a whole packet.
  public static int of(BpfProgram program, MemorySegment packet, Ancillary ancillary) {
    return of(program, packet, (int) packet.byteSize(), ancillary);
  }

  /// On what was captured of one.
  ///
  /// @param origlen bytes of the packet as it was
  public static int of(
      BpfProgram program, MemorySegment captured, int origlen, Ancillary ancillary) {
    return new BpfInterpreter(program)
        .run(captured, 0, (int) captured.byteSize(), origlen, ancillary);
  }
}
