package io.ringtap.cli.capture;

import io.ringtap.cli.capture.CapturePlan.Form;
import io.ringtap.cli.terminal.Output;
import io.ringtap.cli.terminal.Printable;
import io.ringtap.cli.terminal.TextBuffer;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.print.PacketJson;
import io.ringtap.print.PacketPrinter;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Shows the packets of one thread of the source on standard output, as lines or as objects. When
/// the reader of standard output is slower than the packets, the thread waits; of interfaces, the
/// kernel's buffer fills then, and what finds no room there is counted.
final class PacketView implements PacketHandler {
  private interface Format {
    /// Appends a packet with the end of its line.
    void append(StringBuilder text, Frame packet);
  }

  private final Format format;
  private final TextBuffer buffer;

  private PacketView(Format format, Output out) {
    this.format = format;
    this.buffer = new TextBuffer(out);
  }

  /// The view that a plan asks for; null where packets are not to be shown.
  ///
  /// @param input knows the names of interfaces
  /// @param numbers those of packets, in the order in which they are shown
  static @Nullable PacketView of(Form form, PacketInput input, LongSupplier numbers, Output out) {
    return switch (form) {
      case Form.Lines lines -> {
        PacketPrinter printer =
            new PacketPrinter(lines.options(), index -> printable(input.nameOf(index)));
        yield new PacketView(
            lines.isNumbered()
                ? (text, packet) -> {
                  appendNumber(text, numbers.getAsLong());
                  printer.print(text, packet);
                }
                : printer::print,
            out);
      }
      case Form.Objects objects -> {
        PacketJson json = new PacketJson(objects.hasData());
        yield new PacketView(
            (text, packet) -> {
              json.print(text, packet, numbers.getAsLong(), input.nameOf(packet));
              text.append('\n');
            },
            out);
      }
      case Form.Savefile file ->
          file.shown() == null ? null : of(file.shown(), input, numbers, out);
      case Form.Stream _, Form.Rate _, Form.Count _ -> null;
    };
  }

  /// Appends a number as tcpdump does: at the right of five places, or more if it needs them.
  private static void appendNumber(StringBuilder text, long number) {
    for (long beyond = 10_000; beyond > 1 && number < beyond; beyond /= 10) {
      text.append(' ');
    }
    text.append(number).append("  ");
  }

  private static @Nullable String printable(@Nullable String name) {
    return name == null ? null : Printable.of(name);
  }

  @Override
  public void onPacket(Frame packet) {
    format.append(buffer.text(), packet);
    buffer.flushIfFull();
  }

  @Override
  public void onDrained(long completeUntil) {
    buffer.flush();
  }
}
