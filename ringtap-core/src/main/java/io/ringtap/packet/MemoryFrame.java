package io.ringtap.packet;

import java.lang.foreign.MemorySegment;

/// A frame that lies in memory of the caller's, and nothing is known beside it: to filter, print or
/// write what did not come from a capture.
///
/// ```java
/// Frame frame = MemoryFrame.of(LinkType.ETHERNET, bytes).withStamp(epochNanos);
/// ```
///
/// @param memory lent as long as the frame is used
/// @param offset where the captured bytes begin in it
/// @param caplen captured bytes
/// @param origlen bytes of the packet on the wire
/// @param epochNanos the stamp, in nanoseconds since the epoch
/// @param interfaceId the interface's place in the list of the file that it is written to
public record MemoryFrame(
    LinkType linkType,
    MemorySegment memory,
    long offset,
    int caplen,
    int origlen,
    long epochNanos,
    int interfaceId)
    implements Frame {

  /// A whole frame, without a stamp, of the first interface.
  ///
  /// @param bytes which are not copied
  public static MemoryFrame of(LinkType linkType, byte[] bytes) {
    MemorySegment memory = MemorySegment.ofArray(bytes);
    return new MemoryFrame(linkType, memory, 0, bytes.length, bytes.length, 0, 0);
  }

  /// This, with that stamp.
  public MemoryFrame withStamp(long epochNanos) {
    return new MemoryFrame(linkType, memory, offset, caplen, origlen, epochNanos, interfaceId);
  }

  /// This, of the interface at that place in the list of the file that it is written to.
  public MemoryFrame withInterface(int interfaceId) {
    return new MemoryFrame(linkType, memory, offset, caplen, origlen, epochNanos, interfaceId);
  }
}
