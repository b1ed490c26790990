package io.ringtap.cli.filter;

import io.ringtap.cli.terminal.Output;
import io.ringtap.print.PacketPrinter;
import io.ringtap.print.PrintOptions;
import io.ringtap.savefile.SavefileReader;
import java.util.Locale;

/// A line for each packet, below one heading; the packet as `ringtap capture` shows it.
final class TrialLines implements TrialView {
  private static final int ENOUGH = 1 << 15; // characters
  private static final String HEADING = "number verdict instructions packet\n";
  private static final int NUMBER_WIDTH = 6;
  private static final int INSTRUCTIONS_WIDTH = 12;

  private final Output out;
  private final PacketPrinter printer;
  private final StringBuilder lines = new StringBuilder(2 * ENOUGH);

  TrialLines(Output out, PrintOptions options) {
    this.out = out;
    printer = new PacketPrinter(options, _ -> null);
  }

  @Override
  public void show(SavefileReader reader, long number, boolean matches, int instructions) {
    if (number == 1) {
      lines.append(HEADING);
    }
    appendRight(number, NUMBER_WIDTH);
    lines.append(matches ? " match   " : " no      ");
    appendRight(instructions, INSTRUCTIONS_WIDTH);
    lines.append(' ');
    int start = lines.length();
    printer.print(lines, reader);
    cutToOneLine(start);
    if (lines.length() >= ENOUGH) {
      flush();
    }
  }

  @Override
  public void summary(TrialCounts counts) {
    lines
        .append(counts.matched())
        .append(" of ")
        .append(counts.packets())
        .append(counts.packets() == 1 ? " packet matches" : " packets match");
    if (counts.packets() > 0) {
      lines
          .append("; ")
          .append(counts.instructions())
          .append(counts.instructions() == 1 ? " instruction" : " instructions")
          .append(" in all, ")
          .append(
              String.format(Locale.ROOT, "%.1f", (double) counts.instructions() / counts.packets()))
          .append(" a packet");
    }
    lines.append('\n');
    flush();
  }

  @Override
  public void flush() {
    if (!lines.isEmpty()) {
      out.text(lines);
      lines.setLength(0);
    }
  }

  /// Of a packet that the printer does not know it shows the bytes below its line.
  private void cutToOneLine(int start) {
    int end = lines.indexOf("\n", start);
    if (end + 1 < lines.length()) {
      boolean announcesOctets = lines.charAt(end - 1) == ' ' && lines.charAt(end - 2) == ':';
      lines.setLength(announcesOctets ? end - 2 : end);
      lines.append('\n');
    }
  }

  /// Appends a number behind blanks that make it `width` characters long.
  private void appendRight(long number, int width) {
    long beyond = 10; // the least number that is longer than the digits so far
    int digits = 1;
    while (digits < width && number >= beyond) {
      beyond *= 10;
      digits++;
    }
    lines.repeat(' ', width - digits).append(number);
  }
}
