package io.ringtap.system.print.network;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class TcpOptionsTest extends PrinterBeside {
  @Override
  protected List<Sample> samples() {
    return List.of(
        segment("connection", "020405b4 0402 080a f0000001 00000000 01 030307"),
        segment("SACK", "0101 0512 00000001 00000002 00000003 00000004"),
        segment("SACK of a wrong length", "0101 0506 00000001").wholeOnly("an option that is cut"),
        segment("fast open", "2208 010203040506 0101"),
        segment("fast open, request", "2202 0101"),
        segment("user timeout", "1c04 8005"),
        segment("authentication", "1d10 0102 0102030405060708090a0b0c"),
        segment("echo", "0606 00000001 0706 00000002 0101 0101"),
        segment("transactions", "0b06 00000001 0c06 00000002 0d06 00000003 0101"),
        segment("SCPS", "1404 0102"),
        segment("fast open, too short", "2204 0102"),
        segment("authentication, no code", "1d04 0102"),
        segment("authentication, too short", "1d03 01 01").wholeOnly("an option that is cut"),
        segment("experiment of another kind", "fe06 1234 0102 0101"),
        segment("experiment", "fd06 f989 0102 0101"),
        segment("unknown", "4206 01020304 0101"),
        segment("unknown without a value", "4202 0101"),
        segment("multipath", "1e0c 00 81 0102030405060708"),
        segment("end", "0101 01 00 00000000"));
  }

  private static Sample segment(String name, String options) {
    byte[] segment = tcp(40000, 9000, 1, 1, 0x12, options, start().text("abc").toBytes());
    return ethernet(name, ipv4(6, segment));
  }
}
