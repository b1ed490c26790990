package io.ringtap.filter.lowering;

import static io.ringtap.filter.condition.Conditions.and;
import static io.ringtap.filter.condition.Conditions.equal;
import static io.ringtap.filter.condition.Conditions.greater;
import static io.ringtap.filter.condition.Conditions.masked;
import static io.ringtap.filter.condition.Conditions.not;
import static io.ringtap.filter.condition.Conditions.oneOf;
import static io.ringtap.filter.condition.Conditions.or;

import io.ringtap.filter.condition.Condition;
import io.ringtap.filter.condition.Conditions;
import io.ringtap.filter.syntax.ExpressionException;
import io.ringtap.packet.EtherType;
import io.ringtap.packet.EthernetHeader;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.LinuxSll;
import io.ringtap.packet.LinuxSll2;

/// A kind of link header: how it says what it carries.
sealed interface LinkHeader {
  /// The address and control bytes that HDLC begins with.
  int HDLC_BYTES = 2;

  /// What users call it.
  String word();

  /// Whether it says that it carries `protocol`, one of [LinkProtocol] or [EtherType].
  Condition carries(int protocol, Headers headers);

  /// Whether VLAN tags may follow it.
  default boolean hasTags() {
    return false;
  }

  /// Whether what it carries may begin with a header of IEEE 802.2, with service access points.
  default boolean hasLlc() {
    return false;
  }

  /// Where a VLAN tag after it has its type, if it [has tags][#hasTags].
  default Place typeAfterTag(Headers headers) {
    return headers.payload.plus(2);
  }

  /// Where a header of IEEE 802.2 after it is, if it [may have one][#hasLlc].
  default Place llc(Headers headers) {
    return headers.payload;
  }

  /// Bytes from the payload to the header of an OSI protocol.
  default int osiAfterPayload() {
    return 0;
  }

  /// The frame's first 14 bytes, or 802.3 with LLC.
  record Ethernet() implements LinkHeader {
    static final int BYTES = EthernetHeader.BYTES;
    static final int TYPE = EthernetHeader.ETHER_TYPE;

    @Override
    public String word() {
      return "Ethernet";
    }

    @Override
    public boolean hasTags() {
      return true;
    }

    @Override
    public boolean hasLlc() {
      return true;
    }

    @Override
    public Place typeAfterTag(Headers headers) {
      return headers.linkType.plus(4);
    }

    @Override
    public int osiAfterPayload() {
      return 3;
    }

    @Override
    public Condition carries(int protocol, Headers headers) {
      Condition isType = equal(headers.linkType.load(2, 0), protocol);
      Condition isLength = not(greater(headers.linkType.load(2, 0), LinkProtocol.MAX_LENGTH));
      return switch (protocol) {
        case LinkProtocol.SAP_ISO, LinkProtocol.SAP_IP, LinkProtocol.SAP_NETBEUI ->
            and(isLength, LlcHeader.isBetween(protocol, headers.payload));
        case LinkProtocol.SAP_IPX ->
            or(
                equal(headers.linkType.load(2, 0), LinkProtocol.IPX),
                and(
                    isLength,
                    or(
                        LlcHeader.isSnap(0, LinkProtocol.IPX, headers.payload),
                        or(
                            equal(headers.payload.load(1, 0), LinkProtocol.SAP_IPX),
                            equal(headers.payload.load(2, 0), LlcHeader.NETWARE)))));
        case LinkProtocol.ATALK ->
            or(
                isType,
                and(
                    isLength,
                    LlcHeader.isSnap(LlcHeader.OUI_APPLE, LinkProtocol.ATALK, headers.payload)));
        case LinkProtocol.AARP ->
            or(isType, and(isLength, LlcHeader.isSnap(0, LinkProtocol.AARP, headers.payload)));
        default ->
            Integer.compareUnsigned(protocol, LinkProtocol.MAX_LENGTH) <= 0
                ? and(isLength, equal(headers.linkType.load(1, 2), protocol))
                : isType;
      };
    }
  }

  /// Linux's cooked header. Where a number below [EtherType#MIN] stands for its type, it is one of
  /// `linux/if_ether.h`.
  record Cooked() implements LinkHeader {
    static final int TYPE = LinuxSll.BYTES - 2;

