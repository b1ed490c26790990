package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.icmp;
import static io.ringtap.testing.PacketBytes.ipv4;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class IgmpTest extends PrinterBeside {
  @Override
  protected List<Sample> samples() {
    return List.of(
        igmp("query of version 1", "1100 0000 00000000"),
        igmp("query of version 2", "1164 0000 00000000"),
        igmp("query for a group", "110a 0000 e1020304"),
        igmp("query of version 3", "1164 0000 00000000 027d 0000"),
        igmp("query for sources", "1118 0000 e1020304 0a7d 0002 0a000001 0a000002"),
        igmp("query that may be answered late", "11ff 0000 e1020304 0a7d 0003 0a000001"),
        igmp("query of an odd length", "1190 0000 00000000 027d 0000 00"),
        igmp("report of version 1", "1200 0000 e1020304"),
        igmp("report of version 2", "1600 0000 e1020304"),
        igmp("leave", "1700 0000 e1020304"),
        igmp(
            "report of version 3",
            "2200 0000 0000 0002 04000000 e1020304 01000002 e1020305 0a000001 0a000002"),
        igmp("more records than there are", "2200 0000 0000 0003 04000000 e1020304"),
        igmp("more sources than there are", "2200 0000 0000 0001 09000005 e1020304"),
        igmp("unknown type", "2a00 0000 00000000"),
        ethernet("wrong checksum", ipv4(2, fromHex("1164 1234 00000000"))));
  }

  private static Sample igmp(String name, String hex) {
    return ethernet(name, ipv4("94040000", 0, 2, icmp(fromHex(hex))));
  }
}
