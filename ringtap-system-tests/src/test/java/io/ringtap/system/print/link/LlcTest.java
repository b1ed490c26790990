package io.ringtap.system.print.link;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// LLC and SNAP without a protocol of their own, MACsec, and EtherTypes that stand for LLC or for
/// OSI.
class LlcTest extends PrinterBeside {
  private static final List<String> MACSEC =
      List.of(
          "2c00 00000001 0200000000030001 1122",
          "0c00 00000001 02",
          "0c00 00000001",
          "4f14 00000001 1111111111111111111111111111111111111111",
          "0000 00000001 0800",
          "2006 00000001 0200000000030001 88cc 0207 0400",
          "8014 00000001 0800",
          "0040 00000001 0800",
          "0000 00",
          "0300 00000001 0800 4500",
          "001e 00000001 0806 0001080006040001020000000002 0a000001 000000000000 0a000002",
          "0000 00000001 8100 0005 0806 0001080006040001020000000002 0a000001 000000000000"
              + " 0a000002",
          "0000 00000001 88e5 0000 00000001",
          "0000 00000001 0007 424203 00000280",
          "0000 00000001 1234 4242",
          "0005 00000001 1234 424242",
          "0000 00000001 8870 424203 00000280",
          "0000 00000001 0007 f0f003 00000280",
          "0001 00000001 0800",
          "0008 00000001 0800",
          "0000 00000001",
          "0000 00000001 08",
          "0000 00000001 8100 0005");

  @Override
  protected List<Sample> samples() {
    byte[] packet = ipv4(17, udp(5000, 6000, new byte[4]));
    String frame = HexFormat.of().formatHex(packet);
    String ip = frame.substring(28);
    List<Sample> samples = new ArrayList<>();
    for (String control :
        List.of("03", "13", "0f", "7f", "af", "bf", "e3", "00 02", "01 05", "09")) {
      for (String points : List.of("0404", "0405", "4e02", "aaab", "f0f0", "1234")) {
        samples.add(llc(points + control + "81 01 02 03"));
        samples.add(llc(points + control));
      }
    }
    samples.add(llc("060603" + ip));
    samples.add(llc("060603"));
    samples.add(llc("aaaa03 000000 0800" + ip));
    samples.add(llc("aaaa03 0000f8 0800" + ip));
    samples.add(llc("aaaa03 080007 0800" + ip));
    samples.add(llc("aaaa03 123456 0800" + ip));
    samples.add(llc("aaaa03 00000c 1234" + ip));
    samples.add(llc("aaaa03 000000 1234" + ip));
    for (int kind : new int[] {0x1, 0x2, 0x5, 0x7, 0x8, 0xB, 0xE, 0xF}) {
      samples.add(llc("aaaa03 0080c2 %04x 0000".formatted(kind) + frame));
    }
    samples.add(llc("aaaa03 0080c2 0001 00"));
    samples.add(llc("aaaa03 0080c2 0007 0000"));
    samples.add(llc("aaaa03 0000"));
    samples.add(llc("aaaa"));
    samples.add(typed("8870 424203 0000 02 80"));
    samples.add(typed("8870 aaaa03 000000 0800" + ip));
    samples.add(typed("8870 f0f003 1234"));
    samples.add(typed("8870 1234 56 11 2233"));
    samples.add(typed("8870 42"));
    samples.add(typed("8100 0005 8870 424203 0000 02 80"));
    samples.add(typed("8100 0005 8870"));
    samples.add(typed("fefe 00 83110203"));
    samples.add(typed("fefe 83110203"));
    samples.add(typed("fefe 00"));
    samples.add(typed("fefe"));
    for (String hex : MACSEC) {
      samples.add(typed("88e5" + hex + "22".repeat(16)));
    }
    samples.add(typed("88e5 0000 00000001 08"));
    samples.add(typed("8100 0005 88e5 0000 00000001 08"));
    return samples;
  }

  private static Sample llc(String hex) {
    byte[] packet = start().hex(hex).toBytes();
    return ethernet(
        hex, start().hex("020000000002 020000000001").u16(packet.length).bytes(packet).toBytes());
  }

  /// A frame with an EtherType in place of a length.
  private static Sample typed(String hex) {
    return ethernet(hex, start().hex("020000000002 020000000001" + hex).toBytes());
  }
}
