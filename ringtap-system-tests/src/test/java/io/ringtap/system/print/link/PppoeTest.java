package io.ringtap.system.print.link;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

/// PPPoE, configuration tests, and the EtherTypes that `-e` names.
class PppoeTest extends PrinterBeside {
  /// Lengths and types that tcpdump names but does not print.
  private static final int[] OTHER_TYPES = {
    0, 3, 100, 0x0200, 0x0500, 1500, 1501, 1535, 0x0600, 0x1000, 0x6007, 0x8038, 0x803C, 0x803E,
    0x805B, 0x805C, 0x893A, 0x1234, 0x9200
  };

  private static final List<String> CONFIGURATION_TESTS =
      List.of(
          "0000 0100 0000",
          "0000 0100 1234 aabb",
          "0000 0200 020000000003 0100 0700 0102",
          "0000 0200 030000000003",
          "0800 0200 020000000003 0100 0700 0102",
          "0800 0102030405060708 0200 020000000004 0102",
          "0700 00 0100 0500",
          "ff00 00",
          "0000 0300 1122",
          "0000 0000",
          "0000 0100 00",
          "0000 01",
          "00",
          "0200 0200 0100 0500",
          "0000 0200 0200000000");

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (String code : List.of("07", "09", "19", "65", "a7", "0a")) {
      samples.add(discovery("11" + code + "0000 0010 0101 0000 0103 0004 0102ff00 0102 0000"));
    }
    samples.add(discovery("11 07 0001 000c 0102 0008 6c61622d 62720141"));
    samples.add(discovery("11 07 0000 0054 0102 0050" + "61".repeat(80)));
    samples.add(discovery("11 07 0000 0054 0102 0050" + "01".repeat(80)));
    samples.add(discovery("11 07 0000 000c 0000 0000 0101 0000 0101 0000"));
    samples.add(discovery("11 07 0000 0008 0101 0000 0203 0009"));
    samples.add(discovery("21 07 0007 0004 0101 0000"));
    samples.add(discovery("12 07 0007 00ff 0101 0000"));
    samples.add(discovery("11 09 0000 05ff 0101 0000"));
    samples.add(discovery("11 09 0000"));
    samples.add(session("11 00 0001 000a c021 0101 0008 0304 c023"));
    samples.add(session("00 00 0001 00ff c021 0101 0008 0304 c023"));
    samples.add(session("11 00 0001 0000"));
    for (String hex : CONFIGURATION_TESTS) {
      samples.add(ethernet(hex, PacketBytes.ethernet(0x9000, start().hex(hex).toBytes())));
    }
    for (int type : OTHER_TYPES) {
      samples.add(ethernet("type " + type, PacketBytes.ethernet(type, new byte[6])));
      samples.add(
          ethernet(
              "tagged type " + type,
              PacketBytes.ethernet(0x9200, start().u16(100).u16(type).zeros(6).toBytes())));
    }
    return samples;
  }

  private static Sample discovery(String hex) {
    return ethernet(hex, PacketBytes.ethernet(0x8863, start().hex(hex).toBytes()));
  }

  private static Sample session(String hex) {
    return ethernet(hex, PacketBytes.ethernet(0x8864, start().hex(hex).toBytes()));
  }
}
