package io.ringtap.system.print.routing;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;
import java.util.stream.Stream;

class HsrpTest extends PrinterBeside {
  private static final String PASSWORD = "636973636f000000";

  @Override
  protected List<Sample> samples() {
    return List.of(
        hsrp("hello", "00 00 10 03 0a 78 01 00" + PASSWORD + "0a000001"),
        hsrp("coup", "00 01 08 00 5a 78 01 07 6162636465661b80 0a000001"),
        hsrp("resign", "00 02 00 3c ff 00 ff 00" + PASSWORD + "0a000001"),
        hsrp("unknown operation and state", "00 03 03 03 0a 78 01 00" + PASSWORD + "0a000001"),
        hsrp("version 1", "01 00 10 03 0a 78 01 00" + PASSWORD + "0a000001"),
        hsrp("nothing", ""));
  }

  /// Also quiet with the checksum of UDP.
  @Override
  protected List<String> flags() {
    return Stream.concat(super.flags().stream(), Stream.of("-q -vv")).toList();
  }

  private static Sample hsrp(String name, String hex) {
    return ethernet(name, ipv4(17, udp(1985, 1985, fromHex(hex))));
  }
}
