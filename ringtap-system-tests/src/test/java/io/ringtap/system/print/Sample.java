package io.ringtap.system.print;

import io.ringtap.packet.LinkType;

/// A packet of a protocol.
final class Sample {
  private final String name;
  private final LinkType linkType;
  private final byte[] bytes;
  private final boolean areCutsJudged;

  private Sample(String name, LinkType linkType, byte[] bytes, boolean areCutsJudged) {
    this.name = name;
    this.linkType = linkType;
    this.bytes = bytes;
    this.areCutsJudged = areCutsJudged;
  }

  static Sample ethernet(String name, byte[] bytes) {
    return new Sample(name, LinkType.ETHERNET, bytes, true);
  }

  static Sample of(int linkType, String name, byte[] bytes) {
    return new Sample(name, new LinkType(linkType), bytes, true);
  }

  /// The packet, of which only the whole is compared with tcpdump.
  ///
  /// @param reason why the printer says something else about cut ones
  Sample wholeOnly(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a difference needs a reason");
    }
    return new Sample(name, linkType, bytes, false);
  }

  String name() {
    return name;
  }

  LinkType linkType() {
    return linkType;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Whether what is left of the packet when it is cut must look as tcpdump prints it.
  boolean areCutsJudged() {
    return areCutsJudged;
  }
}