    private static final int ETH_P_802_3 = 1; // IPX without LLC
    private static final int ETH_P_802_2 = 4; // LLC

    @Override
    public String word() {
      return "Linux cooked v1";
    }

    @Override
    public boolean hasTags() {
      return true;
    }

    @Override
    public boolean hasLlc() {
      return true;
    }

    @Override
    public Condition carries(int protocol, Headers headers) {
      Condition isType = equal(headers.linkType.load(2, 0), protocol);
      Condition isLlc = equal(headers.linkType.load(2, 0), ETH_P_802_2);
      return switch (protocol) {
        case LinkProtocol.SAP_ISO, LinkProtocol.SAP_IP, LinkProtocol.SAP_NETBEUI ->
            and(isLlc, LlcHeader.isBetween(protocol, headers.payload));
        case LinkProtocol.SAP_IPX ->
            or(
                oneOf(headers.linkType.load(2, 0), LinkProtocol.IPX, ETH_P_802_3),
                and(
                    isLlc,
                    or(
                        equal(headers.payload.load(1, 0), LinkProtocol.SAP_IPX),
                        LlcHeader.isSnap(0, LinkProtocol.IPX, headers.payload))));
        case LinkProtocol.ATALK ->
            or(
                isType,
                and(
                    isLlc,
                    LlcHeader.isSnap(LlcHeader.OUI_APPLE, LinkProtocol.ATALK, headers.payload)));
        case LinkProtocol.AARP ->
            or(isType, and(isLlc, LlcHeader.isSnap(0, LinkProtocol.AARP, headers.payload)));
        default ->
            Integer.compareUnsigned(protocol, LinkProtocol.MAX_LENGTH) <= 0
                ? and(isLlc, equal(headers.payload.load(1, 0), protocol))
                : isType;
      };
    }
  }

  /// Linux's cooked header, version 2. As tcpdump does, it takes every number for one that may
  /// stand in its type field, so that `stp` and the like match nothing.
  record Cooked2() implements LinkHeader {
    static final int TYPE = LinuxSll2.PROTOCOL;
    static final int INTERFACE_INDEX = LinuxSll2.INTERFACE_INDEX;
    static final int PACKET_TYPE = LinuxSll2.PACKET_TYPE;
    static final int BYTES = LinuxSll2.BYTES;

    @Override
    public String word() {
      return "Linux cooked v2";
    }

    @Override
    public boolean hasTags() {
      return true;
    }

    @Override
    public Condition carries(int protocol, Headers headers) {
      return equal(headers.linkType.load(2, 0), protocol);
    }
  }

  /// An address family as number of four bytes: BSD's loopback.
  record Loopback(String word, boolean isLittleEndian) implements LinkHeader {
    static final int BYTES = 4;

    @Override
    public Condition carries(int protocol, Headers headers) {
      return switch (protocol) {
        case EtherType.IPV4 -> family(headers, 2);
        // NetBSD, OpenBSD and BSD/OS have 24, FreeBSD 28, macOS 30
        case EtherType.IPV6 ->
            or(or(family(headers, 30), family(headers, 24)), family(headers, 28));
        default -> Conditions.NEVER;
      };
    }

    private Condition family(Headers headers, int number) {
      return equal(
          headers.linkHeader.load(4, 0), isLittleEndian ? Integer.reverseBytes(number) : number);
    }
  }

  /// No link header: the packet is one of IP, of either version.
  record RawIp() implements LinkHeader {
    @Override
    public String word() {
      return "Raw IP";
    }

    @Override
    public Condition carries(int protocol, Headers headers) {
      return switch (protocol) {
        case EtherType.IPV4 -> masked(headers.payload.load(1, 0), 0xF0, 0x40);
        case EtherType.IPV6 -> masked(headers.payload.load(1, 0), 0xF0, 0x60);
        default -> Conditions.NEVER;
      };
    }
  }

  /// No link header: the packet is of the one protocol `carried`.
  record One(String word, int carried) implements LinkHeader {
    @Override
    public Condition carries(int protocol, Headers headers) {
      return protocol == carried ? Conditions.ALWAYS : Conditions.NEVER;
    }
  }

