package io.ringtap.system.situation;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// An echo request as a [ScriptedHost] hears it, from which a test makes answers.
final class EchoRequest {
  private static final int ECHO_REPLY = 0;
  private static final int ECHO_REPLY_V6 = 129;

  private final byte[] packet;

  /// @param packet from the IP header on; of a request in fragments, the first of them
  EchoRequest(byte[] packet) {
    this.packet = packet;
  }

  boolean isIpv6() {
    return packet[0] >> 4 == 6;
  }

  byte[] source() {
    return isIpv6() ? Arrays.copyOfRange(packet, 8, 24) : Arrays.copyOfRange(packet, 12, 16);
  }

  byte[] destination() {
    return isIpv6() ? Arrays.copyOfRange(packet, 24, 40) : Arrays.copyOfRange(packet, 16, 20);
  }

  /// The last byte of the address that was asked, by which a script tells its hosts apart.
  int host() {
    byte[] destination = destination();
    return destination[destination.length - 1] & 0xFF;
  }

  int hopLimit() {
    return packet[isIpv6() ? 7 : 8] & 0xFF;
  }

  int typeOfService() {
    return packet[1] & 0xFF;
  }

  /// Whether an IPv4 request forbids to be fragmented.
  boolean dontFragment() {
    return (packet[6] & 0x40) != 0;
  }

  int identifier() {
    return ByteBuffer.wrap(message()).getShort(4) & 0xFFFF;
  }

  int sequence() {
    return ByteBuffer.wrap(message()).getShort(6) & 0xFFFF;
  }

  /// From the ICMP header on.
  private byte[] message() {
    int header = isIpv6() ? 40 : (packet[0] & 0xF) * 4;
    return Arrays.copyOfRange(packet, header, packet.length);
  }

  /// The reply of the host that was asked.
  Datagram reply() {
    return replyFrom(destination());
  }

  Datagram replyFrom(byte[] source) {
    byte[] message = message();
    message[0] = (byte) (isIpv6() ? ECHO_REPLY_V6 : ECHO_REPLY);
    return Datagram.icmp(source, source(), message);
  }

  /// An ICMP error that quotes the request, from a router.
  ///
  /// @param parameter what stands in the second word: an MTU, a gateway
  Datagram error(int type, int code, int parameter, String router) {
    byte[] quote = Arrays.copyOf(packet, Math.min(packet.length, isIpv6() ? 1232 : 548));
    ByteBuffer message = ByteBuffer.allocate(8 + quote.length);
    message.put((byte) type).put((byte) code).putShort((short) 0).putInt(parameter).put(quote);
    return Datagram.icmp(Datagram.bytes(router), source(), message.array());
  }
}
