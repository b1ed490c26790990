package io.ringtap.print.line;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Header;
import java.lang.foreign.MemorySegment;

/// The IP header in front of a packet.
public final class Carrier {
  private final Line line;
  private boolean isIpv6;
  private long at;
  private boolean isFragment;
  private boolean isNamed;
  private long finalDestination;

  Carrier(Line line) {
    this.line = line;
  }

  /// Begins a packet that is no fragment.
  ///
  /// @param header the offset of the IP header, whose fixed part was captured
  public void begin(boolean isVersion6, long header) {
    isIpv6 = isVersion6;
    at = header;
    isFragment = false;
    isNamed = false;
    finalDestination = destination();
  }

  /// Notes that the packet is a fragment.
  public void fragment() {
    isFragment = true;
  }

  /// Notes the offset of the final destination's address, if a source route names another first.
  public void reroute(long address) {
    finalDestination = address;
  }

  /// Whether the packet is a fragment of a larger one.
  public boolean isFragment() {
    return isFragment;
  }

  /// Whether the header is of IPv6, not IPv4.
  public boolean isIpv6() {
    return isIpv6;
  }

  /// Whether the header is of the IP version that a protocol requires; says so if it is not.
  public boolean isVersion(int version, String protocol) {
    boolean isRight = isIpv6 == (version == 6);
    if (!isRight) {
      line.text("[").text(protocol).print(" requires IPv%u]", version);
      line.invalid();
    }
    return isRight;
  }

  /// The offset of the header.
  public long at() {
    return at;
  }

  /// The offset of the source address.
  public long source() {
    return at + (isIpv6 ? Ipv6Header.SOURCE : Ipv4Header.SOURCE);
  }

  /// The offset of the destination address.
  public long destination() {
    return at + (isIpv6 ? Ipv6Header.DESTINATION : Ipv4Header.DESTINATION);
  }

  /// The time to live or hop limit.
  public int hops() {
    return isIpv6 ? Ipv6Header.hopLimit(line.frame(), at) : Ipv4Header.timeToLive(line.frame(), at);
  }

  /// Prints `source > destination: ` if that has not been done.
  public void addresses() {
    if (!isNamed) {
      isNamed = true;
      line.address(isIpv6, source()).text(" > ").address(isIpv6, destination()).text(": ");
    }
  }

  /// Prints `source.port > destination.port: ` with the ports of [Line]; without the addresses if
  /// they have been printed.
  public void endpoints() {
    if (!isNamed) {
      line.address(isIpv6, source()).text(".");
    }
    line.number(line.sourcePort()).text(" > ");
    if (!isNamed) {
      line.address(isIpv6, destination()).text(".");
    }
    line.number(line.destinationPort()).text(": ");
    isNamed = true;
  }

  /// The sum of a transport packet with its pseudo-header, unfolded. All of it must have been
  /// captured.
  public long sum(int protocol, long transport, long length) {
    MemorySegment frame = line.frame();
    int bytes = isIpv6 ? 16 : 4;
    return Checksum.sum(frame, source(), bytes)
        + Checksum.sum(frame, finalDestination, bytes)
        + protocol
        + length
        + Checksum.sum(frame, transport, length);
  }

  /// The correct checksum.
  ///
  /// @param sum including the field `stored`
  public static int shouldBe(long sum, int stored) {
    int rest = Checksum.fold(sum);
    int correct = stored + rest;
    return (correct & 0xFFFF) + (correct >>> 16);
  }
}
