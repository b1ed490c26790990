package io.ringtap.system.filter;

import io.ringtap.bpf.Ancillary;
import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// What a packet socket shows of a packet that a savefile would have whole: the kernel takes an
/// outer VLAN tag out of it (`skb_vlan_untag` in net/core/skbuff.c) and tells it beside, and on a
/// cooked socket the pseudo-header as well.
///
/// @param bytes what a filter loads from
record ShownPacket(MemorySegment bytes, Ancillary ancillary) {
  private static final OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int TPID_8021Q = 0x8100;
  private static final int TPID_8021AD = 0x88A8;
  private static final int TAG_BYTES = 4;
  private static final int ANY_INTERFACE = 1;

  /// Where a whole packet has its type, and from where on a socket shows it.
  private record Layout(int typeAt, int headerBytes, int hiddenBytes) {
    static Layout of(LinkType linkType) {
      return switch (linkType.number()) {
        case 1 -> new Layout(12, 14, 0);
        case 113 -> new Layout(14, 16, 16);
        case 276 -> new Layout(0, 20, 20);
        default -> throw new IllegalArgumentException(linkType + " is of no packet socket");
      };
    }
  }

  /// Shows a packet.
  ///
  /// @param whole with its link-layer header
  /// @return null if it is too short to have come from a network
  static @Nullable ShownPacket of(LinkType linkType, MemorySegment whole) {
    Layout layout = Layout.of(linkType);
    if (whole.byteSize() < layout.headerBytes() + TAG_BYTES) {
      return null;
    }
    int type = Short.toUnsignedInt(whole.get(U16, layout.typeAt()));
    boolean isTagged = type == TPID_8021Q || type == TPID_8021AD;
    int tagAt =
        layout.headerBytes(); // the tag's information, and after it the type of what follows
    int protocol = isTagged ? Short.toUnsignedInt(whole.get(U16, tagAt + 2)) : type;
    Ancillary ancillary =
        new Ancillary(protocol, packetType(linkType, whole), interfaceIndex(linkType, whole));
    if (isTagged) {
      ancillary.vlan(type, Short.toUnsignedInt(whole.get(U16, tagAt)));
    }
    long removed = isTagged ? TAG_BYTES : 0;
    long kept = linkType.equals(LinkType.ETHERNET) ? layout.typeAt() : 0;
    long from = (linkType.equals(LinkType.ETHERNET) ? kept : layout.hiddenBytes()) + removed;
    byte[] shown = new byte[(int) (kept + whole.byteSize() - from)];
    MemorySegment bytes = MemorySegment.ofArray(shown);
    MemorySegment.copy(whole, 0, bytes, 0, kept);
    MemorySegment.copy(whole, from, bytes, kept, whole.byteSize() - from);
    return new ShownPacket(bytes, ancillary);
  }

  private static int packetType(LinkType linkType, MemorySegment whole) {
    return switch (linkType.number()) {
      case 113 -> Short.toUnsignedInt(whole.get(U16, 0));
      case 276 -> Byte.toUnsignedInt(whole.get(ValueLayout.JAVA_BYTE, 10));
      default -> 0;
    };
  }

  private static int interfaceIndex(LinkType linkType, MemorySegment whole) {
    return linkType.equals(LinkType.LINUX_SLL2) ? whole.get(U32, 4) : ANY_INTERFACE;
  }
}
