package io.ringtap.print.routing;

import io.ringtap.print.line.AddressFamilies;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// Names of numbers in BGP (IANA, BGP parameters).
final class BgpNames {
  static final int IPV4 = 1; // address families
  static final int IPV6 = 2;

  /// Subsequent address families (SAFI).
  static final Names SUBSEQUENT_FAMILIES =
      Names.of(
          """
          0 Reserved
          1 Unicast
          2 Multicast
          3 Unicast+Multicast
          4 labeled Unicast
          5 Multicast VPN
          64 Tunnel
          65 VPLS
          66 MDT
          70 EVPN
          128 labeled VPN Unicast
          129 labeled VPN Multicast
          130 labeled VPN Unicast+Multicast
          132 Route Target Routing Information\
          """);

  /// Error codes of notifications.
  static final Names ERRORS =
      Names.of(
          """
          1 Message Header Error
          2 OPEN Message Error
          3 UPDATE Message Error
          4 Hold Timer Expired
          5 Finite State Machine Error
          6 Cease
          7 Capability Message Error\
          """);

  static final Names HEADER_ERRORS =
      Names.of(
          """
          1 Connection Not Synchronized
          2 Bad Message Length
          3 Bad Message Type\
          """);

  static final Names OPEN_ERRORS =
      Names.of(
          """
          1 Unsupported Version Number
          2 Bad Peer AS
          3 Bad BGP Identifier
          4 Unsupported Optional Parameter
          5 Authentication Failure
          6 Unacceptable Hold Time
          7 Capability Message Error\
          """);

  static final Names UPDATE_ERRORS =
      Names.of(
          """
          1 Malformed Attribute List
          2 Unrecognized Well-known Attribute
          3 Missing Well-known Attribute
          4 Attribute Flags Error
          5 Attribute Length Error
          6 Invalid ORIGIN Attribute
          7 AS Routing Loop
          8 Invalid NEXT_HOP Attribute
          9 Optional Attribute Error
          10 Invalid Network Field
          11 Malformed AS_PATH\
          """);

  /// Errors of the state machine (RFC 6608).
  static final Names STATE_ERRORS =
      Names.of(
          """
          0 Unspecified Error
          1 In OpenSent State
          2 In OpenConfirm State
          3 In Established State\
          """);

  /// Why a peer closes (RFC 4486).
  static final Names REASONS =
      Names.of(
          """
          1 Maximum Number of Prefixes Reached
          2 Administrative Shutdown
          3 Peer Unconfigured
          4 Administrative Reset
          5 Connection Rejected
          6 Other Configuration Change
          7 Connection Collision Resolution\
          """);

  static final Names CAPABILITY_ERRORS =
      Names.of(
          """
          1 Invalid Action Value
          2 Invalid Capability Length
          3 Malformed Capability Value
          4 Unsupported Capability Code\
          """);

  static final Names NO_SUBCODES = Names.of("");

  /// Prints the number of an autonomous system.
  ///
  /// @param bytes of it: 2 or 4
  static void system(Line line, String before, int bytes, long at) {
    long number = bytes == 2 ? line.u16(at) : line.u32(at);
    system(line.text(before), number);
  }

  /// Prints the number of an autonomous system; with `-b` one of more than 16 bits in two parts
  /// (RFC 5396).
  static void system(Line line, long number) {
    if (line.hasDottedSystems() && number > 0xFFFF) {
      line.print("%u.%u", number >> 16, number & 0xFFFF);
    } else {
      line.number(number);
    }
  }

  private BgpNames() {}

  /// Prints an address family and what it is used for.
  static void family(Line line, int family, int subsequent) {
    line.text("AFI ").text(AddressFamilies.NAMES.find(family, "Unknown")).print(" (%u)", family);
    line.text(", SAFI ").text(SUBSEQUENT_FAMILIES.find(subsequent, "Unknown"));
    line.print(" (%u)", subsequent);
  }
}
