package io.ringtap.system.print.link;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

class CdpTest extends PrinterBeside {
  private static final String IPV4 = "01 01 cc 0004 0a000001";
  private static final String IPV6 =
      "02 08 aaaa03 000000 86dd 0010 20010db8000000000000000000000001";

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.add(sample("a switch", usual()));
    samples.add(sample("its phone", phone()));
    samples.add(sample("power", power()));
    samples.add(
        sample("addresses of another protocol", addresses("00000002 01 01 81 0003 490001" + IPV4)));
    samples.add(sample("bytes after the addresses", addresses("00000001" + IPV4 + "0102")));
    samples.add(sample("more addresses said than given", addresses("00000003" + IPV4)));
    samples.add(sample("address without its length", addresses("00000001 01 01 cc")));
    samples.add(
        sample("IPv4 address that passes the end", addresses("00000001 01 01 cc 0004 0a00")));
    samples.add(
        sample(
            "IPv6 address that passes the end", addresses(("00000001" + IPV6).substring(0, 40))));
    samples.add(
        sample("other address that passes the end", addresses("00000001 01 01 81 0004 0a00")));
    samples.add(sample("no address", addresses("00000000")));
    samples.add(sample("prefixes that are cut", field(start(), 7, "0a000000 18 0a00")));
    for (int type = 0; type <= 0x1B; type++) {
      samples.add(sample("type " + type + " without a value", field(start(), type, "")));
      samples.add(
          sample("type " + type + " with nine bytes", field(start(), type, "010203040506070809")));
    }
    samples.add(sample("a short field", start().hex("0001 0003 00")));
    samples.add(sample("a field of one byte", start().hex("0001 0001 00")));
    samples.add(sample("half a field", start().hex("0001 00")));
    samples.add(sample("a field that passes the end", start().hex("0001 0009 4142")));
    samples.add(ethernet("half a header", frame(start().hex("02b4").toBytes())));
    return samples;
  }

  private static PacketBytes usual() {
    PacketBytes packet = start();
    field(packet, 1, "7331 00 7f c3");
    field(packet, 2, "00000002" + IPV4 + IPV6);
    field(packet, 3, "476967 302f31");
    field(packet, 4, "00000029");
    field(packet, 5, "56657273696f6e2031 0a 526561647909");
    field(packet, 6, "636973636f");
    field(packet, 7, "0a000000 08 c0a80100 18");
    field(packet, 9, "6c6162");
    field(packet, 10, "0064");
    field(packet, 11, "01");
    field(packet, 0x11, "000005dc");
    field(packet, 0x12, "00");
    field(packet, 0x14, "737731");
    field(packet, 0x15, "2b0601");
    field(packet, 0x16, "00000001" + IPV4);
    return field(packet, 0x17, "01 726f6f6d");
  }

  private static PacketBytes phone() {
    PacketBytes packet = start();
    field(packet, 8, "00000c0112");
    field(packet, 11, "00");
    field(packet, 0x0E, "01 0064");
    field(packet, 0x0F, "2000");
    field(packet, 0x0F, "01 0064");
    field(packet, 4, "00000000");
    return field(packet, 0x1B, "0102030405060708090a0b0c0d0e0f101112");
  }

  private static PacketBytes power() {
    PacketBytes packet = start();
    for (String milliwatts : List.of("05", "0f", "189c", "03ed", "0001ed", "ffffff")) {
      field(packet, 0x10, milliwatts);
    }
    field(packet, 0x1A, "0001 0002 00003c28");
    return field(packet, 0x17, "01");
  }

  private static PacketBytes addresses(String hex) {
    return field(start(), 2, hex);
  }

  private static PacketBytes field(PacketBytes packet, int type, String hex) {
    byte[] value = PacketBytes.fromHex(hex);
    return packet.u16(type).u16(4 + value.length).bytes(value);
  }

  private static Sample sample(String name, PacketBytes fields) {
    return ethernet(name, frame(start().hex("02 b4 1234").bytes(fields.toBytes()).toBytes()));
  }

  private static byte[] frame(byte[] packet) {
    return start()
        .hex("01000ccccccc 020000000001")
        .u16(8 + packet.length)
        .hex("aaaa03 00000c 2000")
        .bytes(packet)
        .toBytes();
  }
}
