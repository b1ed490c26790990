package io.ringtap.ping.engine.probe;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.Checksum;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpProtocol;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.packet.Ipv6Extension;
import io.ringtap.packet.Ipv6Header;
import java.lang.foreign.MemorySegment;

/// Whole IP packets for tests of what sees them from the network header on.
public final class EchoPacket {
  public static final IpAddress HERE = IpAddress.parse("192.0.2.1");
  public static final IpAddress THERE = IpAddress.parse("192.0.2.7");
  public static final IpAddress HERE6 = IpAddress.parse("2001:db8::1");
  public static final IpAddress THERE6 = IpAddress.parse("2001:db8::7");
  public static final int SEQUENCE = 0x1234;

  private EchoPacket() {}

  /// An echo message without payload.
  public static MemorySegment echo(int type, int identifier) {
    MemorySegment message = MemorySegment.ofArray(new byte[IcmpHeader.BYTES]);
    IcmpHeader.writeEcho(message, 0, type, identifier, SEQUENCE);
    return message;
  }

  /// An IPv4 packet.
  ///
  /// @param optionBytes a multiple of four, at most 40; no-operations
  public static MemorySegment ipv4(
      IpAddress from, IpAddress to, int protocol, int optionBytes, MemorySegment payload) {
    int header = Ipv4Header.MIN_BYTES + optionBytes;
    int total = header + (int) payload.byteSize();
    MemorySegment packet = MemorySegment.ofArray(new byte[total]);
    Ipv4Header.write(packet, 0, 0, total, 9, 64, protocol, (int) from.low(), (int) to.low());
    Ipv4Header.headerLength(packet, 0, header);
    packet.asSlice(Ipv4Header.MIN_BYTES, optionBytes).fill((byte) 1);
    Ipv4Header.updateChecksum(packet, 0);
    MemorySegment.copy(payload, 0, packet, header, payload.byteSize());
    return packet;
  }

  /// An IPv6 packet.
  public static MemorySegment ipv6(
      IpAddress from, IpAddress to, int nextHeader, MemorySegment payload) {
    int bytes = (int) payload.byteSize();
    MemorySegment packet = MemorySegment.ofArray(new byte[Ipv6Header.BYTES + bytes]);
    Ipv6Header.write(
        packet, 0, 0, 0, bytes, nextHeader, 64, from.high(), from.low(), to.high(), to.low());
    MemorySegment.copy(payload, 0, packet, Ipv6Header.BYTES, bytes);
    return packet;
  }

  public static MemorySegment request4(int identifier) {
    return ipv4(HERE, THERE, IpProtocol.ICMP, 0, echo(IcmpType.ECHO_REQUEST, identifier));
  }

  public static MemorySegment reply4(int identifier) {
    return ipv4(THERE, HERE, IpProtocol.ICMP, 0, echo(IcmpType.ECHO_REPLY, identifier));
  }

  public static MemorySegment request6(int identifier) {
    return ipv6(HERE6, THERE6, IpProtocol.ICMPV6, echo(Icmpv6Type.ECHO_REQUEST, identifier));
  }

  public static MemorySegment reply6(int identifier) {
    return ipv6(THERE6, HERE6, IpProtocol.ICMPV6, echo(Icmpv6Type.ECHO_REPLY, identifier));
  }

  /// An error's ICMP message that quotes a packet.
  public static MemorySegment error(int type, MemorySegment quoted) {
    MemorySegment message =
        MemorySegment.ofArray(new byte[IcmpHeader.BYTES + (int) quoted.byteSize()]);
    IcmpHeader.writeError(message, 0, type, 0, 0);
    MemorySegment.copy(quoted, 0, message, IcmpHeader.BYTES, quoted.byteSize());
    IcmpHeader.checksum(message, 0, Checksum.fold(Checksum.sum(message, 0, message.byteSize())));
    return message;
  }

  public static MemorySegment error4(int type, int optionBytes, MemorySegment quoted) {
    return ipv4(THERE, HERE, IpProtocol.ICMP, optionBytes, error(type, quoted));
  }

  public static MemorySegment error6(int type, MemorySegment quoted) {
    return error6(THERE6, type, quoted);
  }

  public static MemorySegment error6(IpAddress from, int type, MemorySegment quoted) {
    MemorySegment message = error(type, quoted);
    IcmpHeader.checksum(message, 0, 0);
    long sum =
        Checksum.pseudoHeader(
            from.high(),
            from.low(),
            HERE6.high(),
            HERE6.low(),
            IpProtocol.ICMPV6,
            (int) message.byteSize());
    IcmpHeader.checksum(
        message, 0, Checksum.fold(sum + Checksum.sum(message, 0, message.byteSize())));
    return ipv6(from, HERE6, IpProtocol.ICMPV6, message);
  }

  /// An ICMPv6 message behind a fragment header (RFC 8200 §4.5).
  ///
  /// @param offset of the fragment, in bytes
  public static MemorySegment fragment6(int offset, MemorySegment message) {
    MemorySegment payload =
        MemorySegment.ofArray(new byte[Ipv6Extension.MIN_BYTES + (int) message.byteSize()]);
    payload.set(JAVA_BYTE, 0, (byte) IpProtocol.ICMPV6);
    payload.set(JAVA_BYTE, 2, (byte) (offset >>> 8));
    payload.set(JAVA_BYTE, 3, (byte) (offset | 1)); // more fragments follow
    MemorySegment.copy(message, 0, payload, Ipv6Extension.MIN_BYTES, message.byteSize());
    return ipv6(HERE6, THERE6, 44, payload);
  }
}
