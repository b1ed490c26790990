package io.ringtap.system.print.link;

import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.ArrayList;
import java.util.List;

/// DTP, UDLD and VTP.
class CiscoTest extends PrinterBeside {
  private static final int DTP = 0x2004;
  private static final int UDLD = 0x0111;
  private static final int VTP = 0x2003;
  private static final String DOMAIN = "03 6c6162" + "00".repeat(29) + "00000005";

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.addAll(trunking());
    samples.addAll(links());
    samples.addAll(vlans());
    return samples;
  }

  private static List<Sample> trunking() {
    return List.of(
        sample(DTP, "01 0001 0008 6c616200 0002 0005 81 0003 0005 a5 0004 000a 020000000001"),
        sample(DTP, "01 0001 0008 6c610162 0000 0000 01"),
        sample(DTP, "01 0009 0006 8181 00"),
        sample(DTP, "01 0002 0006 8181"),
        sample(DTP, "01 0004 0006 8181"),
        sample(DTP, "01 0001 0003 01"),
        sample(DTP, "01 0001 0009 01"),
        sample(DTP, "01 0001 00"),
        sample(DTP, "01"),
        sample(DTP, ""));
  }

  private static List<Sample> links() {
    List<Sample> samples = new ArrayList<>();
    samples.add(
        sample(
            UDLD,
            "21 01 1234 0001 0008 41424344 0002 0008 45464748 0003 0014 00000001 0004 41424344"
                + "0004 45464748 0004 0005 07 0005 0005 05 0006 0008 53573100 0007 0008 00000001"));
    for (int first = 0x20; first <= 0x24; first++) {
      samples.add(sample(UDLD, "%02x fe 1234 0009 0006 0102".formatted(first)));
    }
    for (int type = 1; type <= 8; type++) {
      samples.add(sample(UDLD, "21 00 1234 %04x 0006 0102 00".formatted(type)));
    }
    samples.add(sample(UDLD, "21 00 1234 0001 0004"));
    samples.add(sample(UDLD, "21 00 1234 0001 0003"));
    samples.add(sample(UDLD, "21 00 1234 0001 0009 01"));
    samples.add(sample(UDLD, "21 00 1234"));
    samples.add(sample(UDLD, "21 00"));
    samples.add(sample(UDLD, ""));
    return samples;
  }

  private static List<Sample> vlans() {
    List<Sample> samples = new ArrayList<>();
    String time = "323230313031303130303030";
    String digest = "0102030405060708090a0b0c0d0e0f10";
    String vlan = "00 01 07 0001 05dc 000186a1 64656661756c7400";
    samples.add(sample(VTP, "01 01 01" + DOMAIN + "0a000001" + time + digest));
    samples.add(
        sample(VTP, "02 02 00" + DOMAIN + "14" + vlan + "1c" + vlan + "0401 0001 0301 0002"));
    samples.add(sample(VTP, "01 03 00" + DOMAIN));
    samples.add(sample(VTP, "01 04 00" + DOMAIN));
    samples.add(sample(VTP, "01 05 00" + DOMAIN));
    for (int type = 0; type <= 11; type++) {
      for (int value = 0; value <= 4; value++) {
        String field = "%02x01 %04x".formatted(type, value);
        samples.add(sample(VTP, "02 02 00" + DOMAIN + "18" + vlan + field));
      }
    }
    for (String state : List.of("01 01", "02 06", "00 00", "00 03")) {
      samples.add(sample(VTP, "02 02 00" + DOMAIN + "14" + state + vlan.substring(5)));
    }
    for (String rest :
        List.of(
            "18" + vlan + "0402 0001",
            "18" + vlan + "0400 0001",
            "15" + vlan + "04",
            "14 00 01 09" + vlan.substring(8),
            "0b" + vlan,
            "00" + vlan,
            "ff" + vlan)) {
      samples.add(sample(VTP, "02 02 00" + DOMAIN + rest));
    }
    samples.add(sample(VTP, "01 01 01 00" + DOMAIN.substring(2)));
    samples.add(sample(VTP, "01 01 01 21" + DOMAIN.substring(2)));
    samples.add(sample(VTP, "01 01 01 03 6c6162"));
    samples.add(sample(VTP, ""));
    return samples;
  }

  private static Sample sample(int protocol, String hex) {
    byte[] packet = start().hex(hex).toBytes();
    byte[] frame =
        start()
            .hex("01000ccccccc 020000000001")
            .u16(8 + packet.length)
            .hex("aaaa03 00000c")
            .u16(protocol)
            .bytes(packet)
            .toBytes();
    return Sample.ethernet("%04x %s".formatted(protocol, hex), frame);
  }
}
