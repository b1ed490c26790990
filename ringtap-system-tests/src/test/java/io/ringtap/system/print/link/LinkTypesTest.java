package io.ringtap.system.print.link;

import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.Arrays;
import java.util.List;

class LinkTypesTest extends PrinterBeside {
  private static final String ADDRESSES = "020000000001 020000000002 020000000003 1000";
  private static final String SNAP = "aaaa03 000000 0800";
  private static final String WIRELESS = "0802 0000" + ADDRESSES + SNAP;
  private static final String PRIORITY = "8802 0000" + ADDRESSES + "0000" + SNAP;

  @Override
  protected List<String> flags() {
    return List.of("", "-v", "-e", "-q", "-q -e");
  }

  @Override
  protected List<Sample> samples() {
    byte[] packet = withoutLink(ipv4(17, udp(5000, 6000, new byte[4])));
    byte[] packet6 = withoutLink(ipv6(17, udp(5000, 6000, new byte[4])));
    return List.of(
        Sample.of(0, "IPv4, written here", start().hex("02000000").bytes(packet).toBytes()),
        Sample.of(0, "IPv4, other order", start().hex("00000002").bytes(packet).toBytes()),
        Sample.of(0, "IPv6 of FreeBSD", start().hex("1c000000").bytes(packet6).toBytes()),
        Sample.of(0, "IPv6 of Darwin", start().hex("0000001e").bytes(packet6).toBytes()),
        Sample.of(0, "OSI", start().hex("07000000 83010203").toBytes()),
        Sample.of(0, "a family of Linux", start().hex("0a000000 0102").toBytes()),
        Sample.of(0, "no family", start().hex("01020304 0102").toBytes()),
        Sample.of(113, "cooked, LLC", cooked("0004", "4242 03 0000 02 80")),
        Sample.of(113, "cooked, unknown LLC", cooked("0004", "1234 03 0102")),
        Sample.of(113, "cooked, another", cooked("0003", "0102")),
        Sample.of(113, "cooked, MPLS", cooked("8847", "00010140 0102")),
        Sample.of(113, "cooked, half a label", cooked("8847", "00010040 0102")),
        Sample.of(113, "cooked, OSI in MPLS", cooked("8847", "00010140 83010203")),
        Sample.of(113, "cooked, OSI", cooked("fefe", "00 83010203")),
        Sample.of(113, "cooked, a jumbo type", cooked("8870", "4242 03 0000 02 80")),
        Sample.of(113, "cooked radiotap", radiotap()),
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

  private static byte[] cooked(String type, String hex) {
    return start().hex("0000 0001 0006 0200000000010000" + type).hex(hex).toBytes();
  }

  private static byte[] radiotap() {
    return start()
        .hex("0000 0323 0006 0200000000010000 0004 0000 0900 02000000 00")
        .bytes(WirelessTest.beacon())
        .toBytes();
  }

  private static byte[] withoutLink(byte[] frame) {
    return Arrays.copyOfRange(frame, 14, frame.length);
  }
}
