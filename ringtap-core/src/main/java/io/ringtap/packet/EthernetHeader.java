package io.ringtap.packet;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// An Ethernet II header where it lies (RFC 894, RFC 2464). Check [#isWhole] once, then read.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                          Destination                          |
/// +                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                               |                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
/// |                            Source                             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           EtherType           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// Addresses are the low 48 bits of a `long`, first byte highest.
public final class EthernetHeader {
  /// The header, without VLAN tags.
  public static final int BYTES = 14;

  /// Offset of the destination address.
  public static final int DESTINATION = 0;

  /// Offset of the source address.
  public static final int SOURCE = 6;

  /// Offset of the EtherType.
  public static final int ETHER_TYPE = 12;

  private EthernetHeader() {}

  /// Whether `[offset, end)` holds the header.
  public static boolean isWhole(MemorySegment frame, long offset, long end) {
    return end - offset >= BYTES;
  }

  /// What is wrong with the header, or null when it [is whole][#isWhole].
  public static @Nullable Malformed check(MemorySegment frame, long offset, long end) {
    return isWhole(frame, offset, end)
        ? null
        : Malformed.cutShort("Ethernet header", BYTES, offset, end);
  }

  /// The destination address, in the low 48 bits.
  public static long destination(MemorySegment frame, long offset) {
    return NetworkOrder.ethernetAddress(frame, offset + DESTINATION);
  }

  /// The source address, in the low 48 bits.
  public static long source(MemorySegment frame, long offset) {
    return NetworkOrder.ethernetAddress(frame, offset + SOURCE);
  }

  /// One of [EtherType]; below 1536, the length of an 802.3 frame.
  public static int etherType(MemorySegment frame, long offset) {
    return NetworkOrder.unsignedShort(frame, offset + ETHER_TYPE);
  }

  /// Writes a header.
  ///
  /// @param destination in the low 48 bits, as `source`
  /// @param etherType one of [EtherType], or the length of an 802.3 frame
  public static void write(
      MemorySegment frame, long offset, long destination, long source, int etherType) {
    NetworkOrder.ethernetAddress(frame, offset + DESTINATION, destination);
    NetworkOrder.ethernetAddress(frame, offset + SOURCE, source);
    NetworkOrder.unsignedShort(frame, offset + ETHER_TYPE, etherType);
  }
}
