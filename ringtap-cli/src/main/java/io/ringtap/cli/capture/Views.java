package io.ringtap.cli.capture;

import io.ringtap.cli.capture.CapturePlan.Form;
import io.ringtap.cli.terminal.Output;
import io.ringtap.print.PacketJson;
import io.ringtap.print.PacketPrinter;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Makes the view that a plan asks for.
final class Views {
  private Views() {}

  /// The view; null where packets are not to be shown.
  ///
  /// @param names the names of interfaces by index
  static @Nullable PacketView of(Form form, IntFunction<@Nullable String> names, Output out) {
    return switch (form) {
      case Form.Lines lines -> new LinesView(new PacketPrinter(lines.options(), names), out);
      case Form.Objects objects -> new JsonView(new PacketJson(objects.hasData()), out);
      case Form.Savefile _, Form.Rate _ -> null;
    };
  }
}
