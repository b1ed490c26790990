package io.ringtap.monitor.store;

import io.ringtap.monitor.store.series.ProbeRows;
import io.ringtap.monitor.store.series.Resolution;
import io.ringtap.monitor.store.series.SeriesReader;
import io.ringtap.monitor.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/// Reads a store. Any thread may, also while it is written.
///
/// All methods throw [UncheckedIOException] if the disk or the database does not let itself be
/// read. Parts of files that are damaged are left out and counted in [StoreStatus].
public final class History implements AutoCloseable {
  private final Supplier<StoreParts> parts;
  private final Supplier<List<StoredTarget>> targets;
  private final Runnable onClose;

  History(Supplier<StoreParts> parts, Supplier<List<StoredTarget>> targets, Runnable onClose) {
    this.parts = parts;
    this.targets = targets;
    this.onClose = onClose;
  }

  private interface Question<T> {
    T ask() throws IOException;
  }

  private static <T> T answer(Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SeriesReader series() {
    return parts.get().series().reader();
  }

  /// What became of a target's probes in a span of time, by rising time, without empty windows:
  /// from the finest windows that are still there and that are not too many. Longer ones are exact
  /// sums of shorter ones, so they overlap nowhere and leave nothing out.
  ///
  /// All windows have one length, except where only longer ones are left: old times have hours
  /// only.
  ///
  /// @param fromSeconds in seconds since the epoch; the window that it lies in is the first
  /// @param toSeconds the end; the window that it lies in is the last, with its whole length
  /// @param maxPoints how many windows at most, 2 or more
  public List<Window> windows(int targetId, long fromSeconds, long toSeconds, int maxPoints) {
    return answer(() -> series().windows(targetId, fromSeconds, toSeconds, maxPoints));
  }

  /// All windows of one length in a span of time, as far as there are any: by rising time, and
  /// those of one time by rising targets.
  ///
  /// @param resolution any but [Resolution#PROBES]
  /// @param fromSeconds in seconds since the epoch; the window that it lies in is the first
  /// @param toSeconds the end, not included
  /// @param isWanted of which targets
  public void windows(
      Resolution resolution,
      long fromSeconds,
      long toSeconds,
      IntPredicate isWanted,
      SeriesReader.WindowVisitor visitor) {
    answer(() -> {
      series().windows(resolution, fromSeconds, toSeconds, isWanted, visitor);
      return true;
    });
  }

  /// Each outcome of a target's probes in a span of time, as far as they are still there, in the
  /// order in which they were known.
  ///
  /// @param fromNanos in nanoseconds since the epoch
  /// @param toNanos the end, not included
  public void probes(int targetId, long fromNanos, long toNanos, Consumer<StoredProbe> consumer) {
    answer(() -> {
      series().probes(targetId, fromNanos, toNanos, visitor(consumer));
      return true;
    });
  }

  /// Each outcome in a span of time, as far as they are still there: 10 seconds after 10 seconds,
  /// in each by rising targets, and of each in the order in which they were known.
  ///
  /// @param fromNanos in nanoseconds since the epoch
  /// @param toNanos the end, not included
  /// @param isWanted of which targets
  public void probes(
      long fromNanos, long toNanos, IntPredicate isWanted, Consumer<StoredProbe> consumer) {
    answer(() -> {
      series().probes(fromNanos, toNanos, isWanted, visitor(consumer));
      return true;
    });
  }

  private static ProbeRows.Visitor visitor(Consumer<StoredProbe> consumer) {
    return (id, probe) ->
        consumer.accept(
            new StoredProbe(
                id,
                probe.outcome,
                probe.sequence,
                probe.epochNanos,
                probe.rttNanos,
                probe.hopLimit,
                probe.icmpType,
                probe.icmpCode,
                probe.errno));
  }

  /// The newest events, newest first.
  public List<StoredEvent> events(EventFilter filter) {
    return answer(() -> parts.get().ledger().events(filter));
  }

  /// All targets that are or were watched and of which there may be something, by their numbers.
  public List<StoredTarget> targets() {
    return targets.get();
  }

  /// Closes the files of a store that is only read; that of an open [Store] is closed with it.
  @Override
  public void close() {
    onClose.run();
  }
}
