package io.ringtap.socket;

import java.lang.foreign.MemorySegment;

/// A filter that runs in user space, on the packets of a source that the kernel has passed on. It
/// reads each packet in place, at its [io.ringtap.linux.abi.packet.Tpacket3Hdr]. For one thread.
public interface FrameFilter {
  /// Whether the packet at `header`, before removed headers are restored, may be shown. The filter
  /// may cut the packet.
  boolean passes(MemorySegment memory, long header);

  /// Whether a packet that passed [#passes] may be shown, after its removed headers are restored.
  boolean passesRestored(MemorySegment memory, long header);

  /// Whether the filtering has ended: the source then removes the filter.
  boolean isOver();
}
