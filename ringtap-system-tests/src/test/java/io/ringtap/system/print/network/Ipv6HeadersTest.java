package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.ipv6Packet;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import io.ringtap.testing.PacketBytes;
import java.util.List;

class Ipv6HeadersTest extends PrinterBeside {
  private static final byte[] DATAGRAM = udp(5000, 6000, new byte[4]);
  private static final String ADDRESS = "20010db8000000000000000000000009";
  private static final String GROUP = "ff020000000000000000000000000016";
  private static final String ROUTER_ALERT = "3a00 0502 0000 0100";

  @Override
  protected List<Sample> samples() {
    return List.of(
        header("routing header of type 0", 43, "1102 0001 00000000" + ADDRESS),
        header("segment routing", 43, "1104 0401 0100 1234" + ADDRESS + ADDRESS),
        header("unknown routing header", 43, "1100 0301 0100 1234"),
        header("routing header of an odd length", 43, "1101 0001 00000000"),
        header("router alert", 0, "1100 0502 0000 0100"),
        header("option of a wrong length", 0, "1100 0503 0000 0000"),
        header("hop-by-hop options twice", 0, "0000 0104 00000000 1100 0104 00000000"),
        header("late hop-by-hop options", 43, "0000 0000 00000000 1100 0104 00000000"),
        header(
            "hop-by-hop options again",
            0,
            "2b00 0104 00000000 0000 0000 00000000 1100 0104 00000000"),
        header("first fragment", 44, "1100 0001 00000007"),
        header("later fragment", 44, "1100 0018 00000007"),
        listener("listener query of version 1", "82000000 27100000" + GROUP),
        listener("listener report of version 1", "83000000 00000000" + GROUP),
        listener("listener done", "84000000 00000000" + GROUP),
        listener("listener query", "82000000 92340000" + GROUP + "0a7d 0001" + ADDRESS),
        listener(
            "listener report", "8f000000 00000002 04000000" + GROUP + "01000001" + GROUP + ADDRESS),
        listener("more records than there are", "8f000000 00000003 04000000" + GROUP),
        ethernet(
            "embedded IPv4 addresses",
            PacketBytes.ethernet(
                0x86DD,
                ipv6Packet(
                    "00".repeat(12) + "0a000001" + "00".repeat(13) + "010000", 17, DATAGRAM))),
        ethernet("ICMPv6 over IPv4", ipv4(58, start().hex("80000000 00010002").toBytes())),
        ethernet("ICMP over IPv6", ipv6(1, start().hex("08000000 00010002").toBytes())));
  }

  private static Sample header(String name, int kind, String hex) {
    return ethernet(name, ipv6(kind, start().hex(hex).bytes(DATAGRAM).toBytes()));
  }

  private static Sample listener(String name, String message) {
    return ethernet(name, ipv6(0, start().hex(ROUTER_ALERT).hex(message).toBytes()));
  }
}
