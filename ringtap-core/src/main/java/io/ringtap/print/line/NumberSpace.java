package io.ringtap.print.line;

/// A registry whose numbers say which protocol a packet carries.
public enum NumberSpace {
  /// What a frame begins with: the `LINKTYPE_` numbers of savefiles.
  LINK_TYPE("link type"),

  /// The EtherType of a frame (IANA, IEEE 802 numbers).
  ETHER_TYPE("ethertype"),

  /// The service access point of IEEE 802.2, if source and destination are the same.
  LLC_SAP("LLC SAP"),

  /// The five bytes of SNAP: an organization's 24 bits, then 16 bits that it gave out.
  SNAP("SNAP"),

  /// The protocol of PPP (IANA, PPP DLL protocol numbers).
  PPP("PPP protocol"),

  /// The protocol of IPv4 and the next header of IPv6 (IANA, protocol numbers).
  IP_PROTOCOL("IP protocol"),

  /// The port of TCP at either end.
  TCP_PORT("tcp port"),

  /// The port of UDP at either end.
  UDP_PORT("udp port"),

  /// The port of UDP at the receiver's end.
  UDP_DESTINATION("udp dst port"),

  /// The port of UDP at either end, for a protocol that is printed after the datagram's length and
  /// not instead of it, because tcpdump prints only the length.
  UDP_PORT_AFTER_LENGTH("udp port"),

  /// The payload protocol of an SCTP data chunk (IANA, SCTP payload protocol identifiers).
  SCTP_PAYLOAD("sctp payload");

  private final String word;

  NumberSpace(String word) {
    this.word = word;
  }

  /// Its name in text.
  public String word() {
    return word;
  }

  /// A number of it as text: in hexadecimal where its registry has it so.
  public String text(long number) {
    return switch (this) {
      case ETHER_TYPE, PPP -> "0x%04x".formatted(number);
      case LLC_SAP -> "0x%02x".formatted(number);
      case SNAP -> "0x%010x".formatted(number);
      default -> Long.toString(number);
    };
  }
}
