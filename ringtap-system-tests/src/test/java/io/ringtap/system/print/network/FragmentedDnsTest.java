package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class FragmentedDnsTest extends PrinterBeside {
  private static final byte[] QUERY =
      start()
          .hex("1234 0100 0001 0000 0000 0000")
          .name("www.example.com")
          .hex("0001 0001")
          .toBytes();

  @Override
  protected List<Sample> samples() {
    return List.of(
        ethernet("first fragment", ipv4("", 0x2000, 17, longer(53))),
        ethernet("first fragment of something else", ipv4("", 0x2000, 17, longer(6000))),
        ethernet("datagram longer than its packet", ipv4("", 0, 17, longer(6000))),
        segment("DNS over TCP", start().u16(QUERY.length).bytes(QUERY).toBytes()),
        segment("beginning of a message", start().u16(200).bytes(QUERY).toBytes()),
        segment("in the middle of a message", start().text("something else").toBytes()),
        segment("one byte", new byte[1]));
  }

  private static byte[] longer(int port) {
    byte[] datagram = udp(40000, port, QUERY);
    datagram[4] = 7;
    return datagram;
  }

  private static Sample segment(String name, byte[] payload) {
    return ethernet(name, ipv4(6, tcp(40000, 53, 1, 1, 0x18, "", payload)));
  }
}
