package io.ringtap.system.print.link;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class StpTest extends PrinterBeside {
  private static final String BRIDGES =
      "8000 020000000001 00000004 8001 020000000009 8002 0100 1400 0200 0f00";

  private static final String INSTANCE = "7c 8064 020000000004 00000011 80 40 13";

  @Override
  protected List<Sample> samples() {
    return List.of(
        stp("configuration", "0000 00 00 01" + BRIDGES),
        stp("topology change", "0000 00 80"),
        stp("three bytes", "0000 00"),
        stp("short configuration", "0000 00 00 01"),
        stp("rapid, short", "0000 02 02 3c 8000"),
        stp("rapid", "0000 02 02 3c" + BRIDGES + "00"),
        stp("a rapid one of 35 bytes", "0000 02 02 3c" + BRIDGES),
        stp(
            "odd times",
            "0000 00 00 01" + BRIDGES.replace("0100 1400 0200 0f00", "0020 0060 00a0 ffff")),
        stp("configuration of RSTP", "0000 02 00 3c" + BRIDGES + "00"),
        stp("configuration of MSTP", "0000 03 00 3c" + BRIDGES + "00"),
        stp("MSTP", "0000 03 02 7c" + BRIDGES + "00" + region(64)),
        stp(
            "MSTP, two instances",
            "0000 03 02 7c" + BRIDGES + "00" + region(96) + INSTANCE + INSTANCE),
        stp(
            "MSTP, half an instance",
            "0000 03 02 7c" + BRIDGES + "00" + region(72) + INSTANCE.substring(0, 18)),
        stp("MSTP, long instances", "0000 03 02 7c" + BRIDGES + "00" + region(96) + INSTANCE),
        stp("MSTP of version 1", "0000 03 02 7c" + BRIDGES + "01" + region(64)),
        stp("MSTP, short", "0000 03 02 7c" + BRIDGES + "00" + "00".repeat(60)),
        stp("SPB", "0000 04 02 7c" + BRIDGES + "00" + region(64) + path(85)),
        stp("SPB, long", "0000 04 02 7c" + BRIDGES + "00" + region(64) + path(86)),
        stp("SPB, short", "0000 04 02 7c" + BRIDGES + "00" + region(64) + path(84)),
        stp("SPB without its part", "0000 04 02 7c" + BRIDGES + "00" + region(64)),
        stp("all flags", "0000 02 02 ff" + BRIDGES + "00"),
        stp("another protocol", "0001 00 00 01" + BRIDGES),
        ethernet(
            "of one VLAN",
            frame("aaaa03 00000c 010b 0000 02 02 3c" + BRIDGES + "00 0000 0002 0064")));
  }

  /// What MSTP says of its region.
  private static String region(int length) {
    String name = "6c616200" + "00".repeat(28);
    String digest = "ac36177f50283cd4b83821d8ab26de62";
    return "%04x 00".formatted(length) + name + "0007" + digest + "00000009 8000 020000000003 14";
  }

  /// What SPB adds.
  private static String path(int length) {
    String name = "6c6162ff" + "00".repeat(28);
    String digest = "ac36177f50283cd4b83821d8ab26de62";
    return "%04x 00".formatted(length)
        + name
        + "0008"
        + digest
        + "9d 00 12 34 0005"
        + "00".repeat(8)
        + digest
        + "01020304";
  }

  private static Sample stp(String name, String hex) {
    return ethernet(name, frame("424203" + hex));
  }

  private static byte[] frame(String llc) {
    int length = start().hex(llc).toBytes().length;
    return start().hex("0180c2000000 020000000001").u16(length).hex(llc).toBytes();
  }
}
