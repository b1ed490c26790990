package io.ringtap.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;

/// Big-endian loads from a packet, as the kernel does them (`bpf_skb_load_helper_…` of
/// `net/core/filter.c`): a negative offset counts from a header.
final class PacketLoads {
  /// What a load gives instead of 0 to 2³² - 1 when it reaches outside.
  static final long OUTSIDE = -1;

  private static final OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private PacketLoads() {}

  static long word(MemorySegment packet, int offset, Ancillary ancillary) {
    int at = offset < 0 ? ancillary.inPacket(offset) : offset;
    return isOutside(packet, at, Integer.BYTES)
        ? OUTSIDE
        : Integer.toUnsignedLong(packet.get(INT, at));
  }

  static long half(MemorySegment packet, int offset, Ancillary ancillary) {
    int at = offset < 0 ? ancillary.inPacket(offset) : offset;
    return isOutside(packet, at, Short.BYTES)
        ? OUTSIDE
        : Short.toUnsignedLong(packet.get(SHORT, at));
  }

  static long octet(MemorySegment packet, int offset, Ancillary ancillary) {
    int at = offset < 0 ? ancillary.inPacket(offset) : offset;
    return isOutside(packet, at, Byte.BYTES)
        ? OUTSIDE
        : Byte.toUnsignedLong(packet.get(JAVA_BYTE, at));
  }

  private static boolean isOutside(MemorySegment packet, int at, int bytes) {
    return at < 0 || at > packet.byteSize() - bytes;
  }
}
