package io.ringtap.system.print.application;

import static io.ringtap.system.print.Sample.ethernet;
import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;

import io.ringtap.system.print.PrinterBeside;
import io.ringtap.system.print.Sample;
import java.util.List;

class RespTest extends PrinterBeside {
  @Override
  protected List<Sample> samples() {
    return List.of(
        segment("command", "*2\r\n$3\r\nGET\r\n$1\r\na\r\n"),
        segment("two commands", "*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPING\r\n"),
        segment("simple string", "+PONG\r\n"),
        segment("error", "-ERR unknown command\r\n"),
        segment("integer", ":1000\r\n"),
        segment("nothing", "$-1\r\n*-1\r\n"),
        segment("empty", "$0\r\n\r\n*0\r\n"),
        segment("array in an array", "*2\r\n*1\r\n:1\r\n+a\r\n"),
        segment("text", "PING\r\nPING\n\nPING\r\n"),
        segment("only ends of lines", "\r\n\r\n"),
        segment("text without an end", "PING"),
        segment("not a length", "$a\r\nabc\r\n"),
        segment("no carriage return", "$3\nabc\r\n"),
        segment("no line feed", "$3\rxabc\r\n"),
        segment("negative length", "$-3\r\n"),
        segment("too large a length", "$99999999999\r\n"),
        segment("longer than the segment", "$300\r\nabc"),
        segment("control characters", "$4\r\na\u0001\u001bb\r\n"));
  }

  private static Sample segment(String name, String text) {
    byte[] payload = start().text(text).toBytes();
    return ethernet(name, ipv4(6, tcp(40000, 6379, 1, 1, 0x18, "", payload)));
  }
}
