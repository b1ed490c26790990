package io.ringtap.cli.source;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.cli.run.BadArgument;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.filter.FilterException;
import java.io.IOException;

/// Opens the capture that a command line asks for, and tells what was wrong with the command line
/// from what the system refused.
public final class CaptureOpening {
  private CaptureOpening() {}

  /// Opens it.
  ///
  /// @throws BadArgument if there is no such interface or namespace, the filter is none, or the
  ///   options do not go together
  /// @throws IOException if the system refuses
  public static Capture open(CaptureOptions options) throws BadArgument, IOException {
    try {
      return Capture.open(options);
    } catch (FilterException e) {
      throw BadArgument.of(e);
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
}
