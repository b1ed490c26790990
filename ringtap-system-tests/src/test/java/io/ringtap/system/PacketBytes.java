package io.ringtap.system;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// Packets written byte by byte, without the code that they are to test.
final class PacketBytes {
  static final int ACK = 0x10;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static PacketBytes start() {
    return new PacketBytes();
  }

  /// Hexadecimal bytes; white space is for the reader.
  PacketBytes hex(String octets) {
    return bytes(HexFormat.of().parseHex(octets.replaceAll("\\s", "")));
  }

  PacketBytes bytes(byte[] octets) {
    out.writeBytes(octets);
    return this;
  }

  PacketBytes u8(int value) {
    out.write(value);
    return this;
  }

  PacketBytes u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  PacketBytes u32(long value) {
    return u16((int) (value >>> 16)).u16((int) value);
  }

  PacketBytes text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  PacketBytes zeros(int count) {
    return bytes(new byte[count]);
  }

  /// The labels of a domain name, and the root.
  PacketBytes name(String name) {
    return labels(name).u8(0);
  }

  PacketBytes labels(String name) {
    for (String label : name.split("\\.", -1)) {
      u8(label.length()).text(label);
    }
    return this;
  }

  byte[] octets() {
    return out.toByteArray();
  }

  static byte[] cut(byte[] packet, int length) {
    return Arrays.copyOf(packet, length);
  }

  static byte[] ethernet(int type, byte[] payload) {
    return start().hex("020000000002 020000000001").u16(type).bytes(payload).octets();
  }

  static byte[] ipv4(int protocol, byte[] payload) {
    return ipv4("", 0x4000, protocol, payload);
  }

  /// @param options as hexadecimal bytes, a multiple of four
  /// @param fragment flags and offset as they lie in the header
  static byte[] ipv4(String options, int fragment, int protocol, byte[] payload) {
    byte[] extra = start().hex(options).octets();
    int headerLength = 20 + extra.length;
    byte[] packet =
        start()
            .u8(0x40 | headerLength / 4)
            .u8(0)
            .u16(headerLength + payload.length)
            .u16(0x1234)
            .u16(fragment)
            .u8(64)
            .u8(protocol)
            .u16(0)
            .hex("0a000001 0a000002")
            .bytes(extra)
            .bytes(payload)
            .octets();
    store(packet, 10, checksum(sum(packet, 0, headerLength)));
    return ethernet(0x0800, packet);
  }

  /// @param firstHeader behind the fixed one; `payload` begins there
  static byte[] ipv6(int firstHeader, byte[] payload) {
    return ethernet(
        0x86DD,
        start()
            .u32(0x6000_0000L)
            .u16(payload.length)
            .u8(firstHeader)
            .u8(64)
            .hex("20010db8000000000000000000000001 20010db8000000000000000000000002")
            .bytes(payload)
            .octets());
  }

  /// @param options as hexadecimal bytes, a multiple of four
  static byte[] tcp(
      int from, int to, long sequence, long ack, int flags, String options, byte[] payload) {
    byte[] extra = start().hex(options).octets();
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
        .octets();
  }

  static byte[] udp(int from, int to, byte[] payload) {
    return start().u16(from).u16(to).u16(8 + payload.length).u16(0).bytes(payload).octets();
  }

  /// An ICMP message with its checksum.
  static byte[] icmp(byte[] message) {
    store(message, 2, checksum(sum(message, 0, message.length)));
    return message;
  }

  /// The Ethernet frame with the transport checksum at `field` of the transport header filled in.
  /// Headers have no options.
  static byte[] summed(byte[] frame, int field) {
    boolean isIpv6 = frame[12] == (byte) 0x86;
    int transport = isIpv6 ? 54 : 34;
    int protocol = frame[isIpv6 ? 20 : 23] & 0xFF;
    int length = frame.length - transport;
    long addresses = isIpv6 ? sum(frame, 22, 32) : sum(frame, 26, 8);
    int sum = checksum(addresses + protocol + length + sum(frame, transport, length));
    store(frame, transport + field, sum == 0 && protocol == 17 ? 0xFFFF : sum);
    return frame;
  }

  private static long sum(byte[] data, int offset, int length) {
    long sum = 0;
    for (int i = 0; i < length; i++) {
      int octet = data[offset + i] & 0xFF;
      sum += i % 2 == 0 ? octet << 8 : octet;
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
