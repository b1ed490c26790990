package io.ringtap.cli.filter;

import io.ringtap.cli.capture.print.PacketJson;
import io.ringtap.cli.terminal.JsonLines;
import io.ringtap.cli.terminal.Output;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileReader;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;

/// An object for each packet, a line each, with the fields that `ringtap capture --json` has.
final class TrialObjects implements TrialView {
  private static final int ENOUGH = 1 << 15; // octets

  private final Output out;
  private final PacketJson packets = new PacketJson(false);
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * ENOUGH);
  private final JsonGenerator json = JsonLines.generator(lines);

  TrialObjects(Output out) {
    this.out = out;
  }

  @Override
  public void show(SavefileReader reader, long number, boolean matches, int instructions) {
    SavefileInterface from = reader.interfaceOf(reader.interfaceId());
    json.writeStartObject();
    json.writeStringProperty("type", "packet");
    json.writeNumberProperty("number", number);
    json.writeBooleanProperty("match", matches);
    json.writeNumberProperty("instructions", instructions);
    String interfaceName = from.name();
    if (interfaceName != null) {
      json.writeStringProperty("interface", interfaceName);
    }
    packets.write(
        json,
        from.linkType(),
        reader.memory(),
        reader.offset(),
        reader.caplen(),
        reader.origlen(),
        reader.epochNanos());
    JsonLines.end(json);
    if (lines.size() >= ENOUGH) {
      flush();
    }
  }

  @Override
  public void summary(TrialCounts counts) {
    json.writeStartObject();
    json.writeStringProperty("type", "summary");
    json.writeNumberProperty("packets", counts.packets());
    json.writeNumberProperty("matched", counts.matched());
    json.writeNumberProperty("instructions", counts.instructions());
    JsonLines.end(json);
    flush();
  }

  @Override
  public void flush() {
    if (lines.size() > 0) {
      out.write(lines.toByteArray(), 0, lines.size());
      lines.reset();
    }
  }
}
