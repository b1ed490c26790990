package io.ringtap.cli.filter;

import io.ringtap.cli.terminal.Output;
import io.ringtap.print.PacketJson;
import io.ringtap.savefile.SavefileReader;

/// An object for each packet, a line each, with the fields that `ringtap capture --json` has.
final class TrialObjects implements TrialView {
  private static final int ENOUGH = 1 << 15; // characters

  private final Output out;
  private final PacketJson packets = new PacketJson(false);
  private final StringBuilder lines = new StringBuilder(2 * ENOUGH);

  TrialObjects(Output out) {
    this.out = out;
  }

  @Override
  public void show(SavefileReader reader, long number, boolean matches, int instructions) {
    lines
        .append("{\"type\":\"packet\",\"number\":")
        .append(number)
        .append(",\"match\":")
        .append(matches)
        .append(",\"instructions\":")
        .append(instructions);
    packets.fields(lines, reader, reader.interfaceOf(reader.interfaceId()).name());
    lines.append("}\n");
    if (lines.length() >= ENOUGH) {
      flush();
    }
  }

  @Override
  public void summary(TrialCounts counts) {
    lines
        .append("{\"type\":\"summary\",\"packets\":")
        .append(counts.packets())
        .append(",\"matched\":")
        .append(counts.matched())
        .append(",\"instructions\":")
        .append(counts.instructions())
        .append("}\n");
    flush();
  }

  @Override
  public void flush() {
    if (!lines.isEmpty()) {
      out.text(lines);
      lines.setLength(0);
    }
  }
}
