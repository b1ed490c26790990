package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.cut;
import static io.ringtap.testing.PacketBytes.icmp;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.Arrays;
import java.util.List;

class IcmpTest extends PrinterBeside {
  private static final byte[] QUOTED =
      Arrays.copyOfRange(ipv4(17, udp(40000, 33434, new byte[8])), 14, 50);
  private static final String LABEL = "000c 0101 000321fe 00064101";

  @Override
  protected List<Sample> samples() {
    return List.of(
        message("router advertisement", "09000000 02020708 0a000001 00000000 0a000003 ffffffff"),
        message("router advertisement with another format", "09000000 01030010 0a000001 00000000"),
        message("router solicitation", "0a000000 00000000"),
        message("time stamp query", "0d000000 00070001 00000001 00000000 00000000"),
        message("time stamp reply", "0e000000 00070001 00000001 00000002 0493dfff"),
        message("information request", "0f000000 00070001"),
        message("information reply", "10000000 00070001"),
        message("mask request", "11000000 00070001 00000000"),
        message("mask reply", "12000000 00070001 ffffff00"),
        ethernet("all zero", ipv4(1, new byte[8])),
        ethernet("two bytes, wrong checksum", ipv4(1, new byte[] {7, 0})),
        ethernet("three bytes, wrong checksum", ipv4(1, new byte[] {(byte) 192, 0, 5})),
        extended("MPLS label", "0b000000 00200000", "2000 7be9", LABEL),
        extended("wrong checksum", "0b000000 00200000", "2000 1234", LABEL),
        extended("unreachable with a label", "03000000 00200000", "2000 7be9", LABEL),
        extended("no length, wrong checksum", "0b000000 00000000", "2000 1234", LABEL),
        extended("other version", "0b000000 00200000", "1000 1234", LABEL),
        extended("other objects", "0b000000 00200000", "2000 1234", "0008 0201 01020304" + LABEL));
  }

  private static Sample message(String name, String hex) {
    return ethernet(name, ipv4(1, icmp(start().hex(hex).toBytes())));
  }

  private static Sample extended(String name, String header, String version, String objects) {
    byte[] message =
        start().hex(header).bytes(cut(QUOTED, 128)).hex(version).hex(objects).toBytes();
    return ethernet(name, ipv4(1, icmp(message)));
  }
}
