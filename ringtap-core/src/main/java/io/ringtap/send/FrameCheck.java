package io.ringtap.send;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.VlanTag;
import org.jspecify.annotations.Nullable;

/// Which frames fit an interface, as the kernel decides it when they are sent (`packet_snd` in
/// `net/packet/af_packet.c`).
///
/// @param linkType what the interface's frames begin with
/// @param headerBytes of the interface's link header
/// @param mtu bytes of the largest packet behind it
/// @param takesVlanTag whether a frame with a VLAN tag may be longer by that tag
record FrameCheck(LinkType linkType, int headerBytes, int mtu, boolean takesVlanTag) {
  /// Bytes of the longest frame that fits.
  int longest() {
    return headerBytes + mtu + (takesVlanTag ? VlanTag.BYTES : 0);
  }

  /// Whether frames of that link type can be sent here.
  boolean takes(LinkType offered) {
    return offered.equals(linkType)
        || (linkType.equals(LinkType.RAW)
            && (offered.equals(LinkType.IPV4) || offered.equals(LinkType.IPV6)));
  }

  /// Why a frame does not fit; null if it does.
  @Nullable Refusal refusal(Frame frame) {
    if (!takes(frame.linkType())) {
      return Refusal.LINK_TYPE;
    }
    int bytes = frame.caplen();
    if (bytes < frame.origlen()) {
      return Refusal.CUT;
    }
    if (bytes < headerBytes || bytes == 0) {
      return Refusal.TOO_SHORT;
    }
    return bytes <= headerBytes + mtu || (bytes <= longest() && hasVlanTag(frame))
        ? null
        : Refusal.TOO_LONG;
  }

  /// Whether the tag is one for which the kernel makes room: 802.1Q, and no other.
  private static boolean hasVlanTag(Frame frame) {
    return EthernetHeader.etherType(frame.memory(), frame.offset()) == EtherType.VLAN;
  }
}
