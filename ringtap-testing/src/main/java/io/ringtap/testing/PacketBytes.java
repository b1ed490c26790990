package io.ringtap.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Frames for tests, written byte by byte, without the code that they are to test. Addresses are
/// hexadecimal bytes.
public final class PacketBytes {
  public static final int ACK = 0x10;

  private static final String MACS = "020000000002 020000000001";
  private static final Ipv4 IPV4 = Ipv4.between("0a000001", "0a000002").withIdentification(0x1234);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private PacketBytes() {}

  public static PacketBytes start() {
    return new PacketBytes();
  }

  /// The bytes that are given in hexadecimal; white space is for the reader.
  public static byte[] fromHex(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  /// Hexadecimal bytes; white space is for the reader.
  public PacketBytes hex(String hex) {
    return bytes(fromHex(hex));
  }

  public PacketBytes bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public PacketBytes u8(int value) {
    out.write(value);
    return this;
  }

  public PacketBytes u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  public PacketBytes u32(long value) {
    return u16((int) (value >>> 16)).u16((int) value);
  }

  public PacketBytes text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public PacketBytes zeros(int count) {
    return bytes(new byte[count]);
  }

  /// The labels of a domain name, and the root.
  public PacketBytes name(String name) {
    return labels(name).u8(0);
  }

  public PacketBytes labels(String name) {
    for (String label : name.split("\\.", -1)) {
      u8(label.length()).text(label);
    }
    return this;
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }

  public static byte[] cut(byte[] packet, int length) {
    return Arrays.copyOf(packet, length);
  }

  public static byte[] ethernet(int type, byte[] payload) {
    return ethernet(MACS, type, payload);
  }

  /// An Ethernet frame.
  ///
  /// @param addresses the destination and the source
  public static byte[] ethernet(String addresses, int type, byte[] payload) {
    return start().hex(addresses).u16(type).bytes(payload).toBytes();
  }

  /// An Ethernet frame with an IPv4 packet that is not to be fragmented.
  public static byte[] ipv4(int protocol, byte[] payload) {
    return ipv4("", 0x4000, protocol, payload);
  }

  /// An Ethernet frame with an IPv4 packet.
  ///
  /// @param options as hexadecimal bytes, a multiple of four
  /// @param fragment flags and offset as they lie in the header
  public static byte[] ipv4(String options, int fragment, int protocol, byte[] payload) {
    Ipv4 header = IPV4.withOptions(options).withFragment(fragment);
    return ethernet(0x0800, header.packet(protocol, payload));
  }

  /// An Ethernet frame with an IPv6 packet.
  ///
  /// @param firstHeader after the fixed one; `payload` begins there
  public static byte[] ipv6(int firstHeader, byte[] payload) {
    return ethernet(
        0x86DD,
        ipv6Packet(
            "20010db8000000000000000000000001 20010db8000000000000000000000002",
            firstHeader,
            payload));
  }

  /// An IPv6 packet without a link's header.
  ///
  /// @param addresses the source and the destination
  /// @param firstHeader after the fixed one; `payload` begins there
  public static byte[] ipv6Packet(String addresses, int firstHeader, byte[] payload) {
    return start()
        .u32(0x6000_0000L)
        .u16(payload.length)
        .u8(firstHeader)
        .u8(64)
        .hex(addresses)
        .bytes(payload)
        .toBytes();
  }

  /// A TCP segment without its checksum.
  ///
  /// @param options as hexadecimal bytes, a multiple of four
  public static byte[] tcp(
      int from, int to, long sequence, long ack, int flags, String options, byte[] payload) {
    byte[] extra = fromHex(options);
    return start()
        .u16(from)
        .u16(to)
        .u32(sequence)
        .u32(ack)
        .u8(((20 + extra.length) / 4) << 4)
        .u8(flags)
        .u16(64_240)
        .u16(0)
        .u16((flags & 0x20) != 0 ? 7 : 0)
        .bytes(extra)
        .bytes(payload)
        .toBytes();
  }

  /// A UDP datagram without its checksum.
  public static byte[] udp(int from, int to, byte[] payload) {
    return start().u16(from).u16(to).u16(8 + payload.length).u16(0).bytes(payload).toBytes();
  }

  /// An ICMP message with its checksum.
  public static byte[] icmp(byte[] message) {
    return checksummed(message, 2);
  }

  /// A message with the checksum over all of it at `field`.
  public static byte[] checksummed(byte[] message, int field) {
    store(message, field, checksum(sum(message, 0, message.length)));
    return message;
  }

  /// The Ethernet frame with the transport checksum at `field` of the transport header filled in.
  /// Headers have no options.
  public static byte[] summed(byte[] frame, int field) {
    boolean isIpv6 = frame[12] == (byte) 0x86;
    int transport = isIpv6 ? 54 : 34;
    int protocol = frame[isIpv6 ? 20 : 23] & 0xFF;
    int length = frame.length - transport;
    long addresses = isIpv6 ? sum(frame, 22, 32) : sum(frame, 26, 8);
    int sum = checksum(addresses + protocol + length + sum(frame, transport, length));
    store(frame, transport + field, sum == 0 && protocol == 17 ? 0xFFFF : sum);
    return frame;
  }

  /// What IPv4 headers say beside the protocol, the length and the checksum.
  ///
  /// @param fragment flags and offset as they lie in the header
  /// @param hops the time to live
  /// @param options as hexadecimal bytes, a multiple of four
  public record Ipv4(
      String from, String to, int identification, int fragment, int hops, String options) {

    /// Of whole packets without options.
    public static Ipv4 between(String from, String to) {
      return new Ipv4(from, to, 0, 0, 64, "");
    }

    public Ipv4 withTo(String address) {
      return new Ipv4(from, address, identification, fragment, hops, options);
    }

    public Ipv4 withIdentification(int number) {
      return new Ipv4(from, to, number, fragment, hops, options);
    }

    public Ipv4 withFragment(int flagsAndOffset) {
      return new Ipv4(from, to, identification, flagsAndOffset, hops, options);
    }

    public Ipv4 withOptions(String hex) {
      return new Ipv4(from, to, identification, fragment, hops, hex);
    }

    public Ipv4 withHops(int timeToLive) {
      return new Ipv4(from, to, identification, fragment, timeToLive, options);
    }

    /// A packet without a link's header.
    public byte[] packet(int protocol, byte[] payload) {
      byte[] extra = fromHex(options);
      int headerLength = 20 + extra.length;
      byte[] packet =
          start()
              .u8(0x40 | headerLength / 4)
              .u8(0)
              .u16(headerLength + payload.length)
              .u16(identification)
              .u16(fragment)
              .u8(hops)
              .u8(protocol)
              .u16(0)
              .hex(from)
              .hex(to)
              .bytes(extra)
              .bytes(payload)
              .toBytes();
      store(packet, 10, checksum(sum(packet, 0, headerLength)));
      return packet;
    }
  }

  private static long sum(byte[] data, int offset, int length) {
    long sum = 0;
    for (int i = 0; i < length; i++) {
      int value = data[offset + i] & 0xFF;
      sum += i % 2 == 0 ? value << 8 : value;
    }
    return sum;
  }

  private static int checksum(long sum) {
    return (int) ~(sum % 0xFFFF == 0 && sum != 0 ? 0xFFFF : sum % 0xFFFF) & 0xFFFF;
  }

  private static void store(byte[] packet, int offset, int value) {
    packet[offset] = (byte) (value >>> 8);
    packet[offset + 1] = (byte) value;
  }
}
