package io.ringtap.monitor.store.series;

import io.ringtap.monitor.window.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// Answers questions from series. Any thread may ask.
public final class SeriesReader {
  /// Lengths of windows that are given, in seconds; each is a multiple of a tier's and divides the
  /// next tier's. Longer ones double the last.
  private static final int[] LENGTHS = {
    10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
    604_800, 2_592_000
  };

  private static final long SECOND = 1_000_000_000L;

  private final Object lock;
  private final Tier probes;
  private final List<Chain> chains; // that in time first
  private final Damage damage;

  SeriesReader(Object lock, Tier probes, List<Chain> chains, Damage damage) {
    this.lock = lock;
    this.probes = probes;
    this.chains = chains;
    this.damage = damage;
  }

  /// Hears of windows.
  public interface WindowVisitor {
    /// One of them.
    void visit(int id, Window window);
  }

  /// How long windows must be so that not more than so many cover a span of time, in seconds.
  static int length(long fromSeconds, long toSeconds, int maxPoints) {
    for (int length : LENGTHS) {
      if (points(fromSeconds, toSeconds, length) <= maxPoints) {
        return length;
      }
    }
    int length = LENGTHS[LENGTHS.length - 1];
    while (length < Integer.MAX_VALUE / 2 && points(fromSeconds, toSeconds, length) > maxPoints) {
      length *= 2;
    }
    return length;
  }

  private static long points(long fromSeconds, long toSeconds, int length) {
    return Math.ceilDiv(toSeconds, length) - Math.floorDiv(fromSeconds, length);
  }

  /// A target's windows; see [History#windows][io.ringtap.monitor.store.History#windows].
  public List<Window> windows(int id, long fromSeconds, long toSeconds, int maxPoints)
      throws IOException {
    if (fromSeconds >= toSeconds) {
      return List.of();
    }
    int length = length(fromSeconds, toSeconds, maxPoints);
    long begin = Math.floorDiv(fromSeconds, length) * length;
    long end = Math.ceilDiv(toSeconds, length) * length;
    List<BlockRef> blocks = new ArrayList<>();
    synchronized (lock) {
      for (Chain chain : chains) {
        blocks.addAll(chain.blocks(Chain.level(length), begin, end));
      }
    }
    // Longest first, for what lies in a longer one belongs to that.
    blocks.sort(Comparator.comparing(BlockRef::resolution).reversed());
    NavigableMap<Long, Span> spans = new TreeMap<>();
    try (Reading reading = new Reading(damage)) {
      BlockReader reader = new BlockReader();
      for (BlockRef block : blocks) {
        if (reading.open(block, reader)) {
          if (reader.find(id)) {
            span(spans, block, length).sum.add(block.startSeconds(), reader.row());
          }
          reading.done(block, reader);
        }
      }
    }
    List<Window> found = new ArrayList<>(spans.size());
    spans.forEach((start, span) -> found.add(span.sum.toWindow(start, span.seconds)));
    return found;
  }

  /// Windows that become one.
  private static final class Span {
    final int seconds;
    final WindowSum sum = new WindowSum();

    Span(int seconds) {
      this.seconds = seconds;
    }
  }

  /// Where a block belongs: in one that is there, if it lies in that, else in one of this length.
  private static Span span(NavigableMap<Long, Span> spans, BlockRef block, int length) {
    long start = block.startSeconds();
    Map.Entry<Long, Span> before = spans.floorEntry(start);
    if (before != null && before.getKey() + before.getValue().seconds > start) {
      return before.getValue();
    }
    int seconds = Math.max(length, block.resolution().seconds());
    Span span = new Span(seconds);
    spans.put(Math.floorDiv(start, seconds) * seconds, span);
    return span;
  }

