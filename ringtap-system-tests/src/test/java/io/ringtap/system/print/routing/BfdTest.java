package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class BfdTest extends PrinterBeside {
  private static final String TIMES = "00000001 00000002 000186a0 000f4240 00002710";

  @Override
  protected List<Sample> samples() {
    return List.of(
        bfd("up", 3784, "20 c0 03 18" + TIMES),
        bfd("down", 3784, "21 40 ff 18" + "00000001 00000000 ffffffff 00000000 00000000"),
        bfd("all flags", 3784, "2f bf 03 18" + TIMES + "0900 0000"),
        bfd("several hops", 4784, "27 00 03 18" + TIMES),
        bfd("a link of an aggregation", 6784, "28 e0 03 18" + TIMES),
        bfd("version 0", 3784, "03 ff 03 18" + TIMES + "0107 0a 70617373"),
        bfd("version 0 without flags", 4784, "00 00 03 18" + TIMES),
        bfd("version 2", 3784, "43 c0 03 18" + TIMES),
        bfd("password", 3784, "20 c4 03 1f" + TIMES + "0107 0a 7061731b"),
        bfd("too short a password", 3784, "20 c4 03 1b" + TIMES + "0103 0a 00"),
        bfd("too long a password", 3784, "20 c4 03 1b" + TIMES + "0114 0a 00"),
        bfd("digest", 3784, "20 c4 03 30" + TIMES + "0218 0a 00 00000007" + "ab".repeat(16)),
        bfd("wrong digest", 3784, "20 c4 03 30" + TIMES + "0317 0a 00 00000007"),
        bfd("hash", 3784, "20 c4 03 34" + TIMES + "041c 0a 00 00000007" + "ab".repeat(20)),
        bfd("wrong hash", 3784, "20 c4 03 34" + TIMES + "051d 0a 00 00000007"),
        bfd("echo", 3785, "01020304 05060708 090a0b0c 0d0e0f10 1112"),
        bfd("seamless", 7784, "20 c0 03 18" + TIMES),
        bfd("too short", 3784, "20 c0 03 18"),
        ethernet("answer", ipv4(17, udp(3784, 50000, fromHex("20 c0 03 18" + TIMES)))),
        ethernet("over IPv6", ipv6(17, udp(50000, 3784, fromHex("20 c0 03 18" + TIMES)))));
  }

  private static Sample bfd(String name, int port, String hex) {
    return ethernet(name, ipv4(17, udp(50000, port, fromHex(hex))));
  }
}
