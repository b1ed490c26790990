package io.ringtap.system.print;

import io.ringtap.packet.LinkType;

/// A packet of a protocol.
public final class Sample {
  private final String name;
  private final LinkType linkType;
  private final byte[] bytes;
  private final boolean areCutsJudged;
  private final boolean isContinued;

  private Sample(
      String name, LinkType linkType, byte[] bytes, boolean areCutsJudged, boolean isContinued) {
    this.name = name;
    this.linkType = linkType;
    this.bytes = bytes;
    this.areCutsJudged = areCutsJudged;
    this.isContinued = isContinued;
  }

  /// An Ethernet frame.
  public static Sample ethernet(String name, byte[] bytes) {
    return new Sample(name, LinkType.ETHERNET, bytes, true, false);
  }

  /// A packet of a link type, by its `LINKTYPE_` number.
  public static Sample of(int linkType, String name, byte[] bytes) {
    return new Sample(name, new LinkType(linkType), bytes, true, false);
  }

  /// The packet, of which only the whole is compared with tcpdump.
  ///
  /// @param reason why the printer says something else about cut ones
  public Sample wholeOnly(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a difference needs a reason");
    }
    return new Sample(name, linkType, bytes, false, isContinued);
  }

  /// The packet of a protocol that tcpdump does not print: the line begins as tcpdump's and goes
  /// on, except with `-q`.
  public Sample continued() {
    return new Sample(name, linkType, bytes, areCutsJudged, true);
  }

  /// Its name in messages of failed tests.
  public String name() {
    return name;
  }

  /// What it begins with.
  public LinkType linkType() {
    return linkType;
  }

  /// All of it, from the link-level header on.
  public byte[] bytes() {
    return bytes;
  }

  /// Whether the line goes on after tcpdump's.
  public boolean isContinued() {
    return isContinued;
  }

  /// Whether what is left of the packet when it is cut must look as tcpdump prints it.
  public boolean areCutsJudged() {
    return areCutsJudged;
  }
}
