package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class EigrpTest extends PrinterBeside {
  private static final String HEADER = "abcd 00000000 00000007 00000009 0000 0064";
  private static final String PARAMETERS = "0001 000c 01 00 01 00 00 00 000f";
  private static final String METRIC = "00000064 00002710 0005dc 01 ff 01 0000";

  @Override
  protected List<Sample> samples() {
    return List.of(
        eigrp("hello", "02 05" + HEADER + PARAMETERS + "0004 0008 0c04 0102"),
        eigrp("all flags", "02 01 abcd 0000000f 00000007 00000009 0001 0064"),
        eigrp(
            "update",
            "02 01"
                + HEADER
                + ("0102 001a 00000000" + METRIC + "08 0a")
                + ("0102 001d 0a000009" + METRIC + "20 c0a864c8")
                + ("0102 0019 0a000009" + METRIC + "00")),
        eigrp(
            "update of external routes",
            "02 01"
                + HEADER
                + ("0103 0030 00000000 0a000001 0000fde8 00000007 00000014 0000 09 02" + METRIC)
                + "18 0a0102"
                + ("0103 002e 0a000009 0a000001 0000fde8 00000007 00000014 0000 0c 02" + METRIC)
                + "08 0a"),
        eigrp("too long a prefix", "02 01" + HEADER + "0102 001a 00000000" + METRIC + "21 0a"),
        eigrp("query", "02 03" + HEADER + "0002 0008 01020304"),
        eigrp("reply", "02 04" + HEADER + "0003 0006 0102 0005 0004"),
        eigrp("services", "02 06" + HEADER + "0302 0006 0102 0303 0004"),
        eigrp("probe", "02 07" + HEADER + "0909 0005 01"),
        eigrp(
            "short values",
            "02 05" + HEADER + "0001 0008 01000100 0004 0006 0c04 0102 0008 00000000"),
        eigrp("short external route", "02 01" + HEADER + "0103 0008 00000000"),
        eigrp("value that is too long", "02 05" + HEADER + "0001 0030 01000100"),
        eigrp("value of no length", "02 05" + HEADER + "0001 0003 01000100"),
        eigrp("half a value", "02 05" + HEADER + "0001"),
        eigrp("unknown operation", "02 09" + HEADER),
        eigrp("unknown version", "01 05" + HEADER),
        eigrp("too short", "02 05 abcd 00000000"),
        ethernet("over IPv6", ipv6(88, fromHex("02 05" + HEADER + PARAMETERS))));
  }

  private static Sample eigrp(String name, String hex) {
    return ethernet(name, ipv4(88, fromHex(hex)));
  }
}
