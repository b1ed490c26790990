package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;
import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// QUIC and WireGuard beside tshark. The keys are those that RFC 9001 and RFC 9369 print in their
/// Appendix A for the connection ID 8394c8f03e515708.
class QuicTest extends PrinterBeside {
  private static final Version VERSION_1 =
      new Version(
          "00000001",
          0xC3,
          "1f369613dd76d5467730efcbe3b1a22d",
          "fa044b2f42a3fd3b46fb255c",
          "9f50449e04a0e810283a1e9933adedd2");
  private static final Version VERSION_2 =
      new Version(
          "6b3343cf",
          0xD3,
          "8b1a0bc121284290a29e0971b5cd045d",
          "91f73e2351d8fa91660e909f",
          "45b95e15235d6f45a6b19cbcb0294ba9");

  /// The CRYPTO frame of RFC 9001, Appendix A.2.
  private static final byte[] SAMPLE =
      fromHex(
          """
          060040f1 010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c
          00000413011302010000c0 00000010000e00000b6578616d706c652e636f6d ff01000100
          000a00080006001d00170018 0010000700050461 6c706e 00050005010000 0000
          003300260024001d00209370b2c9caa47fbabaf4559fedba753de171fa71f50f1ce15d43e994ec74d748
          002b0003020304 000d0010000e0403050306030203080408050806 002d00020101 001c00024001
          003900320408ffffffffffffffff05048000ffff07048000ffff0801100104800075300901100f08
          8394c8f03e51570806048000ffff
          """);

  private static final String CONNECTION = "08 8394c8f03e515708 00";
  private static final String OTHERS = "08 8394c8f03e515708 04 f067a550";

  private record Version(String number, int first, String key, String nonce, String headerKey) {}

  @Override
  protected List<Sample> samples() {
    return List.of(
        sample("initial", 40000, 443, initial(VERSION_1, SAMPLE)),
        sample("initial of version 2", 40000, 443, initial(VERSION_2, SAMPLE)),
        sample("negotiation", 443, 40000, fromHex("9a 00000000" + OTHERS + "00000001 6b3343cf")),
        sample("retry", 443, 40000, fromHex("ff 00000001" + OTHERS + "746f6b656e" + tag())),
        sample("1-RTT", 443, 40000, fromHex("41 f067a550" + "11".repeat(30))),
        sample("no QUIC", 40000, 443, fromHex("16 feff 000000000000" + "11".repeat(30))),
        sample("WireGuard", 51820, 51820, message("01", 148)),
        sample("WireGuard, data", 51820, 51820, message("04", 96)));
  }

  @Test
  void protectsAsTheRfcDoes() {
    byte[] packet = initial(VERSION_1, SAMPLE);

    assertThat(Arrays.copyOf(packet, 38))
        .isEqualTo(
            fromHex("c000000001" + CONNECTION + "00449e7b9aec34 d1b1c98dd7689fb8ec11d242b123dc9b"));
    assertThat(Arrays.copyOfRange(packet, 1184, 1200))
        .isEqualTo(fromHex("e221af44860018ab0856972e194cd934"));
  }

  @Test
  void readsInitialsAsTsharkDoes() throws GeneralSecurityException, IOException {
    Requirement.tool("tshark");
    byte[] record = new TlsPeers("TLSv1.3", "www.example.com", List.of("h3", "h3-29")).hello();
    byte[] hello = Arrays.copyOfRange(record, 5, record.length);
    byte[] pieces =
        start()
            .bytes(crypto(hello, 100, hello.length))
            .hex("01 0000")
            .bytes(crypto(hello, 0, 40))
            .bytes(crypto(hello, 30, 101))
            .toBytes();

    // Of packets with the same number tshark reads the first, so each has a file of its own.
    for (byte[] frames : List.of(SAMPLE, pieces)) {
      byte[] packet = datagram(40000, 443, initial(VERSION_1, frames));
      List<String> fields =
          new Tshark(directory)
              .fields(
                  List.of(packet),
                  "quic.version",
                  "quic.dcid",
                  "tls.handshake.extensions_server_name",
                  "tls.handshake.extensions_alpn_str")
              .getFirst();
      assertThat(fields).doesNotContain("");
      String expected =
          ": QUIC: initial (version %d, dcid %s, scid none), ClientHello (version 1.3, SNI %s, "
              .formatted(Integer.decode(fields.get(0)), fields.get(1), fields.get(2));
      assertThat(line(packet))
          .endsWith("UDP, length 1200" + expected + "ALPN " + fields.get(3) + ")\n");
    }
  }

  /// Version 2 and what follows a packet: tshark of Debian 12 reads version 2 only in part.
  @Test
  void readsVersion2AndPacketsThatFollow() {
    String second = line(datagram(40000, 443, initial(VERSION_2, SAMPLE)));
    String both =
        line(
            datagram(
                443,
                40000,
                fromHex(
                    "c1 00000001"
                        + OTHERS
                        + "00 14"
                        + "22".repeat(20)
                        + "e1 00000001"
                        + OTHERS
                        + "14"
                        + "33".repeat(20)
                        + "41"
                        + "44".repeat(30))));

    assertThat(second)
        .endsWith(
            ": QUIC: initial (version 2, dcid 8394c8f03e515708, scid none), "
                + "ClientHello (version 1.3, SNI example.com, ALPN alpn)\n");
    assertThat(both)
        .endsWith(
            ": QUIC: initial (version 1, dcid 8394c8f03e515708, scid f067a550), handshake, "
                + "1-RTT\n");
  }

