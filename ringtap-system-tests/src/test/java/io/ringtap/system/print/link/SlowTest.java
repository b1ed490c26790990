package io.ringtap.system.print.link;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.start;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.ArrayList;
import java.util.List;

class SlowTest extends PrinterBeside {
  private static final String ACTOR = "0114 8000 020000000001 0021 00ff 0003 3d 000000";
  private static final String PARTNER = "0214 ffff 020000000002 0022 00fe 0004 c2 000000";
  private static final String COLLECTOR = "0310 0005" + "00".repeat(12);
  private static final String LOCAL = "0110 01 0007 05 1f 05ee 00000c 01020304";
  private static final String EVENT =
      "28 0102 0000000000000005 ffffffffffffffff 0000000000000007 0000000000000008 00000009";

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    samples.add(slow("LACP", "01 01" + ACTOR + PARTNER + COLLECTOR + "0000" + "00".repeat(50)));
    samples.add(slow("LACP without a terminator", "01 01" + ACTOR));
    samples.add(slow("LACP, no state", "01 01 0114" + "00".repeat(18)));
    samples.add(slow("LACP, short information", "01 01 0104 0102 0204 0102 0304 0102 0000"));
    samples.add(slow("LACP, unknown information", "01 01 0406 01020304 0000"));
    samples.add(slow("LACP, illegal length", "01 01 0401 0102"));
    samples.add(slow("LACP, long information", "01 01 04ff 0102"));
    samples.add(slow("LACP, half a header", "01 01 04"));
    samples.add(slow("LACP version 2", "01 02" + ACTOR));
    samples.add(slow("LACP, nothing", "01"));
    samples.add(slow("marker", "02 01 0110 0003 020000000001 00000007 0000 0000" + "00".repeat(8)));
    samples.add(slow("marker, short", "02 01 0104 0102 0206 01020304"));
    samples.add(slow("marker version 2", "02 02"));
    samples.add(slow("unknown", "0a 010203"));
    samples.add(slow("nothing", ""));
    samples.add(slow("OAM", "03 0050 00" + LOCAL + "02" + LOCAL.substring(2) + "0000 0000"));
    for (int state = 0; state < 8; state++) {
      String information = "0110 01 0007 %02x 00 05ee 123456 01020304".formatted(state);
      samples.add(slow("OAM, state " + state, "03 007f 00" + information));
    }
    samples.add(slow("OAM, other information", "03 0000 00 fe06 00000c01 0306 01020304 0000"));
    samples.add(slow("OAM, short information", "03 0000 00 0106 01020304"));
    samples.add(slow("OAM, illegal length", "03 0000 00 0101 01020304"));
    samples.add(slow("OAM, long information", "03 0000 00 01ff 01020304"));
    samples.add(slow("OAM, half a header", "03 0000 00 01"));
    for (int type = 1; type <= 5; type++) {
      samples.add(slow("event " + type, "03 0050 01 0007 %02x".formatted(type) + EVENT + "0000"));
    }
    samples.add(slow("short event", "03 0050 01 0007 0106 01020304 fe06 01020304"));
    samples.add(slow("event of an illegal length", "03 0050 01 0007 0101 01020304"));
    samples.add(slow("long event", "03 0050 01 0007 01ff 01020304"));
    samples.add(slow("half an event", "03 0050 01 0007 01"));
    samples.add(slow("no event", "03 0050 01 00"));
    for (String rest :
        List.of("02 01020304", "03 01020304", "04 01", "04 02", "04 03", "04", "05 01")) {
      samples.add(slow("OAM " + rest, "03 0000" + rest));
    }
    samples.add(slow("OAM, vendor", "03 0000 fe 00000c 01020304"));
    samples.add(slow("OAM, no code", "03 0000"));
    return samples;
  }

  private static Sample slow(String name, String hex) {
    byte[] packet = start().hex(hex).toBytes();
    return ethernet(name, PacketBytes.ethernet("0180c2000002 020000000001", 0x8809, packet));
  }
}
