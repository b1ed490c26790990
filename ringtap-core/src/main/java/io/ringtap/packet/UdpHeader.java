package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A UDP header where it lies (RFC 768). Check [#isWhole] once, then read.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Source Port          |       Destination Port        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |            Length             |           Checksum            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public final class UdpHeader {
  /// The header, without the payload.
  public static final int BYTES = 8;

  /// Offset of the source port.
  public static final int SOURCE_PORT = 0;

  /// Offset of the destination port.
  public static final int DESTINATION_PORT = 2;

  /// Offset of the length.
  public static final int LENGTH = 4;

  /// Offset of the checksum.
  public static final int CHECKSUM = 6;

  private UdpHeader() {}

  /// Whether `[offset, end)` holds the header. The payload may be cut (by a snaplen), or the length
  /// field may be wrong; compare [#length].
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return end - offset >= BYTES;
  }

  /// What is wrong with the header, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end) {
    return isWhole(frame, offset, end)
        ? null
        : Malformed.cutShort("UDP header", BYTES, offset, end);
  }

  /// The source port, 0 to 65 535; 0 may mean none.
  public static int sourcePort(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + SOURCE_PORT);
  }

  /// The destination port, 0 to 65 535.
  public static int destinationPort(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + DESTINATION_PORT);
  }

  /// Bytes of header and payload, as the field says. It may be less than the header's own length,
  /// or 0 in a jumbogram (RFC 2675 §4).
  public static int length(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + LENGTH);
  }

  /// The checksum; 0 in IPv4 if the sender computed none.
  public static int checksum(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + CHECKSUM);
  }

  /// Writes a header. Its checksum is zero until [#checksum(MemorySegment, long, int)].
  ///
  /// @param length header and payload, in bytes
  public static void write(
      MemorySegment frame, long offset, int sourcePort, int destinationPort, int length) {
    NetworkOrder.unsignedShort(frame, offset + SOURCE_PORT, sourcePort);
    NetworkOrder.unsignedShort(frame, offset + DESTINATION_PORT, destinationPort);
    NetworkOrder.unsignedShort(frame, offset + LENGTH, length);
    checksum(frame, offset, 0);
  }

  /// Sets the checksum. If [Checksum#fold] returns 0, pass 0xFFFF: 0 on the wire means that there
  /// is no checksum.
  public static void checksum(MemorySegment frame, long offset, int checksum) {
    NetworkOrder.unsignedShort(frame, offset + CHECKSUM, checksum);
  }
}
