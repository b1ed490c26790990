package io.ringtap.cli.source;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureFilter;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.SavefileCapture;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.StandardInput;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.FilterException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens what a command line names to take packets from, and distinguishes what is wrong with the
/// command line from what the system refused.
public final class CaptureOpening {
  private CaptureOpening() {}

  /// Opens interfaces.
  ///
  /// @throws BadArgument if there is no such interface or namespace, or the options do not go
  ///   together
  /// @throws FilterException if the filter is not valid
  /// @throws IOException if the system refuses
  public static Capture open(CaptureOptions options) throws BadArgument, IOException {
    try {
      return Capture.open(options);
    } catch (FilterException e) {
      throw e; // the command knows which file it stands in
    } catch (IllegalArgumentException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    } catch (LinuxException e) {
      boolean isUnknown =
          e.errno().equals(Errno.ENODEV)
              || (e.errno().equals(Errno.ENOENT) && e.operation().equals("open"));
      if (isUnknown) {
        throw new BadArgument(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /// Opens a savefile.
  ///
  /// @param option that names it, for messages
  /// @param file a path, or `-` for standard input
  /// @param filter what packets must pass; null passes all
  /// @param onSignal takes what a signal is to do while the file's head is awaited
  /// @throws BadArgument if it cannot be opened, or is not a savefile
  /// @throws FilterException if the filter does not fit it
  public static SavefileCapture open(
      String option, String file, @Nullable CaptureFilter filter, Consumer<Runnable> onSignal)
      throws BadArgument {
    try {
      if (file.equals(StandardInput.DASH)) {
        StandardInput standardInput = new StandardInput();
        onSignal.accept(standardInput::end); // it may not come for long
        return SavefileCapture.of(standardInput, StandardInput.NAME, filter);
      }
      onSignal.accept(() -> {}); // it will not take long
      return SavefileCapture.open(Path.of(file), filter);
    } catch (InvalidPathException e) {
      throw new BadArgument(option + " '" + file + "' is not a file name");
    } catch (IOException e) {
      throw new BadArgument(String.valueOf(e.getMessage()));
    }
  }
}
