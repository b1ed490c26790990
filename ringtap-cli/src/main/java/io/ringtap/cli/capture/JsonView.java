package io.ringtap.cli.capture;

import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.Frame;
import io.ringtap.print.PacketJson;
import org.jspecify.annotations.Nullable;

/// Packets as objects, a line each. They gather here, so that an object of any length is whole in
/// the output.
final class JsonView implements PacketView {
  private static final int ENOUGH = 1 << 15; // characters

  private final PacketJson packets;
  private final Output out;
  private final StringBuilder lines = new StringBuilder(2 * ENOUGH);

  JsonView(PacketJson packets, Output out) {
    this.packets = packets;
    this.out = out;
  }

  @Override
  public void show(Frame packet, @Nullable String interfaceName) {
    packets.print(lines, packet, interfaceName);
    lines.append('\n');
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
