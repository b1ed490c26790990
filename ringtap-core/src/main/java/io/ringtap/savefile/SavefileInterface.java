package io.ringtap.savefile;

import io.ringtap.packet.FrameInterface;
import io.ringtap.packet.LinkType;
import org.jspecify.annotations.Nullable;

/// An interface whose packets a savefile holds. A pcap file records only its link type and snaplen.
///
/// @param name such as `eth0`
/// @param description what it is, in words
/// @param linkType of its frames
/// @param snaplen the most bytes kept of a packet; 0 for no limit
/// @param filter the expression that chose the packets
public record SavefileInterface(
    @Nullable String name,
    @Nullable String description,
    LinkType linkType,
    int snaplen,
    @Nullable String filter)
    implements FrameInterface {

  /// An interface about which nothing else is known.
  public static SavefileInterface of(LinkType linkType, int snaplen) {
    return new SavefileInterface(null, null, linkType, snaplen, null);
  }
}
