package io.ringtap.system.print.link;

import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class PppTest extends PrinterBeside {
  private static final int PPP = 9;
  private static final int HDLC = 50;
  private static final int CISCO_HDLC = 104;
  private static final String IPCP = "8021";
  private static final String IPV6CP = "8057";
  private static final String CCP = "80fd";
  private static final String LCP = "c021";
  private static final String BACP = "c02b";
  private static final String PAP = "c023";
  private static final String CHAP = "c223";

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.addAll(frames());
    samples.addAll(cisco());
    samples.addAll(messages());
    samples.addAll(options());
    samples.addAll(authentication());
    return samples;
  }

  private static List<Sample> frames() {
    byte[] packet = ipv4(17, udp(5000, 6000, new byte[4]));
    byte[] ip = Arrays.copyOfRange(packet, 14, packet.length);
    List<Sample> samples = new ArrayList<>();
    for (int link : new int[] {PPP, HDLC}) {
      samples.add(Sample.of(link, "IPv4", start().hex("ff03 0021").bytes(ip).toBytes()));
      samples.add(Sample.of(link, "short", start().hex("21").bytes(ip).toBytes()));
      samples.add(Sample.of(link, "received", start().hex("0003 0021").bytes(ip).toBytes()));
      samples.add(Sample.of(link, "sent", start().hex("0103 0021").bytes(ip).toBytes()));
      samples.add(Sample.of(link, "EtherType", start().hex("ff03 0800").bytes(ip).toBytes()));
      samples.add(Sample.of(link, "three bytes", start().hex("ff03 00").toBytes()));
      samples.add(Sample.of(link, "address", start().hex("ff03").toBytes()));
      samples.add(Sample.of(link, "unknown", start().hex("ff03 4001 01020304").toBytes()));
      samples.add(Sample.of(link, "a name", start().hex("ff03 c02d 01020304").toBytes()));
      samples.add(Sample.of(link, "compressed", start().hex("ff03 00fd 01020304").toBytes()));
      samples.add(Sample.of(link, "multilink", start().hex("ff03 003d c123 0405").toBytes()));
      samples.add(Sample.of(link, "LQR", start().hex("ff03 c025 01020304").toBytes()));
    }
    samples.add(
        Sample.ethernet(
            "in a session",
            PacketBytes.ethernet(
                0x8864, start().hex("1100 0001 000a c021 01 01 0008 0304 c023").toBytes())));
    return samples;
  }

  private static List<Sample> cisco() {
    byte[] packet = ipv4(17, udp(5000, 6000, new byte[4]));
    byte[] ip = Arrays.copyOfRange(packet, 14, packet.length);
    List<Sample> samples = new ArrayList<>();
    for (int link : new int[] {CISCO_HDLC, HDLC}) {
      for (String hex :
          List.of(
              "0f00 8035 00000000 00000000 00000000 ffff",
              "0f00 8035 00000001 0a000001 ffffff00 ffff",
              "8f00 8035 00000002 00000001 00000002 ffff 0526f7c3",
              "8f00 8035 00000002 00000001 00000002 ffff",
              "8f00 8035 00000002 00000001 00000002 ffff 05265c00 0102",
              "0f00 8035 00000003 00000001 00000002 ffff",
              "0f00 8035 00000003",
              "0f00 fefe 83110203",
              "0f00 fefe 00 82110203",
              "8f00 fefe 03 cc0102",
              "8f00 fefe 83",
              "0f00 1234 0102",
              "0f00")) {
        samples.add(Sample.of(link, "Cisco " + hex, start().hex(hex).toBytes()));
      }
      samples.add(Sample.of(link, "Cisco, IPv4", start().hex("0f00 0800").bytes(ip).toBytes()));
      samples.add(
          Sample.of(link, "Cisco, MPLS", start().hex("8f00 8847 00010140").bytes(ip).toBytes()));
    }
    samples.add(
        Sample.of(CISCO_HDLC, "another address", start().hex("1100 0800").bytes(ip).toBytes()));
    return samples;
  }

  private static List<Sample> messages() {
    List<Sample> samples = new ArrayList<>();
    for (int code = 0; code <= 17; code++) {
      for (int length : new int[] {0, 1, 4, 8, 12}) {
        byte[] data = Arrays.copyOf(PacketBytes.fromHex("41424344 c0210000 41424344"), length);
        samples.add(message(LCP, "code %d, %d bytes".formatted(code, length), code, data));
      }
    }
    samples.add(frame(LCP, "padded", "0c 01 0010 01020304 616263 646566 07 08 00000000"));
    samples.add(frame(LCP, "rejection, padded", "08 01 000a c023 01020304 00000000"));
    samples.add(frame(LCP, "small length", "01 01 0003"));
    samples.add(frame(LCP, "large length", "01 01 00ff 01020304"));
    samples.add(frame(LCP, "three bytes", "01 01 00"));
    samples.add(frame(LCP, "nothing", ""));
    samples.add(frame("8281", "request", "01 01 0008 01020304"));
    samples.add(frame("8023", "request", "01 01 0008 01020304"));
    samples.add(frame(LCP, "vendor", "00 01 000c 01020304 00000c 01"));
    return samples;
  }

  private static List<Sample> options() {
    List<Sample> samples = new ArrayList<>();
    for (String protocol : List.of(IPCP, IPV6CP, CCP, LCP, BACP)) {
      for (int type = 0; type <= 32; type++) {
        for (int length : new int[] {0, 1, 2, 3, 4, 5}) {
          samples.add(option(protocol, type, length));
        }
      }
      samples.add(request(protocol, "", "ff02 ff03"));
      samples.add(request(protocol, "that passes the end", "0202 ff06"));
      samples.add(request(protocol, "longer than the rest", "0202 0206 01"));
      samples.add(request(protocol, "of length 0", "0100 0206"));
      samples.add(request(protocol, "of length 1", "ff01 0206"));
    }
    samples.add(request(LCP, "", "0104 05dc 0206 00000000 0304 c023 0506 01020304 0702 0802"));
    samples.add(request(LCP, "", "0305 c22305 0305 c22380 0305 c22381 0305 c22306 0304 c223"));
    samples.add(request(LCP, "", "0304 c227 0304 c027 0304 c123 0304 1234 0408 c025 00000001"));
    samples.add(request(LCP, "", "0404 1234 1307 02 0a000001 1309 03 020000000001"));
    samples.add(request(LCP, "", "1303 00 1303 01 1303 04 1303 05 1303 06 1304 02 01"));
    samples.add(request(LCP, "", "1304 03 01"));
    samples.add(request(LCP, "", "0d03 00 0d03 03 0d03 06 0d03 07 1104 05dc 1704 0102"));
    samples.add(request(LCP, "", "0006 00000c 01 0007 123456 0102"));
    samples.add(request(IPCP, "", "010a 0a000001 0a000002 0206 002d 0f01 0306 0a000001"));
    samples.add(request(IPCP, "", "8106 0a000001 8206 0a000002 8306 0a000003 8406 0a000004"));
    samples.add(request(IPCP, "", "0406 0a000001 0204 1234 8105 0a0000"));
    samples.add(request(IPCP, "", "020e 0061 000f 000f 0100 0005 00a8"));
    samples.add(request(IPCP, "", "020d 0061 000f 000f 0100 0005 00"));
    samples.add(request(IPV6CP, "", "010a 0001000200030004"));
    samples.add(request(CCP, "", "1503 2f 1804 6f05 1a04 7801 1a04 7102 1206 01000060"));
    samples.add(request(BACP, "", "0106 01020304"));
    return samples;
  }

  private static List<Sample> authentication() {
    return List.of(
        frame(PAP, "request", "01 01 000c 03 6c6162 03 6b6579"),
        frame(PAP, "request without a password", "01 01 0008 03 6c6162"),
        frame(PAP, "request of a long name", "01 01 0008 09 6c6162"),
        frame(PAP, "request of a long password", "01 01 000a 03 6c6162 09 6b"),
        frame(PAP, "short request", "01 01 0005 00"),
        frame(PAP, "acknowledgment", "02 01 0008 03 6c01ff"),
        frame(PAP, "refusal", "03 01 0005 00"),
        frame(PAP, "short refusal", "03 01 0004"),
        frame(PAP, "long text", "03 01 0006 09 41"),
        frame(PAP, "unknown", "04 01 0005 00"),
        frame(PAP, "large length", "01 01 00ff 00"),
        frame(PAP, "small length", "01 01 0003 00"),
        frame(PAP, "two bytes", "01 01"),
        frame(PAP, "nothing", ""),
        frame(CHAP, "challenge", "01 01 000c 04 01020304 6c01ff"),
        frame(CHAP, "response", "02 01 000c 04 01020304 6c6162"),
        frame(CHAP, "long value", "02 01 000c 09 01020304 6c6162"),
        frame(CHAP, "no value", "02 01 0004"),
        frame(CHAP, "value that passes the length", "02 01 0006 04 01020304 6c6162"),
        frame(CHAP, "success", "03 01 0007 6c6162"),
        frame(CHAP, "failure", "04 01 0007 6c01ff"),
        frame(CHAP, "failure without a text", "04 01 0004"),
        frame(CHAP, "large length", "04 01 0009 6c6162"),
        frame(CHAP, "small length", "04 01 0003 6c6162"),
        frame(CHAP, "unknown", "05 01 0005 00"),
        frame(CHAP, "two bytes", "01 01"),
        frame(CHAP, "nothing", ""));
  }

  private static Sample option(String protocol, int type, int length) {
    String value = "c0210304050607".substring(0, Math.max(0, length - 2) * 2);
    return request(protocol, "", "%02x%02x".formatted(type, length) + value);
  }

  private static Sample request(String protocol, String name, String options) {
    return message(
        protocol, "option %s: %s".formatted(name, options), 1, PacketBytes.fromHex(options));
  }

  private static Sample message(String protocol, String name, int code, byte[] data) {
    byte[] packet = start().u8(code).u8(7).u16(4 + data.length).bytes(data).toBytes();
    return Sample.of(
        PPP, protocol + " " + name, start().hex("ff03" + protocol).bytes(packet).toBytes());
  }

  private static Sample frame(String protocol, String name, String hex) {
    return Sample.of(PPP, protocol + " " + name, start().hex("ff03" + protocol + hex).toBytes());
  }
}
