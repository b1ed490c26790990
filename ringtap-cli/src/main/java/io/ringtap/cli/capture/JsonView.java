package io.ringtap.cli.capture;

import io.ringtap.cli.capture.print.PacketJson;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.packet.LinkType;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Packets as objects, a line each. They gather here, so that an object of any length is whole in
/// the output.
final class JsonView implements PacketView {
  private static final int ENOUGH = 1 << 15; // octets

  private final PacketJson packets;
  private final Output out;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * ENOUGH);
  private final JsonGenerator json = JsonLines.generator(lines);

  JsonView(PacketJson packets, Output out) {
    this.packets = packets;
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
    json.writeStartObject();
    json.writeStringProperty("type", "packet");
    if (interfaceName != null) {
      json.writeStringProperty("interface", interfaceName);
    }
    packets.write(json, linkType, memory, offset, caplen, origlen, epochNanos);
    JsonLines.end(json);
    if (lines.size() >= ENOUGH) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (lines.size() > 0) {
      out.write(lines.toByteArray(), 0, lines.size());
      lines.reset();
    }
  }
}
