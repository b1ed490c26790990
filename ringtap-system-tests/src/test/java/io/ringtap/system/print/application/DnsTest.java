package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

class DnsTest extends PrinterBeside {
  private static final String EDNS = "00 0029 04d0 00 00 8000 ";

  private final List<Sample> samples = new ArrayList<>();

  @Override
  protected List<String> flags() {
    return List.of("", "-v", "-vv", "-vvv", "-q");
  }

  @Override
  protected List<Sample> samples() {
    samples.clear();
    records();
    sections();
    options();
    headers();
    return samples;
  }

  private void records() {
    record("A", 1, "c0000201");
    record("AAAA", 28, "20010db8000000000000000000000001");
    record("NS", 2, "02 6e73 c00c");
    record("CNAME", 5, "03 777777 c00c");
    record("DNAME", 39, "03 777777 c00c");
    record("PTR", 12, "04 686f7374 00");
    record("MX", 15, "000a 04 6d61696c c00c");
    record("TXT", 16, "06 763d73706631 05 61202d616c");
    record("TXT of many bytes", 16, "04 61015cff 00");
    record("TXT longer than its record", 16, "06 7600");
    record("SRV", 33, "0001 0002 1466 03 736970 c00c");
    record(
        "SOA", 6, "02 6e73 c00c 05 61646d696e c00c 00000001 00000e10 00000258 00015180 0000003c");
    record("URI", 256, "000a 0001 6674703a2f2f78");
    record("TSIG", 250, "036b6579 00 000000010203 012c 0004 01020304 0539 0000 0000");
    record("RRSIG", 46, "0001 08 02 00000e10 65000000 64000000 1234 00 0102");
    record("CAA-like, unknown", 1234, "000102");
    record("name that points ahead", 5, "c0ff");
    record("address that is too short", 1, "0a00");
  }

  private void record(String name, int type, String data) {
    byte[] bytes = PacketBytes.fromHex(data);
    byte[] message =
        message(0x8180, "0001 0001 0000 0000", type)
            .hex("c00c")
            .u16(type)
            .hex("0001 0001 5231")
            .u16(bytes.length)
            .bytes(bytes)
            .toBytes();
    samples.add(ethernet(name, ipv4(17, udp(53, 40000, message))));
  }

  private void sections() {
    String address = "c00c 0001 0001 0000012c 0004 c0000201";
    response(
        "all sections",
        0x8580,
        "0001 0002 0001 0002",
        address + address,
        address,
        address + EDNS + "0000");
    response("no question", 0x8580, "0001 0001 0000 0000", address, "", "");
    response("more answers than there are", 0x8180, "0001 0003 0000 0000", address, "", "");
    response(
        "more authorities than there are", 0x8180, "0001 0001 0002 0000", address, address, "");
    response("authorities that are not there", 0x8180, "0001 0001 0002 0001", address, "", "");
    response("negative, with an authority", 0x8183, "0001 0000 0001 0000", "", address, "");
    query("two questions", 0x0100, "0002 0000 0000 0000", "0161 00 0001 0001 0162 00 001c 0003");
    query("a question less", 0x0100, "0002 0000 0000 0000", "0161 00 0001 0001");
    query(
        "update",
        0x2800,
        "0001 0001 0001 0000",
        "0161 00 0006 0001 c00c 00ff 00ff 00000000 0000 c00c 0001 0001 0000012c 0004 c0000201");
    query("inverse", 0x0800, "0000 0001 0000 0000", "00 0001 0001 0000012c 0004 c0000201");
    byte[] mine =
        start()
            .hex("0000 0000 0002 0000 0001 0000")
            .name("printer.local")
            .hex("00ff 8001 c00c 00ff 0001 c00c 0001 8001 00000078 0004 0a000009")
            .toBytes();
    samples.add(ethernet("multicast probe", ipv4(17, udp(5353, 5353, mine))));
    byte[] here =
        start()
            .hex("0000 8400 0000 0001 0000 0001")
            .name("printer.local")
            .hex("0001 8001 00000078 0004 0a000009")
            .hex("c00c 0010 8001 00001194 0001 00")
            .toBytes();
    samples.add(ethernet("multicast answer", ipv4(17, udp(5353, 5353, here))));
  }

  private void response(String name, int flags, String counts, String... sections) {
    byte[] message = message(flags, counts, 1).hex(String.join("", sections)).toBytes();
    samples.add(ethernet(name, ipv4(17, udp(53, 40000, message))));
  }

  private void query(String name, int flags, String counts, String rest) {
    byte[] message = start().u16(0x539).u16(flags).hex(counts).hex(rest).toBytes();
    samples.add(ethernet(name, ipv4(17, udp(40000, 53, message))));
  }

  private void options() {
    String[] options = {
      "0000 0000",
      "0001 0003 010203",
      "0003 0002 6e73",
      "0005 0004 00050d0e",
      "0006 0003 010209",
      "0007 0002 0102",
      "0008 0007 0001 1800 0a0102",
      "0008 000b 0002 3838 20010db8000000",
      "0008 0004 0001 0000",
      "0008 0005 0001 1800 0a",
      "0008 0003 000118",
      "0009 0004 00000e10",
      "0009 0001 00",
      "000a 0008 0102030405060708",
      "000a 0010 01020304050607080a0b0c0d0e0f1011",
      "000a 0009 010203040506070809",
      "000b 0002 0019",
      "000b 0001 00",
      "000c 0005 0000000000",
      "000d 0003 0161 00",
      "000e 0004 4f66 0001",
      "000e 0001 00",
      "000f 0001 00",
      "0010 0000",
      "0011 0000",
      "0003 00ff 01"
    };
    for (String option : options) {
      byte[] bytes = PacketBytes.fromHex(option);
      query(
          "option " + option,
          0x0100,
          "0001 0000 0000 0001",
          "0161 00 0001 0001" + EDNS + "%04x".formatted(bytes.length) + option);
    }
    query(
        "two options",
        0x0100,
        "0001 0000 0000 0001",
        "0161 00 0001 0001" + EDNS + "000c 000c 0000 000b 0004 0003 0000");
  }

  private void headers() {
    for (int operation = 0; operation < 16; operation++) {
      query("operation", operation << 11, "0001 0000 0000 0000", "0161 00 0001 0001");
    }
    for (int code : new int[] {0, 1, 5, 6, 10, 11, 15, 16, 17, 21, 22, 23, 24, 4095}) {
      String high = "%02x".formatted(code >> 4);
      query(
          "code " + code,
          0x8180 | (code & 15),
          "0001 0000 0000 0001",
          "0161 00 0001 0001 00 0029 04d0 " + high + " 00 0000 0000");
    }
    samples.add(ethernet("too short", ipv4(17, udp(40000, 53, new byte[5]))));
  }

  private static PacketBytes message(int flags, String counts, int type) {
    return start().u16(0x539).u16(flags).hex(counts).name("example.com").u16(type).u16(1);
  }
}
