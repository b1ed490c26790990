package io.ringtap.print.link;

import io.ringtap.packet.EtherType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Organizations;
import io.ringtap.print.line.Protocols;

/// The Subnetwork Access Protocol: an organization and its number for what follows (IEEE 802, RFC
/// 1042).
final class SnapPrinter {
  private static final int BYTES = 5;
  private static final int ENCAPSULATED = 0x000000; // an EtherType follows
  private static final int BRIDGED = 0x0000F8; // an EtherType follows, by way of Cisco's bridges
  private static final int CISCO = 0x00000C;
  private static final int APPLE = 0x080007; // an EtherType follows
  private static final int IN_ATM = 0x0080C2; // frames of a LAN follow (RFC 2684 §5.2)

  private static final Names CISCO_PROTOCOLS =
      Names.of(
          """
          0x010b PVST
          0x010c VLAN Bridge
          0x0111 UDLD
          0x2000 CDP
          0x2003 VTP
          0x2004 DTP\
          """);

  private static final Names FRAMES =
      Names.of(
          """
          0x01 Ethernet + FCS
          0x02 802.4 + FCS
          0x03 Token Ring + FCS
          0x04 FDDI + FCS
          0x05 802.6 + FCS
          0x07 Ethernet w/o FCS
          0x08 802.4 w/o FCS
          0x09 Token Ring w/o FCS
          0x0a FDDI w/o FCS
          0x0b 802.6 w/o FCS
          0x0e BPDU\
          """);

  private final Line line;
  private final Protocols protocols;

  SnapPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  /// Prints the header where it belongs, and what follows.
  ///
  /// @return false if the protocol is not known; its header has been printed
  boolean print(long at, long length) {
    line.enter("snap");
    if (length < BYTES || !line.needs(at, BYTES)) {
      line.cut();
      return true;
    }
    int organization = line.u24(at);
    int number = line.u16(at + 3);
    long payload = at + BYTES;
    long rest = length - BYTES;
    line.payload(payload);
    if (line.hasLinkHeader()) {
      header(organization, number, rest);
    }
    boolean isPrinted =
        (organization == ENCAPSULATED || organization == BRIDGED)
            ? protocols.print(NumberSpace.ETHER_TYPE, number, payload, rest)
            : protocols.print(NumberSpace.SNAP, (long) organization << 16 | number, payload, rest);
    if (!isPrinted && !line.hasLinkHeader()) {
      if (line.linkSource() >= 0) {
        line.hardware(line.linkSource(), 6).text(" > ");
        line.hardware(line.linkDestination(), 6).text(" ");
      }
      line.text("SNAP, ");
      header(organization, number, rest);
    }
    return isPrinted;
  }

  private void header(int organization, int number, long length) {
    if (organization != ENCAPSULATED || line.hasLinkHeader()) {
      line.text("oui ").text(Organizations.NAMES.find(organization, "Unknown"));
      line.print(" (0x%06x), ", organization);
    }
    line.text(organization == ENCAPSULATED ? "ethertype " : "pid ");
    line.text(
        switch (organization) {
          case ENCAPSULATED, BRIDGED, APPLE -> EtherType.word(number);
          case IN_ATM -> FRAMES.find(number, "Unknown");
          case CISCO -> CISCO_PROTOCOLS.find(number, "Unknown");
          default -> "Unknown";
        });
    line.print(" (0x%04x), length %u: ", number, length);
  }
}
