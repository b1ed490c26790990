package io.ringtap.system.print;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;
import static io.ringtap.testing.PacketBytes.udp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// How `-T`, `-K` and `-M` change what is printed.
class InterpretationTest extends PrinterBeside {
  private static final String QUESTION = "1234 0100 0001 0000 0000 0000 0161 026465 00 0001 0001";

  @Override
  protected List<String> flags() {
    return List.of(
        "-K",
        "-v -K",
        "-vv -K",
        "-T domain",
        "-T domain -q",
        "-T domain -v",
        "-T domain -vv -K",
        "-M secret",
        "-M secret -v");
  }

  @Override
  protected List<Sample> samples() {
    byte[] question = start().hex(QUESTION).toBytes();
    byte[] message = start().u16(question.length).bytes(question).toBytes();
    byte[] damagedHeader = ipv4(17, udp(53, 2000, question));
    damagedHeader[24] ^= 0x55; // of the header checksum, after 14 bytes of Ethernet
    byte[] damagedUdp = ipv4(17, udp(53, 2000, question));
    damagedUdp[40] ^= 0x55; // of the checksum
    return List.of(
        ethernet("question to another port", ipv4(17, udp(1000, 2000, question))),
        ethernet("question to the port of another protocol", ipv4(17, udp(1000, 5060, question))),
        ethernet("question over IPv6", ipv6(17, udp(1000, 2000, question))),
        ethernet("question over TCP", ipv4(6, tcp(1000, 80, 1, 1, 0x18, "", message)))
            .wholeOnly("the length of a message over TCP is printed before its cut"),
        ethernet("damaged IPv4 header", damagedHeader),
        ethernet("damaged UDP", damagedUdp),
        ethernet("damaged ICMP", ipv4(1, start().hex("0800 1234 0001 0002 61626364").toBytes())),
        ethernet("damaged IGMP", ipv4(2, start().hex("1600 1234 e0000001").toBytes())),
        ethernet("signed", signed(ipv4(6, segment("hello")), 14, 4, "secret")),
        ethernet("signed, nothing carried", signed(ipv4(6, segment("")), 14, 4, "secret")),
        ethernet("signed by another", signed(ipv4(6, segment("hello")), 14, 4, "other")),
        ethernet("signed over IPv6", signed(ipv6(6, segment("hello")), 14, 16, "secret")),
        ethernet("damaged ICMPv6", ipv6(58, start().hex("8000 1234 0001 0002 6162").toBytes())));
  }

  private static byte[] segment(String text) {
    String options = "0101 1312" + "00".repeat(16);
    return tcp(1000, 2000, 100, 200, 0x18, options, start().text(text).toBytes());
  }

  /// The packet with its signature (RFC 2385 §2.0).
  ///
  /// @param ip where the header of IP begins
  /// @param addressBytes 4 for IPv4, 16 for IPv6
  private static byte[] signed(byte[] packet, int ip, int addressBytes, String secret) {
    int addresses = ip + (addressBytes == 4 ? 12 : 8);
    int segment = addresses + 2 * addressBytes;
    int length = packet.length - segment;
    MessageDigest md5;
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    md5.update(packet, addresses, 2 * addressBytes);
    md5.update(
        (addressBytes == 4 ? start().u16(6).u16(length) : start().u32(length).u32(6)).toBytes());
    md5.update(packet, segment, 20); // the checksum in it is 0
    md5.update(packet, segment + 40, length - 40);
    byte[] digest = md5.digest(secret.getBytes(StandardCharsets.UTF_8));
    System.arraycopy(digest, 0, packet, segment + 24, digest.length);
    return packet;
  }
}
