package io.ringtap.trace.engine;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/// The MPLS label stack that an ICMP error may carry behind the packet that it quotes (RFC 4884,
/// RFC 4950).
final class Extensions {
  private static final List<Integer> NONE = List.of();
  private static final int VERSION = 2;
  private static final int HEADER_BYTES = 4;
  private static final int OBJECT_HEADER_BYTES = 4;
  private static final int LABEL_BYTES = 4;
  private static final int MPLS = 1 << 8 | 1; // class 1, the stack as it came in: type 1
  private static final int UNSAID_QUOTE_BYTES = 128; // of routers older than RFC 4884, §5.5

  private Extensions() {}

  /// The label stack entries of the error in `[icmp, end)`, outermost first; empty if it has none
  /// or they are damaged.
  static List<Integer> labels(MemorySegment memory, long icmp, long end, boolean ipv6) {
    int said =
        ipv6
            ? NetworkOrder.unsignedByte(memory, icmp + 4) * 8
            : NetworkOrder.unsignedByte(memory, icmp + 5) * 4;
    long at = icmp + IcmpHeader.BYTES + (said == 0 ? UNSAID_QUOTE_BYTES : said);
    if (end - at < HEADER_BYTES
        || NetworkOrder.unsignedByte(memory, at) >>> 4 != VERSION
        || !isIntact(memory, at, end, said != 0)) {
      return NONE;
    }
    long object = at + HEADER_BYTES;
    while (end - object >= OBJECT_HEADER_BYTES) {
      int length = NetworkOrder.unsignedShort(memory, object);
      if (length < OBJECT_HEADER_BYTES || length > end - object) {
        return NONE;
      }
      if (NetworkOrder.unsignedShort(memory, object + 2) == MPLS) {
        int count = (length - OBJECT_HEADER_BYTES) / LABEL_BYTES;
        long first = object + OBJECT_HEADER_BYTES;
        return IntStream.range(0, count)
            .mapToObj(i -> NetworkOrder.word(memory, first + (long) i * LABEL_BYTES))
            .toList();
      }
      object += length;
    }
    return NONE;
  }

  /// A sender may leave the checksum out (RFC 4884 §7), but not where only the checksum shows that
  /// there is an extension.
  private static boolean isIntact(MemorySegment memory, long at, long end, boolean isSaid) {
    boolean isLeftOut = NetworkOrder.unsignedShort(memory, at + 2) == 0;
    return isLeftOut ? isSaid : Checksum.isValid(Checksum.sum(memory, at, end - at));
  }
}
