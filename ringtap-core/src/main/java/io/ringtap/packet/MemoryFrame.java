package io.ringtap.packet;

import java.lang.foreign.MemorySegment;

/// A frame in the caller's memory, without any metadata from a capture: for filtering, printing or
/// writing bytes that come from elsewhere.
///
/// ```java
/// Frame frame = MemoryFrame.of(LinkType.ETHERNET, bytes).withStamp(epochNanos);
/// ```
///
/// @param memory which must stay open and unchanged while the frame is used
/// @param offset of the first captured byte in it
/// @param caplen captured bytes
/// @param origlen bytes of the packet on the wire
/// @param epochNanos the stamp, in nanoseconds since the epoch
/// @param interfaceId the interface's index in the list of the file that the frame is written to
public record MemoryFrame(
    LinkType linkType,
    MemorySegment memory,
    long offset,
    int caplen,
    int origlen,
    long epochNanos,
    int interfaceId)
    implements Frame {

  /// A complete frame of the first interface, without a stamp.
  ///
  /// @param bytes the frame; not copied
  public static MemoryFrame of(LinkType linkType, byte[] bytes) {
    MemorySegment memory = MemorySegment.ofArray(bytes);
    return new MemoryFrame(linkType, memory, 0, bytes.length, bytes.length, 0, 0);
  }

  /// The same frame with another stamp.
  public MemoryFrame withStamp(long epochNanos) {
    return new MemoryFrame(linkType, memory, offset, caplen, origlen, epochNanos, interfaceId);
  }

  /// The same frame with another interface.
  public MemoryFrame withInterface(int interfaceId) {
    return new MemoryFrame(linkType, memory, offset, caplen, origlen, epochNanos, interfaceId);
  }
}
