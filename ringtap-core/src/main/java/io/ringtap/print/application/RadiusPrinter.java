package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// RADIUS (RFC 2865, RFC 2866, RFC 5176): the kind of a message. Attributes are not printed.
public final class RadiusPrinter implements Protocol {
  private static final int BYTES = 20;

  private static final Names CODES =
      Names.of(
          """
          1 Access-Request
          2 Access-Accept
          3 Access-Reject
          4 Accounting-Request
          5 Accounting-Response
          11 Access-Challenge
          12 Status-Server
          13 Status-Client
          40 Disconnect-Request
          41 Disconnect-ACK
          42 Disconnect-NAK
          43 CoA-Request
          44 CoA-ACK
          45 CoA-NAK\
          """);

  private final Line line;

  public RadiusPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("radius");
    int claimed = line.needs(at, BYTES) ? line.u16(at + 2) : 0;
    if (claimed < BYTES) {
      line.invalid();
      return;
    }
    int code = line.u8(at);
    line.text("RADIUS, ").text(CODES.find(code, "Unknown Command"));
    line.print(" (%u), id: 0x%02x length: %u", code, line.u8(at + 1), Math.min(claimed, length));
  }
}
