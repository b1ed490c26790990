package io.ringtap.bpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// Big-endian loads from a packet, as the kernel does them (`bpf_skb_load_helper_…` of
/// `net/core/filter.c`): a negative offset counts from a header. The packet is the `caplen` bytes
/// from `begin` on.
final class PacketLoads {
  /// What a load gives instead of 0 to 2³² - 1 when it reaches outside.
  static final long OUTSIDE = -1;

  private PacketLoads() {}

  static long word(MemorySegment memory, long begin, int caplen, int offset, Ancillary ancillary) {
    int at = offset < 0 ? ancillary.inPacket(offset) : offset;
    return isOutside(caplen, at, Integer.BYTES)
        ? OUTSIDE
        : NetworkOrder.unsignedWord(memory, begin + at);
  }

  static long half(MemorySegment memory, long begin, int caplen, int offset, Ancillary ancillary) {
    int at = offset < 0 ? ancillary.inPacket(offset) : offset;
    return isOutside(caplen, at, Short.BYTES)
        ? OUTSIDE
        : NetworkOrder.unsignedShort(memory, begin + at);
  }

  static long oneByte(
      MemorySegment memory, long begin, int caplen, int offset, Ancillary ancillary) {
    int at = offset < 0 ? ancillary.inPacket(offset) : offset;
    return isOutside(caplen, at, Byte.BYTES)
        ? OUTSIDE
        : Byte.toUnsignedLong(memory.get(JAVA_BYTE, begin + at));
  }

  private static boolean isOutside(int caplen, int at, int bytes) {
    return at < 0 || at > caplen - bytes;
  }
}
