package io.ringtap.print.line;

/// Address families, with the numbers of IANA unless a list says otherwise.
public final class AddressFamilies {
  /// Addresses of IPv4.
  public static final int IPV4 = 1;

  /// Addresses of IPv6.
  public static final int IPV6 = 2;

  /// Addresses of IEEE 802.
  public static final int ETHERNET = 6;

  /// By their numbers (IANA, address family numbers).
  public static final Names NAMES =
      Names.of(
          """
          0 Reserved
          1 IPv4
          2 IPv6
          3 NSAP
          4 HDLC
          5 BBN 1822
          6 802
          7 E.163
          8 E.164
          9 F.69
          10 X.121
          11 Novell IPX
          12 Appletalk
          13 Decnet IV
          14 Banyan Vines
          15 E.164 with NSAP subaddress
          25 VPLS
          196 Layer-2 VPN\
          """);

  /// By the numbers that systems of the BSD family have, 24, 28 and 30 for IPv6.
  public static final Names BSD =
      Names.of(
          """
          2 IPv4
          6 NS
          7 ISO
          16 Appletalk
          23 IPX
          24 IPv6
          28 IPv6
          30 IPv6\
          """);

  private AddressFamilies() {}
}
