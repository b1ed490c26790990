package io.ringtap.trace.engine;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// The MPLS label stack that an ICMP error may carry after the packet that it quotes (RFC 4884, RFC
/// 4950).
final class Extensions {
  private static final int VERSION = 2;
  private static final int HEADER_BYTES = 4;
  private static final int OBJECT_HEADER_BYTES = 4;
  private static final int LABEL_BYTES = 4;
  private static final int MPLS = 1 << 8 | 1; // class 1, the stack as it came in: type 1
  private static final int UNSAID_QUOTE_BYTES = 128; // of routers older than RFC 4884, §5.5

  private Extensions() {}

  /// Adds the label stack entries of the error in `[icmp, end)`, unless they are damaged.
  static void addLabels(Answer answer, MemorySegment memory, long icmp, long end) {
    int said =
        answer.isIpv6
            ? NetworkOrder.unsignedByte(memory, icmp + 4) * 8
            : NetworkOrder.unsignedByte(memory, icmp + 5) * 4;
    long at = icmp + IcmpHeader.BYTES + (said == 0 ? UNSAID_QUOTE_BYTES : said);
    if (end - at < HEADER_BYTES
        || NetworkOrder.unsignedByte(memory, at) >>> 4 != VERSION
        || !isIntact(memory, at, end, said != 0)) {
      return;
    }
    long object = at + HEADER_BYTES;
    while (end - object >= OBJECT_HEADER_BYTES) {
      int length = NetworkOrder.unsignedShort(memory, object);
      if (length < OBJECT_HEADER_BYTES || length > end - object) {
        return;
      }
      if (NetworkOrder.unsignedShort(memory, object + 2) == MPLS) {
        for (int label = OBJECT_HEADER_BYTES; label + LABEL_BYTES <= length; label += LABEL_BYTES) {
          answer.addLabel(NetworkOrder.word(memory, object + label));
        }
        return;
      }
      object += length;
    }
  }

  /// A sender may leave the checksum out (RFC 4884 §7), but not where only the checksum shows that
  /// there is an extension.
  private static boolean isIntact(MemorySegment memory, long at, long end, boolean isSaid) {
    boolean isLeftOut = NetworkOrder.unsignedShort(memory, at + 2) == 0;
    return isLeftOut ? isSaid : Checksum.isValid(Checksum.sum(memory, at, end - at));
  }
}
