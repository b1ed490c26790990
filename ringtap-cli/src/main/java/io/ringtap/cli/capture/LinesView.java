package io.ringtap.cli.capture;

import io.ringtap.cli.capture.print.PacketPrinter;
import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.LinkType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Packets as lines, which gather while packets come without a pause: to hand over each would cost
/// a lock and a wake-up.
final class LinesView implements PacketView {
  private static final int ENOUGH = 1 << 15; // characters

  private final PacketPrinter printer;
  private final Output out;
  private final StringBuilder lines = new StringBuilder(2 * ENOUGH);

  LinesView(PacketPrinter printer, Output out) {
    this.printer = printer;
    this.out = out;
  }

  @Override
  public void show(
      LinkType linkType,
      MemorySegment memory,
      long offset,
      int caplen,
      int origlen,
      long epochNanos,
      @Nullable String interfaceName) {
    printer.print(lines, linkType, memory, offset, caplen, origlen, epochNanos);
    if (lines.length() >= ENOUGH) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (!lines.isEmpty()) {
      out.text(lines);
      lines.setLength(0);
    }
  }
}
