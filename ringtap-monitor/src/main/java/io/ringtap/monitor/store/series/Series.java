package io.ringtap.monitor.store.series;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// All series of a store: probes, and windows of 10 seconds, a minute and an hour, which are sums
/// of the shorter ones.
///
/// Blocks of each tier are numbered, and a sum says of which blocks it is one. So each block goes
/// into exactly one sum, whatever the clock does and wherever a crash comes; what is not in one yet
/// is summed up after the next block.
///
/// One thread calls what writes.
public final class Series {
  private static final int SEGMENTS_IN_SHARE = 8; // deleting one frees so small a part

  private final Object lock = new Object();
  private final Tier probes;
  private final List<Tier> windows = new ArrayList<>(); // the finest first
  private final Damage damage = new Damage();
  private final SeriesReader reader;

  /// Opens what is there.
  ///
  /// @param storeId what files of this store have in their headers
  /// @param maxBytes of all files together, for [#limit]
  /// @param isWriter whether ends that a crash has torn are to be cut off
  /// @throws IOException with one clear line if there is a file that cannot be this store's
  public Series(Volume volume, long storeId, long maxBytes, boolean isWriter) throws IOException {
    probes = tier(volume, Resolution.PROBES, storeId, maxBytes);
    windows.add(tier(volume, Resolution.TEN_SECONDS, storeId, maxBytes));
    windows.add(tier(volume, Resolution.MINUTES, storeId, maxBytes));
    windows.add(tier(volume, Resolution.HOURS, storeId, maxBytes));
    probes.load(isWriter);
    for (Tier tier : windows) {
      tier.load(isWriter);
    }
    for (int i = 0; i < windows.size() - 1; i++) {
      windows.get(i).skipTo(windows.get(i + 1).sourceTo());
    }
    reader = new SeriesReader(lock, probes, windows, damage);
  }

  private Tier tier(Volume volume, Resolution resolution, long storeId, long maxBytes) {
    long segmentBytes = (long) (maxBytes * resolution.share()) / SEGMENTS_IN_SHARE;
    return new Tier(volume, resolution, storeId, segmentBytes, lock);
  }

  private List<Tier> all() {
    List<Tier> all = new ArrayList<>(windows);
    all.add(probes);
    return all;
  }

  /// Reads them.
  public SeriesReader reader() {
    return reader;
  }

  /// Appends a block of probes.
  public void appendProbes(BlockWriter block) throws IOException {
    probes.append(block);
  }

  /// Appends a block of windows of 10 seconds.
  public void appendWindows(BlockWriter block) throws IOException {
    windows.getFirst().append(block);
  }

  /// Sums up each minute and hour that is over.
  ///
  /// @param block what to build blocks with
  public void sumUp(BlockWriter block) throws IOException {
    for (int i = 0; i < windows.size() - 1; i++) {
      sumUp(windows.get(i), windows.get(i + 1), block);
    }
  }

  private void sumUp(Tier fine, Tier coarse, BlockWriter block) throws IOException {
    List<BlockRef> waiting;
    synchronized (lock) {
      waiting = fine.blocksAfter(coarse.sourceTo());
    }
    int begin = 0;
    for (int i = 0; i < waiting.size(); i++) {
      BlockRef last = waiting.get(i);
      long start = coarse.resolution().floor(last.startSeconds());
      boolean isOver =
          i + 1 < waiting.size()
              ? coarse.resolution().floor(waiting.get(i + 1).startSeconds()) != start
              : last.startSeconds() + fine.resolution().seconds()
                  == start + coarse.resolution().seconds();
      if (isOver) {
        write(waiting.subList(begin, i + 1), start, coarse, block);
        begin = i + 1;
      }
    }
  }

  private void write(List<BlockRef> parts, long start, Tier coarse, BlockWriter block)
      throws IOException {
    block.begin(start, parts.getFirst().sequence(), parts.getLast().sequence());
    try (Reading reading = new Reading(damage)) {
      MergedRows rows = new MergedRows(reading, parts);
      while (rows.next()) {
        rows.sum().write(block, rows.id());
      }
    }
    coarse.append(block);
  }

  /// Deletes what is too old or too much: of each tier at most one file that is too old, so that a
  /// clock that is wrong for a while does not cost the history; then the oldest file of the tier
  /// that is furthest above its share, until all fit.
  ///
  /// @param nowSeconds in seconds since the epoch
  /// @param ages how long each is kept
  public void limit(long nowSeconds, Map<Resolution, Duration> ages, long maxBytes)
      throws IOException {
    for (Tier tier : all()) {
      Duration age = ages.getOrDefault(tier.resolution(), Duration.ZERO);
      tier.deleteOneBefore(nowSeconds - age.toSeconds());
    }
    List<Tier> left = all();
    while (!left.isEmpty() && bytes() > maxBytes) {
      Tier largest = left.getFirst();
      for (Tier tier : left) {
        if (tier.bytes() / tier.resolution().share()
            > largest.bytes() / largest.resolution().share()) {
          largest = tier;
        }
      }
      if (!largest.deleteOldest()) {
        left.remove(largest);
      }
    }
  }

  /// All files together, in bytes.
  public long bytes() {
    long bytes = 0;
    for (Tier tier : all()) {
      bytes += tier.bytes();
    }
    return bytes;
  }

  /// How many blocks and parts of files have been found damaged so far.
  public int damaged() {
    int damaged = damage.count();
    for (Tier tier : all()) {
      damaged += tier.damaged();
    }
    return damaged;
  }

  /// How many files had torn ends when they were opened.
  public int torn() {
    int torn = 0;
    for (Tier tier : all()) {
      torn += tier.wasTorn() ? 1 : 0;
    }
    return torn;
  }

  /// Waits until all that was appended is on the disk.
  public void sync() throws IOException {
    for (Tier tier : all()) {
      tier.sync();
    }
  }

  /// Closes the files that are written.
  public void close() {
    for (Tier tier : all()) {
      tier.close();
    }
  }
}
