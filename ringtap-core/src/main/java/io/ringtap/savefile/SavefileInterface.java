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
/// @param fcsBits the length of the frame check sequence at the end of each frame; 0 if the file
///   does not say that there is one
public record SavefileInterface(
    @Nullable String name,
    @Nullable String description,
    LinkType linkType,
    int snaplen,
    @Nullable String filter,
    int fcsBits)
    implements FrameInterface {

  /// An interface whose frames have no frame check sequence, as far as is known.
  public SavefileInterface(
      @Nullable String name,
      @Nullable String description,
      LinkType linkType,
      int snaplen,
      @Nullable String filter) {
    this(name, description, linkType, snaplen, filter, 0);
  }

  /// An interface about which nothing else is known.
  public static SavefileInterface of(LinkType linkType, int snaplen) {
    return new SavefileInterface(null, null, linkType, snaplen, null);
  }

  /// The same interface, with another length of frame check sequences.
  public SavefileInterface withFcsBits(int bits) {
    return new SavefileInterface(name, description, linkType, snaplen, filter, bits);
  }
}
