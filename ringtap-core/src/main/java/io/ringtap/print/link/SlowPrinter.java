package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// The slow protocols of Ethernet, LACP among them (IEEE 802.1AX, IEEE 802.3 annex 57A). Their
/// values are not printed.
public final class SlowPrinter implements Protocol {
  private static final int LACP = 1;
  private static final int MARKER = 2;
  private static final int OAM = 3;

  private final Line line;

  public SlowPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("slow");
    int kind = line.u8(at);
    switch (kind) {
      case LACP -> version("LACPv", at, length);
      case MARKER -> version("MARKERv", at, length);
      case OAM -> line.print("OAM, length %u", length);
      default -> {
        line.print("unknown (%u), length %u", kind, length);
        line.hexDump("\n\t", at, length, false);
      }
    }
  }

  private void version(String name, long at, long length) {
    int version = line.u8(at + 1);
    line.text(name).print("%u, length %u", version, length);
    if (version != 1) {
      line.text(" packet not supported");
    }
  }
}