  @Test
  void printsNoClientHelloOfAPacketThatIsDamaged() {
    byte[] packet = initial(VERSION_1, SAMPLE);
    packet[600] ^= 1;

    assertThat(line(datagram(40000, 443, packet))).endsWith("scid none)\n");
  }

  @Test
  void readsOtherLongHeadersAsTsharkDoes() throws IOException {
    Requirement.tool("tshark");
    List<byte[]> frames =
        datagrams(
            40000,
            443,
            List.of(
                fromHex("d1 00000001" + OTHERS + "14" + "22".repeat(20)),
                fromHex("e1 00000001" + OTHERS + "14" + "22".repeat(20)),
                fromHex("f1 00000001" + OTHERS + "22".repeat(40))));
    List<String> kinds = List.of("initial", "0-RTT", "handshake", "retry");

    List<List<String>> read =
        new Tshark(directory).fields(frames, "quic.dcid", "quic.scid", "quic.long.packet_type");

    for (int i = 0; i < frames.size(); i++) {
      List<String> fields = read.get(i);
      assertThat(line(frames.get(i)))
          .endsWith(
              ": QUIC: %s (version 1, dcid %s, scid %s)%n"
                  .formatted(
                      kinds.get(Integer.parseInt(fields.get(2))), fields.get(0), fields.get(1)));
    }
  }

  @Test
  void printsTheVersionsThatAServerOffers() {
    byte[] packet = fromHex("9a 00000000" + OTHERS + "00000001 6b3343cf ff00001d");

    assertThat(line(datagram(443, 40000, packet)))
        .endsWith(
            ": QUIC: version negotiation (dcid 8394c8f03e515708, scid f067a550, "
                + "versions 1,2,0xff00001d)\n");
  }

  @Test
  void readsWireGuardAsTsharkDoes() throws IOException {
    Requirement.tool("tshark");
    List<byte[]> packets =
        List.of(
            message("01", 148),
            message("02", 92),
            message("03", 64),
            message("04", 96),
            message("04", 32));
    List<String> kinds =
        List.of("handshake initiation", "handshake response", "cookie reply", "data", "keepalive");

    List<List<String>> read =
        new Tshark(directory)
            .fields(datagrams(51820, 51820, packets), "wg.sender", "wg.receiver", "wg.counter");

    for (int i = 0; i < packets.size(); i++) {
      List<String> fields = read.get(i);
      String values = fields.get(0).isEmpty() ? "" : ", sender " + fields.get(0);
      values += fields.get(1).isEmpty() ? "" : ", receiver " + fields.get(1);
      values += fields.get(2).isEmpty() ? "" : ", counter " + fields.get(2);
      assertThat(line(datagram(51820, 51820, packets.get(i))))
          .endsWith(": WireGuard: " + kinds.get(i) + " (" + values.substring(2) + ")\n");
    }
  }

  private static String tag() {
    return "ab".repeat(16);
  }

  /// A message with numbers whose highest bits are set.
  private static byte[] message(String type, int length) {
    byte[] message = fromHex(type + "000000 f1e2d3c4 0a0b0c0d 0e0f10f1");
    return Arrays.copyOf(message, length);
  }

  private static byte[] crypto(byte[] hello, int from, int to) {
    return start()
        .u8(6)
        .u16(0x4000 | from)
        .u16(0x4000 | (to - from))
        .bytes(Arrays.copyOfRange(hello, from, to))
        .toBytes();
  }

  /// A client's Initial packet with the number 2, of 1200 bytes.
  private static byte[] initial(Version version, byte[] frames) {
    try {
      byte[] header =
          start()
              .u8(version.first())
              .hex(version.number() + CONNECTION + "00 449e 00000002")
              .toBytes();
      byte[] nonce = fromHex(version.nonce());
      nonce[11] ^= 2;
      Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      gcm.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(fromHex(version.key()), "AES"),
          new GCMParameterSpec(128, nonce));
      gcm.updateAAD(header);
      byte[] sealed = gcm.doFinal(Arrays.copyOf(frames, 1162));
      Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
      ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(fromHex(version.headerKey()), "AES"));
      byte[] mask = ecb.doFinal(Arrays.copyOf(sealed, 16));
      header[0] ^= (byte) (mask[0] & 0x0F);
      for (int i = 0; i < 4; i++) {
        header[header.length - 4 + i] ^= mask[1 + i];
      }
      return PacketBytes.start().bytes(header).bytes(sealed).toBytes();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Datagrams from different ports, so that tshark reads each by itself.
  private static List<byte[]> datagrams(int from, int to, List<byte[]> payloads) {
    return range(0, payloads.size())
        .mapToObj(each -> ipv4(17, udp(from + each, to, payloads.get(each))))
        .toList();
  }

  private static byte[] datagram(int from, int to, byte[] payload) {
    return datagrams(from, to, List.of(payload)).getFirst();
  }

  private static Sample sample(String name, int from, int to, byte[] payload) {
    return ethernet(name, datagram(from, to, payload)).continued();
  }
}