  /// All windows of one length in a span of time, as far as there are any: by rising time, and
  /// those of one time by rising targets. Where the clock was set back, or windows came late, those
  /// of one time become one.
  ///
  /// @param resolution not [Resolution#PROBES]
  /// @param isWanted of which targets
  public void windows(
      Resolution resolution,
      long fromSeconds,
      long toSeconds,
      IntPredicate isWanted,
      WindowVisitor visitor)
      throws IOException {
    Map<Long, List<BlockRef>> byTime = new TreeMap<>();
    synchronized (lock) {
      for (Chain chain : chains) {
        chain.blocksOf(
            Chain.level(resolution.seconds()),
            fromSeconds,
            toSeconds,
            block ->
                byTime
                    .computeIfAbsent(resolution.floor(block.startSeconds()), _ -> new ArrayList<>())
                    .add(block));
      }
    }
    for (Map.Entry<Long, List<BlockRef>> time : byTime.entrySet()) {
      try (Reading reading = new Reading(damage)) {
        MergedRows rows = new MergedRows(reading, time.getValue());
        while (rows.next()) {
          if (isWanted.test(rows.id())) {
            visitor.visit(rows.id(), rows.sum().toWindow(time.getKey(), resolution.seconds()));
          }
        }
      }
    }
  }

  /// When the newest windows of 10 seconds end, in seconds since the epoch; 0 if there are none.
  public long endSeconds() throws IOException {
    synchronized (lock) {
      return chains.getFirst().finest().endSeconds();
    }
  }

  /// The median round-trip time of a target in an hour that is over, in nanoseconds; -1 if there is
  /// none.
  ///
  /// @param startSeconds when it begins, in seconds since the epoch
  public long median(int id, long startSeconds) throws IOException {
    List<BlockRef> blocks = new ArrayList<>();
    synchronized (lock) {
      for (Chain chain : chains) {
        chain.coarsest().blocks(startSeconds, startSeconds + 1, 0, Long.MAX_VALUE, blocks::add);
      }
    }
    WindowSum sum = new WindowSum();
    try (Reading reading = new Reading(damage)) {
      for (BlockRef block : blocks) {
        BlockReader reader = new BlockReader();
        if (reading.open(block, reader) && reader.find(id)) {
          sum.add(startSeconds, reader.row());
        }
      }
    }
    return sum.rtt().quantile(0.5);
  }

  /// The outcomes of some targets in a span of time: block by block as they were written, in each
  /// by rising targets, and of each in the order in which they were known.
  ///
  /// @param fromNanos in nanoseconds since the epoch
  /// @param toNanos the end, not included
  /// @param isWanted of which targets
  public void probes(long fromNanos, long toNanos, IntPredicate isWanted, ProbeRows.Visitor visitor)
      throws IOException {
    scanProbes(
        fromNanos,
        toNanos,
        (reader, each) -> {
          while (reader.next()) {
            if (isWanted.test(reader.id())) {
              each.run();
            }
          }
        },
        visitor);
  }

  /// The outcomes of one target in a span of time, in the order in which they were known.
  public void probes(int id, long fromNanos, long toNanos, ProbeRows.Visitor visitor)
      throws IOException {
    scanProbes(
        fromNanos,
        toNanos,
        (reader, each) -> {
          if (reader.find(id)) {
            each.run();
          }
        },
        visitor);
  }

  private interface RowChoice {
    void choose(BlockReader reader, Runnable each) throws IOException;
  }

  private void scanProbes(long fromNanos, long toNanos, RowChoice choice, ProbeRows.Visitor visitor)
      throws IOException {
    // A block may have outcomes that were known a little before or after its time.
    long margin = probes.resolution().seconds();
    List<BlockRef> blocks = new ArrayList<>();
    synchronized (lock) {
      probes.blocks(
          Math.floorDiv(fromNanos, SECOND) - margin,
          Math.ceilDiv(toNanos, SECOND) + margin,
          0,
          Long.MAX_VALUE,
          blocks::add);
    }
    blocks.sort(Comparator.comparingLong(BlockRef::startSeconds));
    ProbeRows.Fields fields = new ProbeRows.Fields();
    ProbeRows.Visitor inTime =
        (id, probe) -> {
          if (probe.epochNanos >= fromNanos && probe.epochNanos < toNanos) {
            visitor.visit(id, probe);
          }
        };
    try (Reading reading = new Reading(damage)) {
      BlockReader reader = new BlockReader();
      for (BlockRef block : blocks) {
        if (reading.open(block, reader)) {
          choice.choose(reader, () -> ProbeRows.read(reader, fields, inTime));
          reading.done(block, reader);
        }
      }
    }
  }
}
