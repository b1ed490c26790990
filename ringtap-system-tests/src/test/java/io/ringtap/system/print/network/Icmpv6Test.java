package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.fromHex;
import static io.ringtap.testing.PacketBytes.ipv6;
import static io.ringtap.testing.PacketBytes.ipv6Packet;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.ArrayList;
import java.util.List;

class Icmpv6Test extends PrinterBeside {
  private static final String ADDRESSES =
      "20010db8000000000000000000000002 20010db8000000000000000000000001";
  private static final String ADDRESS = "20010db8000000000000000000000009";

  @Override
  protected List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    byte[] datagram = udp(40000, 53, new byte[12]);
    byte[] extended = start().hex("1100 0104 00000000").bytes(datagram).toBytes();
    for (int code = 0; code < 7; code++) {
      samples.add(error("unreachable, " + code, "01%02x".formatted(code), quoted(17, datagram)));
    }
    samples.add(error("unreachable, TCP", "0104", quoted(6, datagram)));
    samples.add(error("unreachable, options", "0104", quoted(60, extended)));
    samples.add(error("unreachable, ESP", "0104", quoted(50, datagram)));
    samples.add(error("too big", "0200", quoted(17, datagram)));
    for (int code = 0; code < 3; code++) {
      samples.add(error("time exceeded, " + code, "03%02x".formatted(code), quoted(17, datagram)));
    }
    for (int code = 0; code < 5; code++) {
      samples.add(error("problem, " + code, "04%02x".formatted(code), quoted(17, datagram)));
    }
    samples.add(message("request", "80000000 00070001 0102030405060708"));
    samples.add(message("reply", "81000000 00070001 0102030405060708"));
    samples.add(message("router solicitation", "85000000 00000000 0101020000000001"));
    samples.add(
        message("neighbour solicitation", "87000000 00000000" + ADDRESS + "0101020000000001"));
    samples.add(
        message("neighbour advertisement", "88000000 e0000000" + ADDRESS + "0201020000000001"));
    samples.add(message("redirect", "89000000 00000000" + ADDRESS + ADDRESS + "0201020000000001"));
    samples.add(message("mobile advertisement", "93000000 0007c000 0101020000000001"));
    for (int type : new int[] {141, 142, 144, 145, 146, 147, 153, 200}) {
      samples.add(
          message("type " + type, "%02x000000 00070001".formatted(type) + ADDRESS + ADDRESS));
    }
    return samples;
  }

  private static byte[] quoted(int protocol, byte[] payload) {
    return ipv6Packet(ADDRESSES, protocol, payload);
  }

  private static Sample error(String name, String kind, byte[] quoted) {
    return ethernet(name, ipv6(58, start().hex(kind + "0000 00000028").bytes(quoted).toBytes()));
  }

  private static Sample message(String name, String hex) {
    return ethernet(name, ipv6(58, fromHex(hex)));
  }
}
