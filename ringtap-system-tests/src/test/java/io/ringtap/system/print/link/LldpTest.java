package io.ringtap.system.print.link;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

class LldpTest extends PrinterBeside {
  private static final String IEEE_8021 = "0080c2";
  private static final String IEEE_8023 = "00120f";
  private static final String TIA = "0012bb";
  private static final String DCBX = "001b21";
  private static final String IANA = "00005e";
  private static final String TEXT = "6c6162 01ff 00 41";
  private static final String LONG =
      "01 b3 14 25 36 47 58 69 7a 8b 9c ad be cf d0 e1 f2 03 14 25 36 47 58 69 7a 8b 9c";

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.add(
        lldp(
            "a switch",
            field(1, "04 020000000001")
                + field(2, "05 476967 302f31")
                + field(3, "0078")
                + field(4, "75706c696e6b")
                + field(5, "737731")
                + field(6, "4c696e757820 36")
                + field(7, "0014 0004")
                + field(8, "05 01 0a000001 02 00000007 00")
                + field(0, "")));
    for (int kind = 0; kind <= 8; kind++) {
      String prefix = "%02x".formatted(kind);
      samples.add(lldp("chassis " + kind, field(1, prefix + TEXT)));
      samples.add(lldp("port " + kind, field(2, prefix + TEXT)));
      samples.add(lldp("chassis of a byte, " + kind, field(1, prefix + "01")));
      samples.add(lldp("port of a byte, " + kind, field(2, prefix + "01")));
    }
    for (String address :
        List.of(
            "01 0a000001", "02" + "20010db8000000000000000000000001", "06 020000000001", "03 01")) {
      samples.add(lldp("chassis " + address, field(1, "05" + address)));
      samples.add(lldp("cut chassis " + address, field(1, "05" + address.substring(0, 2) + "0a")));
      String length = "%02x".formatted(PacketBytes.fromHex(address).length);
      samples.add(lldp("management " + address, field(8, length + address + "03 00000007 00")));
      samples.add(lldp("no interface " + address, field(8, length + address)));
      samples.add(lldp("object " + address, field(8, length + address + "01 00000007 03 2b0601")));
      samples.add(lldp("long object " + address, field(8, length + address + "01 00000007 09 2b")));
      samples.add(lldp("no object " + address, field(8, length + address + "01 00000007")));
    }
    samples.add(lldp("no management address", field(8, "00 02 00000007 00")));
    samples.add(lldp("long management address", field(8, "09 01 0a000001")));
    for (int type = 1; type <= 9; type++) {
      samples.add(lldp("a byte of " + type, field(type, "01") + field(5, "41")));
      samples.add(lldp("nothing of " + type, field(type, "") + field(5, "41")));
    }
    samples.add(lldp("all capabilities", field(7, "ffff 00ff")));
    samples.add(lldp("no capabilities", field(7, "0000 0000")));
    samples.add(lldp("a field that passes the end", "0a09 4142"));
    samples.add(lldp("half a header", field(3, "0078") + "0a"));
    samples.addAll(organizations());
    samples.addAll(values());
    samples.addAll(dataCenter());
    return samples;
  }

  private static List<Sample> organizations() {
    List<Sample> samples = new ArrayList<>();
    for (String organization : List.of(IEEE_8021, IEEE_8023, TIA, DCBX, IANA, "123456")) {
      for (int kind = 0; kind <= 15; kind++) {
        String value = organization + "%02x".formatted(kind);
        samples.add(lldp(value, field(127, value)));
        samples.add(lldp(value + ", a byte", field(127, value + "03")));
        samples.add(lldp(value + ", text", field(127, value + TEXT)));
      }
      samples.add(lldp(organization, field(127, organization)));
      samples.add(lldp(organization + ", cut", field(127, organization.substring(0, 4))));
    }
    return samples;
  }

  private static List<Sample> values() {
    List<Sample> samples = new ArrayList<>();
    for (int kind = 1; kind <= 14; kind++) {
      samples.add(lldp("long 802.1 " + kind, organization(IEEE_8021, kind, LONG)));
    }
    samples.add(lldp("VLAN name", organization(IEEE_8021, 3, "0064 03 6c6162")));
    samples.add(lldp("identity", organization(IEEE_8021, 4, "03 888e01")));
    samples.add(lldp("aggregation", organization(IEEE_8021, 7, "03 00000009")));
    samples.add(lldp("VLAN and protocol", organization(IEEE_8021, 2, "06 0064")));
    samples.add(lldp("applications", organization(IEEE_8021, 12, "00 63 8906 e2 0cbc")));
    samples.add(lldp("channels", organization(IEEE_8021, 14, "88 00 0010 001064 002065")));
    samples.add(lldp("bridging", organization(IEEE_8021, 13, "ff fa e5 5f 7f")));
    for (int medium = 0; medium <= 41; medium++) {
      String value = "03 6c01 %04x".formatted(medium);
      samples.add(lldp("medium " + medium, organization(IEEE_8023, 1, value)));
    }
    samples.add(lldp("all modes", organization(IEEE_8023, 1, "00 ffff 0010")));
    samples.add(lldp("no mode", organization(IEEE_8023, 1, "00 0000 0010")));
    for (int value = 0; value <= 6; value++) {
      String power = "%02x %02x %02x".formatted(value, value, value);
      samples.add(lldp("power " + value, organization(IEEE_8023, 2, power)));
      samples.add(lldp("MED " + value, organization(TIA, 1, "003f %02x".formatted(value))));
      samples.add(lldp("policy " + value, organization(TIA, 2, "%02x a1 45 6e".formatted(value))));
      samples.add(
          lldp("MED power " + value, organization(TIA, 4, "%02x 00ff".formatted(value * 0x11))));
      samples.add(
          lldp(
              "place " + value,
              organization(TIA, 3, "02 08 %02x 4445 01 03 424c4e".formatted(value))));
      samples.add(
          lldp(
              "element " + value,
              organization(TIA, 3, "02 07 02 4445 %02x 02 4142".formatted(value))));
      samples.add(
          lldp(
              "datum " + value,
              organization(
                  TIA,
                  3,
                  "01" + LONG.replace(" ", "").substring(0, 30) + "%02x".formatted(value))));
    }
    samples.add(lldp("much power", organization(TIA, 4, "51 03ff")));
    samples.add(lldp("too much power", organization(TIA, 4, "c1 0400")));
    samples.add(lldp("coordinates", organization(TIA, 3, "01" + LONG)));
    samples.add(lldp("short coordinates", organization(TIA, 3, "01 0102")));
    samples.add(lldp("address that ends", organization(TIA, 3, "02 06 02 4445 01 02 41")));
    samples.add(lldp("address of half a header", organization(TIA, 3, "02 04 02 4445 01 02")));
    samples.add(lldp("short address", organization(TIA, 3, "02 02 02 4445 01 02")));
    samples.add(lldp("long address", organization(TIA, 3, "02 ff 02 4445 01 02")));
    samples.add(lldp("emergency number", organization(TIA, 3, "03 313132")));
    samples.add(lldp("other location", organization(TIA, 3, "04 313132")));
    samples.add(lldp("MUD", organization(IANA, 1, "68747470733a2f2f61")));
    return samples;
  }

  private static List<Sample> dataCenter() {
    List<Sample> samples = new ArrayList<>();
    String control = field(1, "00 01 00000002 00000003");
    String groups = field(2, "00 01 e0 04 01234567 0a14 1e28 323c 4650 08");
    String flows = field(3, "00 01 40 05 a5 08");
    String applications = field(4, "00 01 20 06 8906 001b21 08 0cbc 401b21 10");
    samples.add(lldp("DCBX", organization(DCBX, 2, control + groups + flows + applications)));
    samples.add(lldp("DCBX, unknown field", organization(DCBX, 2, field(5, "0102") + control)));
    samples.add(
        lldp("DCBX, unknown field last", organization(DCBX, 2, control + field(5, "0102"))));
    for (int type = 1; type <= 5; type++) {
      samples.add(lldp("DCBX, short " + type, organization(DCBX, 2, field(type, "0102"))));
      samples.add(lldp("DCBX, empty " + type, organization(DCBX, 2, field(type, ""))));
    }
    samples.add(lldp("DCBX, long field", organization(DCBX, 2, "02ff 0102")));
    samples.add(lldp("DCBX, half a header", organization(DCBX, 2, field(5, "0102") + "02")));
    return samples;
  }

  private static String organization(String organization, int kind, String value) {
    return field(127, organization + "%02x".formatted(kind) + value);
  }

  private static String field(int type, String hex) {
    return "%04x".formatted(type << 9 | PacketBytes.fromHex(hex).length) + hex;
  }

  private static Sample lldp(String name, String fields) {
    byte[] packet = start().hex(fields).toBytes();
    return ethernet(name, PacketBytes.ethernet("0180c200000e 020000000001", 0x88CC, packet));
  }
}
