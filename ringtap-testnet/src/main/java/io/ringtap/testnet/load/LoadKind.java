package io.ringtap.testnet.load;

import io.ringtap.ebpf.EbpfProgram;
import io.ringtap.ebpf.XdpAction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The kind of frames of a [FrameLoad]: a template with what all frames share, and the program that
/// writes what differs.
interface LoadKind {
  /// A frame of `bytes`, complete except for what the program writes.
  MemorySegment template(Arena arena, int bytes);

  /// The program for such frames, which takes sequence numbers from [FrameProgram#COUNTER].
  ///
  /// @param verdict where the frames go
  EbpfProgram program(int bytes, XdpAction verdict);

  /// UDP datagrams to another host, see [LoadFrame].
  static LoadKind datagrams(FrameVariation variation) {
    return new LoadKind() {
      @Override
      public MemorySegment template(Arena arena, int bytes) {
        return LoadFrame.template(arena, bytes);
      }

      @Override
      public EbpfProgram program(int bytes, XdpAction verdict) {
        return FrameProgram.assemble(variation, bytes, verdict);
      }
    };
  }
}
