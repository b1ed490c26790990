package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.checksummed;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.summed;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.PacketBytes.Ipv4;
import java.util.List;

class VrrpTest extends PrinterBeside {
  private static final int PROTOCOL = 112;
  private static final String ADDRESS = "fe800000000000000000000000000001";
  private static final int CHECKSUM = 6; // its offset

  @Override
  protected List<Sample> samples() {
    return List.of(
        version2("advertisement", "21 0a 64 01 00 01 0000 0a000064 0000000000000000"),
        version2("password", "21 0a ff 02 01 01 0000 0a000064 0a000065 7365637265740000"),
        version2("long password", "21 0a ff 01 01 01 0000 0a000064 736563726574011b"),
        version2("authentication header", "21 0a 64 01 02 01 0000 0a000064"),
        version2("unknown authentication", "21 0a 64 01 07 01 0000 0a000064"),
        version2("no address", "21 0a 00 00 00 01 0000"),
        version2("more addresses than there are", "21 0a 64 03 00 01 0000 0a000064"),
        version2("unknown type", "22 0a 64 01 00 01 0000 0a000064"),
        version2("unknown version", "11 0a 64 01 00 01 0000 0a000064"),
        ethernet("wrong checksum", near(fromHex("21 0a 64 01 00 01 abcd 0a000064"))),
        version3("version 3", "31 0a 64 01 f0 64 0000 0a000064"),
        version3("several addresses", "31 0a 64 02 01 64 0000 0a000064 0a000065"),
        ethernet(
            "over IPv6",
            summed(ipv6(PROTOCOL, fromHex("31 0a 64 01 00 64 0000" + ADDRESS)), CHECKSUM)),
        ethernet(
            "wrong over IPv6",
            ipv6(PROTOCOL, fromHex("31 0a 64 02 00 64 0000" + ADDRESS + ADDRESS))),
        ethernet("wrong checksum of version 3", near(fromHex("31 0a 64 01 00 64 abcd 0a000064"))),
        ethernet(
            "from another network",
            ipv4(PROTOCOL, checksummed(fromHex("21 0a 64 01 00 01 0000 0a000064"), CHECKSUM))));
  }

  private static Sample version2(String name, String hex) {
    return ethernet(name, near(checksummed(fromHex(hex), CHECKSUM)));
  }

  private static Sample version3(String name, String hex) {
    return ethernet(name, summed(near(fromHex(hex)), CHECKSUM));
  }

  /// With the only time to live that is accepted.
  private static byte[] near(byte[] message) {
    Ipv4 header = Ipv4.between("0a000001", "e0000012").withHops(255);
    return PacketBytes.ethernet(0x0800, header.packet(PROTOCOL, message));
  }
}
