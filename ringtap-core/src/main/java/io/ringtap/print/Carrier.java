package io.ringtap.print;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;

/// The IP header in front of a transport header.
///
/// @param at the offset of the IP header
/// @param canSum whether the transport checksum can be computed: the packet is not a fragment, and
///   its destination address is the final one
/// @param isNamed whether the addresses are printed already
record Carrier(Line line, boolean isIpv6, long at, boolean canSum, boolean isNamed) {

  long source() {
    return at + (isIpv6 ? Ipv6Header.SOURCE : Ipv4Header.SOURCE);
  }

  long destination() {
    return at + (isIpv6 ? Ipv6Header.DESTINATION : Ipv4Header.DESTINATION);
  }

  /// Prints `source > destination: `.
  void addresses() {
    if (!isNamed) {
      source(line);
      line.text(" > ");
      destination(line);
      line.text(": ");
    }
  }

  /// Prints `source.port > destination.port: `.
  void endpoints(int sourcePort, int destinationPort) {
    if (!isNamed) {
      source(line);
      line.text(".");
    }
    line.number(sourcePort).text(" > ");
    if (!isNamed) {
      destination(line);
      line.text(".");
    }
    line.number(destinationPort).text(": ");
  }

  private void source(Line to) {
    if (isIpv6) {
      to.ipv6(source());
    } else {
      to.ipv4(source());
    }
  }

  private void destination(Line to) {
    if (isIpv6) {
      to.ipv6(destination());
    } else {
      to.ipv4(destination());
    }
  }

  /// The sum of a transport packet with its pseudo-header, unfolded.
  long sum(int protocol, long transport, long length) {
    long pseudoHeader =
        isIpv6
            ? Checksum.pseudoHeader(
                Ipv6Header.sourceHigh(line.frame, at),
                Ipv6Header.sourceLow(line.frame, at),
                Ipv6Header.destinationHigh(line.frame, at),
                Ipv6Header.destinationLow(line.frame, at),
                protocol,
                (int) length)
            : Checksum.pseudoHeader(
                Ipv4Header.source(line.frame, at),
                Ipv4Header.destination(line.frame, at),
                protocol,
                (int) length);
    return pseudoHeader + Checksum.sum(line.frame, transport, length);
  }

  /// The correct checksum.
  ///
  /// @param sum including the field `stored`
  static int shouldBe(long sum, int stored) {
    return Checksum.fold(sum + (0xFFFF - stored));
  }
}
