package io.ringtap.send;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.VlanTag;
import org.jspecify.annotations.Nullable;

/// Which frames fit an interface, by the rules of the kernel for sending (`packet_snd` in
/// `net/packet/af_packet.c`).
///
/// @param linkType of the interface's frames
/// @param headerBytes of the interface's link header
/// @param mtu bytes of the largest packet after the link header
/// @param takesVlanTag whether a frame with a VLAN tag may be longer by that tag
record FrameCheck(LinkType linkType, int headerBytes, int mtu, boolean takesVlanTag) {
  /// Bytes of the longest frame that fits.
  int longest() {
    return headerBytes + mtu + (takesVlanTag ? VlanTag.BYTES : 0);
  }

  /// Whether frames of this link type can be sent.
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
    if (Integer.compareUnsigned(bytes, frame.origlen()) < 0) {
      return Refusal.CUT;
    }
    if (bytes < headerBytes || bytes == 0) {
      return Refusal.TOO_SHORT;
    }
    return bytes <= headerBytes + mtu || (bytes <= longest() && hasVlanTag(frame))
        ? null
        : Refusal.TOO_LONG;
  }

  /// Whether the frame has a tag for which the kernel makes room, which is only 802.1Q.
  private static boolean hasVlanTag(Frame frame) {
    return EthernetHeader.etherType(frame.memory(), frame.offset()) == EtherType.VLAN;
  }
}
