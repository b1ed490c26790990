package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class RipTest extends PrinterBeside {
  private static final String ROUTE = "0002 0000 0a010000 00000000 00000000 00000003";
  private static final String ROUTE_2 = "0002 0007 0a010000 ffff0000 00000000 00000003";
  private static final String ROUTE_NG = "20010db8000000000000000000000000 0007 20 03";

  @Override
  protected List<Sample> samples() {
    return List.of(
        rip("version 1", "02 01 0000" + ROUTE),
        rip("request of version 1", "01 01 0000 0000 0000 00000000 00000000 00000000 00000010"),
        rip(
            "odd entries of version 1",
            "02 01 0000 0002 0001 0a010000 00000000 00000000 00000003"
                + "0007 0000 0a010000 00000000 00000000 00000003"
                + "0009 0000 0a010000 00000000 00000000 00000003 0002"),
        rip("version 2", "02 02 0000" + ROUTE_2 + "0000 0000 c0a80a00 ff00ff00 0a000009 0000000f"),
        rip("no mask", "02 02 0000 0002 0000 c0a8ff64 00000000 00000000 00000001"),
        rip("whole mask", "02 02 0000 0002 0000 c0a8ff64 ffffffff 00000000 00000001"),
        rip("password", "02 02 0000 ffff 0002 73656372657400000000000000000000" + ROUTE_2),
        rip("half a password", "02 02 0000 ffff 0002 736563"),
        rip(
            "digest",
            "02 02 0000 ffff 0003 0030 01 14 00000009 00000000 00000000"
                + ROUTE_2
                + "ffff 0001 00112233445566778899aabbccddeeff"),
        rip("half a digest's header", "02 02 0000 ffff 0003 0030 01 14 00000009"),
        rip("unknown authentication", "02 02 0000 ffff 0009 01020304"),
        rip("another address family", "02 02 0000 0018 0000 0a010000 00000000 00000000 00000003"),
        rip("half of another address family", "02 02 0000 0019 0000 0a010000 00000000"),
        rip("half an entry", "02 02 0000" + ROUTE_2 + "0002 0000 0a010000"),
        rip("trailing bytes", "02 02 0000" + ROUTE_2 + "0002"),
        rip("version 0", "02 00 0000" + ROUTE),
        rip("unknown version", "02 03 0000" + ROUTE_2),
        rip("unknown command", "08 02 0000" + ROUTE_2),
        rip("trace on", "03 01 0000" + ROUTE),
        rip("trace off", "04 01 0000"),
        rip("triggered request", "09 02 0000"),
        rip("triggered response", "0a 02 0000"),
        rip("triggered acknowledgment", "0b 02 0000"),
        rip("update request", "0c 02 0000"),
        rip("update response", "0d 02 0000"),
        rip("update acknowledgment", "0e 02 0000"),
        rip("poll", "05 01 0000"),
        rip("poll entry", "06 01 0000"),
        rip("too short", "0202"),
        ripng("RIPng", "02 01 0000" + ROUTE_NG + "20010db8000100000000000000000000 0000 30 00"),
        ripng("request", "01 01 0000" + ROUTE_NG),
        ripng("request for all", "01 01 0000" + "00".repeat(16) + "0000 00 10"),
        ripng("request with trailing bytes", "01 01 0000" + ROUTE_NG + "00"),
        ripng("response with trailing bytes", "02 01 0000" + ROUTE_NG + "0000"),
        ripng("unknown version of RIPng", "02 02 0000"),
        ripng("unknown command of RIPng", "03 01 0000"),
        ripng("too short for RIPng", "02 01 00"));
  }

  private static Sample rip(String name, String hex) {
    return ethernet(name, ipv4(17, udp(520, 520, fromHex(hex))));
  }

  private static Sample ripng(String name, String hex) {
    return ethernet(name, ipv6(17, udp(521, 521, fromHex(hex))));
  }
}
