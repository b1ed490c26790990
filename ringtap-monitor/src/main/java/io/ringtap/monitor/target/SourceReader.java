package io.ringtap.monitor.target;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a source lists, again and again. One thread at a time, which may have to wait.
interface SourceReader {
  /// Reads what has changed.
  ///
  /// @param isForced whether to read even what looks unchanged, and what may still be being written
  /// @return null if nothing has changed since the last call
  @Nullable Reading read(boolean isForced) throws InterruptedException;

  /// What a source lists.
  ///
  /// @param listed all of it; where something could not be read, what that listed before
  /// @param problems what cannot be read, each in one line with its place
  /// @param failures how many of these are found by this reading
  record Reading(List<Listed> listed, List<String> problems, int failures) {}

  /// A source cannot be read. The message is one line with the place.
  final class SourceProblem extends Exception {
    private static final long serialVersionUID = 1L;

    SourceProblem(String message) {
      super(message);
    }
  }
}
