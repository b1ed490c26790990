package io.ringtap.system.print;

import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import java.util.Arrays;
import java.util.List;

class LinkTypesTest extends PrinterBeside {
  private static final String ADDRESSES = "020000000001 020000000002 020000000003 1000";
  private static final String SNAP = "aaaa03 000000 0800";
  private static final String WIRELESS = "0802 0000" + ADDRESSES + SNAP;
  private static final String PRIORITY = "8802 0000" + ADDRESSES + "0000" + SNAP;

  @Override
  List<String> flags() {
    return List.of("", "-v", "-q");
  }

  @Override
  List<Sample> samples() {
    byte[] packet = withoutLink(ipv4(17, udp(5000, 6000, new byte[4])));
    byte[] packet6 = withoutLink(ipv6(17, udp(5000, 6000, new byte[4])));
    return List.of(
        Sample.of(0, "IPv4, written here", start().hex("02000000").bytes(packet).toBytes()),
        Sample.of(0, "IPv4, other order", start().hex("00000002").bytes(packet).toBytes()),
        Sample.of(0, "IPv6 of FreeBSD", start().hex("1c000000").bytes(packet6).toBytes()),
        Sample.of(0, "IPv6 of Darwin", start().hex("0000001e").bytes(packet6).toBytes()),
        Sample.of(108, "OpenBSD", start().hex("00000002").bytes(packet).toBytes()),
        Sample.of(12, "raw IP of BSD", packet),
        Sample.of(101, "raw IPv4", packet),
        Sample.of(101, "raw IPv6", packet6),
        Sample.of(228, "IPv4 in the clear", packet),
        Sample.of(229, "IPv6 in the clear", packet6),
        Sample.of(9, "PPP", start().hex("ff03 0021").bytes(packet).toBytes())
            .wholeOnly("an end within the first four bytes"),
        Sample.of(105, "802.11", start().hex(WIRELESS).bytes(packet).toBytes()),
        Sample.of(105, "802.11 with a priority", start().hex(PRIORITY).bytes(packet).toBytes()));
  }

  private static byte[] withoutLink(byte[] frame) {
    return Arrays.copyOfRange(frame, 14, frame.length);
  }
}
