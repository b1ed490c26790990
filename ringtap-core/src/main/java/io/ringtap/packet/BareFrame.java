package io.ringtap.packet;

import java.lang.foreign.MemorySegment;

/// A frame of which nothing is known beside it.
record BareFrame(
    LinkType linkType, MemorySegment memory, long offset, int caplen, int origlen, long epochNanos)
    implements Frame {
  @Override
  public int interfaceId() {
    return 0;
  }
}
