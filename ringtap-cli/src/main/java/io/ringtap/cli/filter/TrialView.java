package io.ringtap.cli.filter;

import io.ringtap.cli.filter.FilterTrial.Counts;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.TextBuffer;
import io.ringtap.packet.Frame;
import io.ringtap.print.PacketJson;
import io.ringtap.print.PacketPrinter;
import io.ringtap.print.PrintOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows what a filter did with the packets of a file. One thread at a time uses it.
interface TrialView {
  /// Shows what became of a packet.
  ///
  /// @param interfaceName where it was captured; null where that is not known
  /// @param number of the packet in the file, from 1
  /// @param instructions that the program executed for it
  void show(
      Frame packet, @Nullable String interfaceName, long number, boolean matches, int instructions);

  /// Shows what became of all, and hands it over.
  void summary(Counts counts);

  /// Hands over what has gathered.
  void flush();

  /// A line for each packet, below one heading; the packet as `ringtap capture` shows it.
  final class Lines implements TrialView {
    private static final String HEADING = "number verdict instructions packet\n";
    private static final int NUMBER_WIDTH = 6;
    private static final int INSTRUCTIONS_WIDTH = 12;

    private final TextBuffer buffer;
    private final PacketPrinter printer;
    private final StringBuilder lines;

    Lines(Output out, PrintOptions options) {
      buffer = new TextBuffer(out);
      lines = buffer.text();
      printer = new PacketPrinter(options, _ -> null);
    }

    @Override
    public void show(
        Frame packet,
        @Nullable String interfaceName,
        long number,
        boolean matches,
        int instructions) {
      if (number == 1) {
        lines.append(HEADING);
      }
      appendRight(number, NUMBER_WIDTH);
      lines.append(matches ? " match   " : " no      ");
      appendRight(instructions, INSTRUCTIONS_WIDTH);
      lines.append(' ');
      int start = lines.length();
      printer.print(lines, packet);
      cutToOneLine(start);
      buffer.flushIfFull();
    }

    @Override
    public void summary(Counts counts) {
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
                String.format(
                    Locale.ROOT, "%.1f", (double) counts.instructions() / counts.packets()))
            .append(" a packet");
      }
      lines.append('\n');
      flush();
    }

    @Override
    public void flush() {
      buffer.flush();
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

    /// Appends a number after blanks that make it `width` characters long.
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

  /// An object for each packet, a line each, with the fields that `ringtap capture --json` has.
  final class Objects implements TrialView {

    private final TextBuffer buffer;
    private final PacketJson packets = new PacketJson(false);
    private final StringBuilder lines;

    Objects(Output out) {
      buffer = new TextBuffer(out);
      lines = buffer.text();
    }

    @Override
    public void show(
        Frame packet,
        @Nullable String interfaceName,
        long number,
        boolean matches,
        int instructions) {
      lines
          .append("{\"type\":\"packet\",\"number\":")
          .append(number)
          .append(",\"match\":")
          .append(matches)
          .append(",\"instructions\":")
          .append(instructions);
      packets.fields(lines, packet, interfaceName);
      lines.append("}\n");
      buffer.flushIfFull();
    }

    @Override
    public void summary(Counts counts) {
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
      buffer.flush();
    }
  }
}
