package io.ringtap.print.network;

import io.ringtap.packet.IpProtocol;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocols;

/// What follows the header of an IPv4 packet, or the last extension header of an IPv6 packet.
public final class IpPayload {
  private final Line line;
  private final Protocols protocols;

  public IpPayload(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  /// Whether a protocol prints its ports with the addresses.
  static boolean hasPorts(int protocol) {
    return IpProtocol.hasPorts(protocol) && protocol != IpProtocol.UDP_LITE;
  }

  /// @param length bytes on the wire
  void print(int protocol, long at, long length) {
    if (!hasPorts(protocol)) {
      line.carrier().addresses();
    }
    if (!protocols.print(NumberSpace.IP_PROTOCOL, protocol, at, length)) {
      line.carrier().addresses();
      line.print(" ip-proto-%u %u", protocol, length);
    }
  }
}
