package io.ringtap.print.network;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// The authentication header of IPsec, and what follows it (RFC 4302 §2).
public final class AhPrinter implements Protocol {
  private static final long UNIT = 4; // bytes
  private static final int FIXED = 12; // bytes before the integrity check value

  private final Line line;
  private final IpPayload payload;

  public AhPrinter(Line line, IpPayload payload) {
    this.line = line;
    this.payload = payload;
  }

  @Override
  public void print(long at, long length) {
    line.enter("ah");
    int nextHeader = line.u8(at);
    line.text("AH");
    int units = line.u8(at + 1);
    line.text("(");
    long bytes = (units + 2) * UNIT;
    if (line.isVerbose()) {
      line.print("length=%u(%u-bytes),", units, bytes);
    }
    int reserved = line.u16(at + 2);
    if (reserved != 0) {
      line.print("reserved=0x%x[MustBeZero],", reserved);
    }
    line.print("spi=0x%08x,", line.u32(at + 4));
    line.print("seq=0x%x,icv=0x", line.u32(at + 8));
    line.hexBytes(at + FIXED, bytes - FIXED);
    line.text("): ");
    if (!line.isCut()) {
      payload.print(nextHeader, at + bytes, length - bytes);
    }
  }
}
