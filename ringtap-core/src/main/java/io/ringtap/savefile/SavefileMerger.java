package io.ringtap.savefile;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Steps through several savefiles at once, packet by packet in the order of their stamps. The
/// packets of each file stay in the order that they have there; of equal stamps the earlier file's
/// comes first. All other blocks come before the packet that they precede in their file.
///
/// ```java
/// try (var copy = SavefileCopy.open(target, options.withOneSection())) {
///   for (SavefileReader at; (at = merger.next()) != null; ) {
///     copy.write(at);
///   }
/// }
/// ```
///
/// For one thread, that of the readers.
public final class SavefileMerger {
  private record Source(SavefileReader reader, int rank) {
    boolean isAtPacket() {
      return reader.isPacket();
    }

    long stamp() {
      return reader.isPacket() ? reader.epochNanos() : Long.MIN_VALUE;
    }
  }

  private final PriorityQueue<Source> sources;
  private @Nullable Source last; // the one handed out, which has to step on

  /// Begins before the first block of each reader.
  ///
  /// @param readers which nobody else moves from now on; not closed here
  /// @throws IOException if one cannot be read
  public SavefileMerger(List<SavefileReader> readers) throws IOException {
    sources =
        new PriorityQueue<>(
            Math.max(1, readers.size()),
            Comparator.comparing(Source::isAtPacket)
                .thenComparingLong(Source::stamp)
                .thenComparingInt(Source::rank));
    for (int i = 0; i < readers.size(); i++) {
      offer(new Source(readers.get(i), i));
    }
  }

  /// Moves to the next packet or block.
  ///
  /// @return the reader that is at it; null at the end of all
  /// @throws MalformedSavefile if that file is damaged there: the others go on with the next call
  /// @throws IOException if it cannot be read
  public @Nullable SavefileReader next() throws IOException {
    Source moved = last;
    last = null;
    if (moved != null) {
      offer(moved);
    }
    last = sources.poll();
    return last == null ? null : last.reader();
  }

  private void offer(Source source) throws IOException {
    if (source.reader().nextBlock()) {
      sources.add(source);
    }
  }
}
