package io.ringtap.system.situation;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// An IP packet before it is written, IPv4 or IPv6 as its addresses are. Written by hand, without
/// the code that it is to test.
final class Datagram {
  static final int ICMP = 1;
  static final int ICMPV6 = 58;
  static final int HOP_BY_HOP = 0;
  static final int FRAGMENT = 44;
  static final int DESTINATION_OPTIONS = 60;

  /// Where the IPv4 header's checksum is.
  static final int IPV4_CHECKSUM = 10;

  private static final int IDENTIFICATION = 0x4D21;
  private static final int HOP_LIMIT = 64;

  private final byte[] source;
  private final byte[] destination;
  private final int next;
  private final byte[] payload;

  /// @param next the protocol, or what the IPv6 header names as next
  /// @param payload what follows the IP header
  Datagram(byte[] source, byte[] destination, int next, byte[] payload) {
    this.source = source;
    this.destination = destination;
    this.next = next;
    this.payload = payload;
  }

  byte[] source() {
    return source;
  }

  byte[] destination() {
    return destination;
  }

  byte[] payload() {
    return payload;
  }

  boolean isIpv6() {
    return source.length == 16;
  }

  /// The same behind an extension header of eight bytes: a PadN option, or a fragment header that
  /// stands for the whole packet.
  Datagram behind(int header) {
    ByteBuffer extended = ByteBuffer.allocate(8 + payload.length);
    extended.put((byte) next);
    if (header == FRAGMENT) {
      extended.position(4).putInt(IDENTIFICATION);
    } else {
      extended.position(2).put((byte) 1).put((byte) 4);
    }
    extended.position(8).put(payload);
    return new Datagram(source, destination, header, extended.array());
  }

  /// The packet as it goes onto a link.
  byte[] packet() {
    return isIpv6() ? ipv6(next, payload) : ipv4(0, payload);
  }

  /// The packet in fragments, in order.
  ///
  /// @param bytes of the payload in each but the last, a multiple of eight
  List<byte[]> fragments(int bytes) {
    List<byte[]> fragments = new ArrayList<>();
    for (int offset = 0; offset == 0 || offset < payload.length; offset += bytes) {
      int end = Math.min(offset + bytes, payload.length);
      boolean hasMore = end < payload.length;
      byte[] part = Arrays.copyOfRange(payload, offset, end);
      if (isIpv6()) {
        ByteBuffer behind = ByteBuffer.allocate(8 + part.length);
        behind.put((byte) next).put((byte) 0).putShort((short) (offset | (hasMore ? 1 : 0)));
        behind.putInt(IDENTIFICATION).put(part);
        fragments.add(ipv6(FRAGMENT, behind.array()));
      } else {
        fragments.add(ipv4(offset / 8 | (hasMore ? 0x2000 : 0), part));
      }
    }
    return fragments;
  }

  private byte[] ipv4(int fragment, byte[] content) {
    ByteBuffer packet = ByteBuffer.allocate(20 + content.length);
    packet.putShort((short) 0x4500).putShort((short) packet.capacity());
    packet.putShort((short) IDENTIFICATION).putShort((short) fragment);
    packet.put((byte) HOP_LIMIT).put((byte) next).putShort((short) 0);
    packet.put(source).put(destination);
    packet.putShort(IPV4_CHECKSUM, (short) checksum(sum(packet.array(), 20)));
    return packet.put(content).array();
  }

  private byte[] ipv6(int header, byte[] content) {
    ByteBuffer packet = ByteBuffer.allocate(40 + content.length);
    packet.putInt(0x6000_0000).putShort((short) content.length);
    packet.put((byte) header).put((byte) HOP_LIMIT);
    return packet.put(source).put(destination).put(content).array();
  }

  /// An ICMP message, with its checksum, from one address to another.
  static Datagram icmp(byte[] source, byte[] destination, byte[] message) {
    byte[] summed = message.clone();
    ByteBuffer.wrap(summed).putShort(2, (short) 0);
    long sum = sum(summed, summed.length);
    boolean isIpv6 = source.length == 16;
    if (isIpv6) {
      sum += sum(source, 16) + sum(destination, 16) + ICMPV6 + summed.length;
    }
    ByteBuffer.wrap(summed).putShort(2, (short) checksum(sum));
    return new Datagram(source, destination, isIpv6 ? ICMPV6 : ICMP, summed);
  }

  static byte[] bytes(String address) {
    return InetAddress.ofLiteral(address).getAddress();
  }

  private static long sum(byte[] data, int bytes) {
    long sum = 0;
    for (int i = 0; i < bytes; i++) {
      sum += (data[i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
    }
    return sum;
  }

  private static int checksum(long sum) {
    long folded = sum;
    while (folded > 0xFFFF) {
      folded = (folded & 0xFFFF) + (folded >> 16);
    }
    return (int) ~folded & 0xFFFF;
  }
}
