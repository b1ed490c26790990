package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// HSRP, version 1 (RFC 2281).
public final class HsrpPrinter implements Protocol {
  private static final Names OPERATIONS =
      Names.of(
          """
          0 hello
          1 coup
          2 resign\
          """);

  private static final Names STATES =
      Names.of(
          """
          0 initial
          1 learn
          2 listen
          4 speak
          8 standby
          16 active\
          """);

  private final Line line;

  public HsrpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("hsrp");
    int version = line.u8(at);
    line.print("HSRPv%u", version);
    if (version != 0) {
      return;
    }
    line.text("-");
    int operation = line.u8(at + 1);
    line.name(OPERATIONS.find(operation), "unknown (%u)", operation).print(" %u: ", length);
    int state = line.u8(at + 2);
    line.text("state=").name(STATES.find(state), "Unknown (%u)", state).text(" ");
    line.print("group=%u ", line.u8(at + 6));
    int reserved = line.u8(at + 7);
    if (reserved != 0) {
      line.print("[reserved=%u!] ", reserved);
    }
    if (line.needs(at + 16, 4)) {
      line.text("addr=").ipv4(at + 16);
    }
    if (line.isVerbose()) {
      line.text(" hellotime=").duration(line.u8(at + 3));
      line.text(" holdtime=").duration(line.u8(at + 4));
      line.print(" priority=%u", line.u8(at + 5));
      line.text(" auth=\"").paddedText(at + 8, 8).text("\"");
    }
  }
}
