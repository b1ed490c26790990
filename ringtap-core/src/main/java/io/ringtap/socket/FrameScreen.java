package io.ringtap.socket;

import java.lang.foreign.MemorySegment;

/// A filter that runs on the packets of a source after the kernel has handed them over. It reads
/// each where it lies, at its [io.ringtap.linux.abi.packet.Tpacket3Hdr]. One thread uses it.
public interface FrameScreen {
  /// Whether the packet at `header` may be shown, before anything is put back into it. The packet
  /// may be cut off.
  boolean passes(MemorySegment memory, long header);

  /// Whether a packet that [#passes] let through may be shown, after all has been put back.
  boolean passesRestored(MemorySegment memory, long header);

  /// Whether it has judged all that it was to judge: the source drops it then.
  boolean isOver();
}
