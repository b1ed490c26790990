package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class AhTest extends PrinterBeside {
  private static final byte[] HEADER_AND_DATAGRAM =
      start()
          .hex("11 04 0000 00000123 00000007 aabbccddeeff00112233aabb")
          .bytes(udp(5000, 6000, new byte[4]))
          .toBytes();

  @Override
  protected List<Sample> samples() {
    return List.of(
        ethernet("over IPv4", ipv4(51, HEADER_AND_DATAGRAM)),
        ethernet("over IPv6", ipv6(51, HEADER_AND_DATAGRAM)),
        ethernet(
            "no integrity check value",
            ipv4(51, start().hex("3b 01 0000 00000123 00000007").toBytes())),
        ethernet(
            "shorter than its fixed part",
            ipv4(51, start().hex("11 00 0000 00000123 00000007").zeros(12).toBytes())),
        ethernet(
            "longer than its packet",
            ipv4(51, start().hex("11 30 0000 00000123 00000007").zeros(12).toBytes())));
  }
}