  /// The protocol field of PPP.
  record Ppp() implements LinkHeader {
    static final int MPLS = 0x281;

    @Override
    public String word() {
      return "PPP";
    }

    @Override
    public Condition carries(int protocol, Headers headers) {
      return equal(headers.linkType.load(2, 0), number(protocol));
    }

    /// The number by which PPP knows a protocol; a number that is not one of an EtherType or SAP is
    /// taken for one of PPP already.
    private static int number(int protocol) {
      return switch (protocol) {
        case EtherType.IPV4 -> 0x21;
        case EtherType.IPV6 -> 0x57;
        case LinkProtocol.SAP_ISO -> 0x23;
        case 0x0600 -> 0x25; // Xerox NS
        case LinkProtocol.DECNET -> 0x27;
        case LinkProtocol.ATALK -> 0x29;
        case LinkProtocol.SAP_IPX -> 0x2B;
        case LinkProtocol.SAP_STP -> 0x31;
        default -> protocol;
      };
    }
  }

  /// Cisco's HDLC: an address byte, a control byte, an EtherType. An OSI packet has a byte of
  /// padding before it.
  record CiscoHdlc() implements LinkHeader {
    private static final int OSI = 0xFEFE;

    @Override
    public String word() {
      return "Cisco HDLC";
    }

    @Override
    public int osiAfterPayload() {
      return 1;
    }

    @Override
    public Condition carries(int protocol, Headers headers) {
      return equal(headers.linkType.load(2, 0), protocol == LinkProtocol.SAP_ISO ? OSI : protocol);
    }
  }

  /// A frame of a wireless LAN (IEEE 802.11). A data frame carries a packet after LLC and SNAP.
  ///
  /// @param hasRadio whether a radiotap header comes before it
  record Wlan(boolean hasRadio) implements LinkHeader {
    /// Of the header of most frames; those that have a fourth address are longer, which is not
    /// looked at, as in tcpdump.
    static final int BYTES = 24;

    static final int SNAP_BYTES = 8; // with LLC

    /// The first byte of a frame's header has its type and subtype.
    static final int TYPE_MASK = 0x0C;

    static final int TYPE_DATA = 0x08;
    static final int SUBTYPE_QOS = 0x80; // of a data frame

    @Override
    public String word() {
      return "802.11";
    }

    @Override
    public boolean hasTags() {
      return true;
    }

    @Override
    public boolean hasLlc() {
      return true;
    }

    @Override
    public Place llc(Headers headers) {
      return headers.payload.plus(-SNAP_BYTES);
    }

    @Override
    public int osiAfterPayload() {
      return 3 - SNAP_BYTES; // after LLC, where SNAP would be
    }

    @Override
    public Condition carries(int protocol, Headers headers) {
      return and(isData(headers), carriesInLlc(protocol, llc(headers)));
    }

    static Condition isData(Headers headers) {
      return masked(headers.linkHeader.load(1, 0), TYPE_MASK, TYPE_DATA);
    }

    private static Condition carriesInLlc(int protocol, Place llc) {
      return switch (protocol) {
        case LinkProtocol.SAP_ISO, LinkProtocol.SAP_IP, LinkProtocol.SAP_NETBEUI ->
            LlcHeader.isBetween(protocol, llc);
        case LinkProtocol.ATALK -> LlcHeader.isSnap(LlcHeader.OUI_APPLE, LinkProtocol.ATALK, llc);
        default ->
            protocol <= LinkProtocol.MAX_LENGTH
                ? equal(llc.load(1, 0), protocol)
                : equal(llc.load(2, SNAP_BYTES - 2), protocol);
      };
    }
  }

  /// A header that filters know nothing of.
  record Unknown(LinkType linkType) implements LinkHeader {
    @Override
    public String word() {
      return linkType.toString();
    }

    @Override
    public Condition carries(int protocol, Headers headers) {
      throw refusal(0);
    }

    ExpressionException refusal(int position) {
      return new ExpressionException(
          position,
          "of packets of %s filters know only the bytes, as in \"link[0] = 1\", and the length"
              .formatted(linkType));
    }
  }
}
