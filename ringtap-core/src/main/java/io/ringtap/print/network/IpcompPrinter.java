package io.ringtap.print.network;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// IPComp: the identifier of a compressed payload (RFC 3173 §3).
public final class IpcompPrinter implements Protocol {
  private static final int BYTES = 4;

  private final Line line;

  public IpcompPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("ipcomp");
    if (line.needs(at, BYTES)) {
      line.print("IPComp(cpi=0x%04x)", line.u16(at + 2));
    }
  }
}
