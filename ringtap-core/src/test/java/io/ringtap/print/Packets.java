package io.ringtap.print;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/// Packets for tests, as hexadecimal bytes.
final class Packets {
  private static final String ETHERNET = "020000000002 020000000001 ";

  static final String ARP_REQUEST =
      ETHERNET + "0806 0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002";

  static final String SYN =
      ETHERNET
          + "0800 4500 003c 1234 4000 4006 1486 0a000001 0a000002"
          + "9c40 2328 000003e8 00000000 a002 faf0 726b 0000"
          + "0204 05b4 0402 080a 00000001 00000000 01 030307";

  /// An answer to it.
  static final String SYN_ACK =
      ETHERNET
          + "0800 4500 0028 1234 4000 4006 149a 0a000002 0a000001"
          + "2328 9c40 00001388 000003e9 5012 faf0 0000 0000";

  /// The packet after the answer, with the payload `hello`.
  static final String DATA =
      ETHERNET
          + "0800 4500 002d 1234 4000 4006 1495 0a000001 0a000002"
          + "9c40 2328 000003e9 00001389 5018 faf0 0000 0000 68656c6c6f";

  /// A datagram after two VLAN tags, 200 and 100.
  static final String QINQ =
      ETHERNET
          + "88a8 00c8 8100 0064 0800 4500 0024 1234 4000 4011 1493 0a000001 0a000002"
          + "1388 1770 0010 0000 6461746167 72616d";

  /// An update of OSPF version 3 with one external route.
  static final String EXTERNAL_ROUTE =
      ETHERNET
          + "86dd 60000000 0034 59 01 fe800000000000000000000000000001"
          + "ff020000000000000000000000000005"
          + "03 04 0034 0a000001 00000000 0000 00 00 00000001"
          + "0001 4005 00000007 0a000001 80000001 abcd 0020 0400000a 20 00 0000 20010db8";

  /// An update of OSPF version 2 with a link's traffic engineering.
  static final String SHARED_RISK_GROUP =
      ETHERNET
          + "0800 4500 0058 1234 4000 0159 0000 0a000001 e0000005"
          + "02 04 0044 0a000001 00000000 0000 0000 0000000000000000 00000001"
          + "0001 02 0a 01000001 0a000001 80000001 abcd 0028"
          + "0002 0010 0010 0004 00000007 0005 0004 0000000a";

  /// A ClientHello of TLS.
  static final String CLIENT_HELLO =
      ETHERNET
          + "0800 4500008000014000400600000a0000010a0000029c4001bb0000000100000001501801000000"
          + "000016030100530100004f030300000000000000000000000000000000000000000000000000"
          + "000000000000000000021301010000240000000e000c000009622e6578616d706c65002b0005"
          + "0403040303001000050003026832";

  /// An update of BGP with a route of a multicast VPN.
  static final String MULTICAST_TUNNEL =
      ETHERNET
          + "0800 4500 0063 1234 4000 4006 0000 0a000001 0a000002"
          + "c350 00b3 00000001 00000001 5018 faf0 0000 0000"
          + "ffffffffffffffffffffffffffffffff 003b 02 0000 0024 80 0e 21"
          + "0001 05 04 0a000001 00 03 16 0000 fde8 00000001 20 0a000009 20 e1000001 0a000007";

  /// A data chunk of SCTP with a message of M3UA.
  static final String M3UA =
      ETHERNET
          + "0800 4500 0048 1234 4000 4084 0000 0a000001 0a000002"
          + "8ca0 0b59 00000abc 12345678 0003 0028 00000064 0001 0002 00000003"
          + "01 00 0101 00000018 0200 0008 00000007 0006 0008 00000064";

  /// An initialization message of LDP.
  static final String LDP_SESSION =
      ETHERNET
          + "0800 4500 004c 1234 4000 4006 0000 0a000001 0a000002"
          + "0286 c350 00000001 00000001 5018 faf0 0000 0000"
          + "0001 0020 0a000001 0000 0200 0016 00000007"
          + "0500 000e 0001 00b4 c0 05 1000 0a000002 0000";

  /// A link state message of IS-IS whose checksum has a byte of 1.
  static final String LINK_STATE =
      "0180c2000014 020000000001 001e fefe03 831b0100 12010000 001b 04af"
          + "0200000000640000 0000002c 6b01 01";

  /// An LSP ping for a prefix of a VPN over one of LDP.
  static final String LSP_PING =
      ETHERNET
          + "0800 4500 0060 1234 4000 4011 0000 0a000001 0a000002 0daf 0daf 004c 0000"
          + "00010000 01020000 12345678 00000007 00000000 00000000 00000000 00000000"
          + "0001 0020 0001 0005 0a000000 18000000"
          + "0006 000d 0000 fde8 00000007 0a010000 18000000";

  /// A hello of IS-IS that is signed with the word secret.
  static final String SIGNED_HELLO =
      "0180c2000014 020000000001 002a fefe03 83140100 11010000 03 020000000001 001e 0027 01"
          + "0a11 36 a93c4928bdb16ed8c6b472415b655f38";

  /// A redirect of ES-IS without options.
  static final String REDIRECT =
      "0180c2000014 020000000001 0013 fefe03 82100100 06 012c 0000 024900 020102 00";

  /// A DNS answer whose name contains an escape sequence.
  static final String DNS_ANSWER =
      ETHERNET
          + "0800 4500 0045 1234 4000 4011 1472 0a000001 0a000002"
          + "0035 9c75 0031 0000"
          + "0539 8183 0001 0001 0000 0000 03 1b5b4a 02 6d65 00 0010 0001"
          + "c00c 0010 0001 0000012c 0005 04 61 1b 07 62";

  static final String ECHO_REQUEST_IPV6 =
      ETHERNET
          + "86dd 60000000 0010 3a 40"
          + "20010db8000000000000000000000001 20010db8000000000000000000000002"
          + "8000 0000 0007 0001 0001020304050607";

  static final String UNKNOWN = ETHERNET + "88b5 7768 6174 1b";

  private Packets() {}

  static MemorySegment frame(String text) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(text.replace(" ", "")));
  }
}
