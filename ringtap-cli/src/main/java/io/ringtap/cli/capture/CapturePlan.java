package io.ringtap.cli.capture;

import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Traffic;
import io.ringtap.cli.fleet.StreamArguments;
import io.ringtap.print.PrintOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a command line asks for, checked.
///
/// @param count packets to show or write; [#UNLIMITED] for all
/// @param stats how often the counts are printed; null for only at the end
/// @param isJson whether counts are printed as objects
/// @param isCount whether the number of a file's packets is printed at the end
/// @param isWatched whether the number of packets so far is printed each second
/// @param user the user that the process changes to once the source is open; null for none
record CapturePlan(
    Input input,
    Form form,
    long count,
    @Nullable Duration stats,
    boolean isJson,
    boolean isCount,
    boolean isWatched,
    @Nullable String user) {
  static final long UNLIMITED = Long.MAX_VALUE;

  /// Where packets come from.
  sealed interface Input {
    /// Interfaces.
    ///
    /// @param reloadsSets whether the filter's sets are read again when their files change
    record Live(CaptureOptions options, boolean reloadsSets) implements Input {}

    /// Savefiles, one after the other.
    ///
    /// @param option the option that names them
    /// @param files paths or `-`, at least one
    /// @param filter what packets must pass; null passes all
    /// @param traffic the directions that are wanted
    /// @param snaplen the most bytes wanted of a packet
    record Saved(
        String option,
        List<String> files,
        @Nullable CaptureFilter filter,
        Traffic traffic,
        int snaplen)
        implements Input {
      /// Copies the list.
      public Saved {
        files = List.copyOf(files);
      }
    }
  }

  /// What becomes of packets.
  sealed interface Form {
    /// They are shown as lines.
    ///
    /// @param isNumbered whether each begins with the packet's number
    record Lines(PrintOptions options, boolean isNumbered) implements Form {}

    /// They are shown as JSON objects.
    ///
    /// @param hasData whether with their bytes
    record Objects(boolean hasData) implements Form {}

    /// They are written to a file.
    ///
    /// @param shown how they are shown too; null if they are not
    record Savefile(FileArguments.Plan plan, @Nullable Form shown) implements Form {}

    /// They are written to a topic.
    record Stream(StreamArguments arguments) implements Form {}

    /// They are counted each second.
    record Rate() implements Form {}

    /// They are only counted.
    record Count() implements Form {}
  }
}
