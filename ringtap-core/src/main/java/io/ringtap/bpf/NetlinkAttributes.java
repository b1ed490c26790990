package io.ringtap.bpf;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// Finds attributes of a netlink message for the two loads that do (`bpf_skb_get_nlattr` of
/// `net/core/filter.c`).
///
/// ```
/// struct nlattr { __u16 nla_len; __u16 nla_type; };   // linux/netlink.h, host order, padded to 4
/// ```
final class NetlinkAttributes {
  private static final int HEADER = 4;
  private static final int TYPE_MASK = 0x3FFF; // without NLA_F_NESTED and NLA_F_NET_BYTEORDER

  private NetlinkAttributes() {}

  /// The offset of the first attribute of `type` among those from `start`, unsigned, to the
  /// packet's end; 0 if absent. The packet is the `caplen` bytes of `memory` from `begin` on.
  static int find(MemorySegment memory, long begin, int caplen, int start, int type) {
    return isHeaderOutside(caplen, start)
        ? 0
        : findWithin(memory, begin, start, caplen - start, type);
  }

  /// The same among those within the attribute at `start`.
  static int findNested(MemorySegment memory, long begin, int caplen, int start, int type) {
    if (isHeaderOutside(caplen, start)) {
      return 0;
    }
    int length = number(memory, begin + start);
    return length > caplen - start
        ? 0
        : findWithin(memory, begin, start + HEADER, length - HEADER, type);
  }

  private static int findWithin(MemorySegment memory, long begin, int start, int bytes, int type) {
    int offset = start;
    int left = bytes;
    while (left >= HEADER) {
      int length = number(memory, begin + offset);
      if (length < HEADER || length > left) {
        return 0;
      }
      if ((number(memory, begin + offset + Short.BYTES) & TYPE_MASK) == type) {
        return offset;
      }
      int padded = (length + 3) & ~3;
      offset += padded;
      left -= padded;
    }
    return 0;
  }

  private static boolean isHeaderOutside(int caplen, int start) {
    return start < 0 || start > caplen - HEADER;
  }

  private static int number(MemorySegment memory, long at) {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT_UNALIGNED, at));
  }
}
