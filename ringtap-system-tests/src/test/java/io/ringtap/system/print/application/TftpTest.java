package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.udp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class TftpTest extends PrinterBeside {
  @Override
  protected List<Sample> samples() {
    return List.of(
        message("read", 1, "pxelinux.0\0octet\0"),
        message("write with options", 2, "a\0netascii\0blksize\0" + "1428\0tsize\0" + "0\0"),
        message("data", 3, "\0\u0001abcd"),
        message("acknowledgment", 4, "\0\u0001"),
        message("error", 5, "\0\u0001File not found\0"),
        message("unknown error", 5, "\0cx\0"),
        message("options", 6, "blksize\0" + "1428\0"),
        message("unknown", 7, "ab"),
        message("nothing after the operation", 1, ""),
        message("name without an end", 1, "abc"),
        message("mode without an end", 1, "abc\0oc"),
        message("no name", 1, "\0octet\0"),
        message("no mode", 1, "a\0"),
        message("empty mode", 1, "a\0\0b\0"),
        message("error without a text", 5, "\0\u0001"),
        message("error without an end", 5, "\0\u0001abc"),
        message("control characters", 1, "a\u0001b\u007f\0octet\0"),
        message("half a number", 4, "\0"),
        message("no options", 6, ""),
        ethernet("one byte", ipv4(17, udp(1000, 69, new byte[1]))));
  }

  private static Sample message(String name, int operation, String text) {
    byte[] message = start().u16(operation).text(text).toBytes();
    return ethernet(name, ipv4(17, udp(1000, 69, message)));
  }
}
