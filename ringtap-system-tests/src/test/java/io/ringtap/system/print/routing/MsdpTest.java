package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class MsdpTest extends PrinterBeside {
  private static final String SOURCE = "01 0a000001 000000 20 e1000001 0a000009";

  @Override
  protected List<Sample> samples() {
    return List.of(
        msdp("sources", "01 0014" + SOURCE),
        msdp(
            "sources with data",
            "01 0030" + SOURCE + "4500001c00000000401166df 0a000001 e1000001 04d2 04d2 0008 0000"),
        msdp("request", "02 0008 00 e1000001"),
        msdp("response", "03 0014" + SOURCE),
        msdp("keepalive", "04 0003"),
        msdp("long keepalive", "04 0005 0102"),
        msdp("notification", "05 0005 0102"),
        msdp("reserved types", "06 0005 0102 07 0004 01 08 0003"),
        msdp("unknown type", "08 0003"),
        msdp("no sources", "01 0004 01"),
        msdp("long request", "02 000c 00 e1000001 0a000001"),
        msdp("short request", "02 0006 00 e100"),
        msdp("longer than the segment", "01 0014 01 0a0000"),
        msdp("stray byte", "04 0003 01"),
        msdp("too short", "04 0002"),
        msdp("very long", "04 0579"));
  }

  private static Sample msdp(String name, String hex) {
    byte[] message = start().hex(hex).toBytes();
    return ethernet(name, ipv4(6, tcp(50000, 639, 1, 1, 0x18, "", message)));
  }
}
