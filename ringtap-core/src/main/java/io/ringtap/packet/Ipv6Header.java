package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// An IPv6 header where it lies (RFC 8200). Check [#isWhole] once, then read.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |Version| Traffic Class |               Flow Label              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Payload Length        |  Next Header  |   Hop Limit   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                                                               |
/// +                   Source Address, 16 bytes                    +
/// |                                                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                                                               |
/// +                 Destination Address, 16 bytes                 +
/// |                                                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// An address is two `long`s: its first eight bytes, high, and its last eight, low.
public final class Ipv6Header {
  /// The header, without extension headers.
  public static final int BYTES = 40;

  /// Offset of the payload length.
  public static final int PAYLOAD_LENGTH = 4;

  /// Offset of the next header.
  public static final int NEXT_HEADER = 6;

  /// Offset of the hop limit.
  public static final int HOP_LIMIT = 7;

  /// Offset of the source address, 16 bytes.
  public static final int SOURCE = 8;

  /// Offset of the destination address, 16 bytes.
  public static final int DESTINATION = 24;

  private static final int VERSION = 6;

  private enum Fault {
    NONE,
    CUT_SHORT,
    WRONG_VERSION
  }

  private Ipv6Header() {}

  /// Whether `[offset, end)` holds the header, and its version is 6. The payload may be cut (by a
  /// snaplen) or followed by padding; compare [#payloadLength].
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return fault(frame, offset, end) == Fault.NONE;
  }

  /// What is wrong with the header, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end) {
    return switch (fault(frame, offset, end)) {
      case NONE -> null;
      case CUT_SHORT -> Malformed.cutShort("IPv6 header", BYTES, offset, end);
      case WRONG_VERSION ->
          new Malformed("IPv6 header", "wrong version", VERSION, version(frame, offset), offset);
    };
  }

  private static Fault fault(MemorySegment frame, long offset, long end) {
    if (end - offset < BYTES) {
      return Fault.CUT_SHORT;
    }
    return version(frame, offset) == VERSION ? Fault.NONE : Fault.WRONG_VERSION;
  }

  /// The IP version, 6 in a valid header.
  public static int version(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset) >>> 4;
  }

  /// DSCP and ECN (RFC 2474, RFC 3168).
  public static int trafficClass(MemorySegment frame, long offset) {
    return NetworkOrder.word(frame, offset) >>> 20 & 0xFF;
  }

  /// The flow label, 20 bits (RFC 6437).
  public static int flowLabel(MemorySegment frame, long offset) {
    return NetworkOrder.word(frame, offset) & 0xF_FFFF;
  }

  /// Bytes after this header, extension headers included. The frame may end later, after padding.
  public static int payloadLength(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + PAYLOAD_LENGTH);
  }

  /// One of [IpProtocol], or an extension header.
  public static int nextHeader(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + NEXT_HEADER);
  }

  /// How many more hops the packet may take, 0 to 255.
  public static int hopLimit(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedByte(frame, offset + HOP_LIMIT);
  }

  /// The first eight bytes of the source address, a big-endian number.
  public static long sourceHigh(MemorySegment frame, long offset) {
    return NetworkOrder.doubleWord(frame, offset + SOURCE);
  }

  /// The last eight bytes of the source address, a big-endian number.
  public static long sourceLow(MemorySegment frame, long offset) {
    return NetworkOrder.doubleWord(frame, offset + SOURCE + Long.BYTES);
  }

  /// The first eight bytes of the destination address, a big-endian number.
  public static long destinationHigh(MemorySegment frame, long offset) {
    return NetworkOrder.doubleWord(frame, offset + DESTINATION);
  }

  /// The last eight bytes of the destination address, a big-endian number.
  public static long destinationLow(MemorySegment frame, long offset) {
    return NetworkOrder.doubleWord(frame, offset + DESTINATION + Long.BYTES);
  }

  /// Writes a header.
  ///
  /// @param payloadLength bytes after it
  public static void write(
      MemorySegment frame,
      long offset,
      int trafficClass,
      int flowLabel,
      int payloadLength,
      int nextHeader,
      int hopLimit,
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow) {
    NetworkOrder.word(
        frame, offset, VERSION << 28 | (trafficClass & 0xFF) << 20 | (flowLabel & 0xF_FFFF));
    NetworkOrder.unsignedShort(frame, offset + PAYLOAD_LENGTH, payloadLength);
    NetworkOrder.unsignedByte(frame, offset + NEXT_HEADER, nextHeader);
    NetworkOrder.unsignedByte(frame, offset + HOP_LIMIT, hopLimit);
    NetworkOrder.doubleWord(frame, offset + SOURCE, sourceHigh);
    NetworkOrder.doubleWord(frame, offset + SOURCE + Long.BYTES, sourceLow);
    NetworkOrder.doubleWord(frame, offset + DESTINATION, destinationHigh);
    NetworkOrder.doubleWord(frame, offset + DESTINATION + Long.BYTES, destinationLow);
  }
}
