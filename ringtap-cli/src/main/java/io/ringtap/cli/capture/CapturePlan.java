package io.ringtap.cli.capture;

import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Traffic;
import io.ringtap.print.PrintOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a command line asks for, checked.
///
/// @param count packets to show or write; [#UNLIMITED] for all
/// @param stats how often the counts are printed; null for only at the end
/// @param isJson whether counts are printed as objects
record CapturePlan(Input input, Form form, long count, @Nullable Duration stats, boolean isJson) {
  static final long UNLIMITED = Long.MAX_VALUE;

  /// Where packets come from.
  sealed interface Input {
    /// Interfaces.
    record Live(CaptureOptions options) implements Input {}

    /// A savefile.
    ///
    /// @param file a path or `-`
    /// @param filter what packets must pass; null passes all
    /// @param traffic the directions that are wanted
    /// @param snaplen the most bytes wanted of a packet
    record Saved(String file, @Nullable CaptureFilter filter, Traffic traffic, int snaplen)
        implements Input {}
  }

  /// What becomes of packets.
  sealed interface Form {
    /// They are shown as lines.
    record Lines(PrintOptions options) implements Form {}

    /// They are shown as JSON objects.
    ///
    /// @param hasData whether with their bytes
    record Objects(boolean hasData) implements Form {}

    /// They are written to a file.
    record Savefile(FileArguments.Plan plan) implements Form {}

    /// They are counted each second.
    record Rate() implements Form {}
  }
}
