package io.ringtap.cli.capture;

import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.Frame;
import io.ringtap.print.PacketPrinter;
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
  public void show(Frame packet, @Nullable String interfaceName) {
    printer.print(lines, packet);
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
