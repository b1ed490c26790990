package io.ringtap.monitor.store.series;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// All series of a store: probes, and windows of 10 seconds, a minute and an hour, which are sums
/// of the shorter ones.
///
/// A monitor that probes by itself has windows as time goes. In a fleet some come late and in any
/// order of time. These stand in files of their own and are summed up by themselves, so the others
/// remain one block for each ten seconds; whoever reads gets both added up.
///
/// One thread calls what writes.
public final class Series {
  private static final int SEGMENTS_IN_SHARE = 8; // deleting one frees so small a part

  private final Object lock = new Object();
  private final Damage damage = new Damage();
  private final Tier probes;
  private final Chain windows;
  private final Chain late;
  private final SeriesReader reader;

  /// Opens what is there.
  ///
  /// @param storeId what files of this store have in their headers
  /// @param maxBytes of all files together, for [#limitBytes]
  /// @param isWriter whether ends that a crash has torn are to be cut off
  /// @throws IOException with one clear line if there is a file that cannot be this store's
  public Series(Volume volume, long storeId, long maxBytes, boolean isWriter) throws IOException {
    probes = tier(volume, Resolution.PROBES, FileRule::inTime, storeId, maxBytes);
    windows =
        new Chain(
            length -> tier(volume, length, FileRule::inTime, storeId, maxBytes), lock, damage);
    late =
        new Chain(length -> tier(volume, length, FileRule::late, storeId, maxBytes), lock, damage);
    probes.load(isWriter);
    windows.load(isWriter);
    late.load(isWriter);
    reader = new SeriesReader(lock, probes, List.of(windows, late), damage);
  }

  private Tier tier(
      Volume volume,
      Resolution resolution,
      Function<Resolution, FileRule> rule,
      long storeId,
      long maxBytes) {
    long segmentBytes = (long) (maxBytes * resolution.share()) / SEGMENTS_IN_SHARE;
    return new Tier(volume, resolution, rule.apply(resolution), storeId, segmentBytes, lock);
  }

  private List<Tier> all() {
    List<Tier> all = new ArrayList<>(windows.tiers());
    all.addAll(late.tiers());
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
    windows.finest().append(block);
  }

  /// Appends a block of windows of 10 seconds that came so late that later ones have been appended.
  /// Any number may be of one time.
  public void appendLateWindows(BlockWriter block) throws IOException {
    late.finest().append(block);
  }

  /// How far it has been written, for [#cutTo]: that and nothing of the files is to be kept.
  public long[] marks() {
    return new long[] {windows.finest().lastSequence(), late.finest().lastSequence()};
  }

  /// Takes back all windows that were appended after [#marks], and their sums. To be called before
  /// anything is read.
  public void cutTo(long[] marks) throws IOException {
    windows.cutAfter(marks[0]);
    late.cutAfter(marks[1]);
  }

  /// Sums up each minute and hour that is over.
  ///
  /// @param block what to build blocks with
  public void sumUp(BlockWriter block) throws IOException {
    windows.sumUp(block);
    late.sumUp(block);
  }

  /// Deletes what is too old: of each tier at most one file, so that a clock that is wrong for a
  /// while does not cost the history.
  ///
  /// @param nowSeconds in seconds since the epoch
  /// @param ages how long each is kept
  public void limitAges(long nowSeconds, Map<Resolution, Duration> ages) throws IOException {
    for (Tier tier : all()) {
      Duration age = ages.getOrDefault(tier.resolution(), Duration.ZERO);
      tier.deleteOneBefore(nowSeconds - age.toSeconds());
    }
  }

  /// Deletes what is too much: the oldest file of the tier that is furthest above its share, until
  /// all fit.
  public void limitBytes(long maxBytes) throws IOException {
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
