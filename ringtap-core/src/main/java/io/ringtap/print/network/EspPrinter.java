package io.ringtap.print.network;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// ESP of IPsec: its two clear numbers (RFC 4303 §2).
public final class EspPrinter implements Protocol {
  private static final int BYTES = 8; // in the clear

  private final Line line;

  public EspPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("esp");
    if (!line.has(at, BYTES + 1)) {
      line.mark("esp");
      return;
    }
    line.print("ESP(spi=0x%08x,seq=0x%x), length %u", line.u32(at), line.u32(at + 4), length);
  }
}
