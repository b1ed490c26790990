package io.ringtap.monitor.store.series;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Windows of 10 seconds, a minute and an hour, of which the longer ones are sums of the shorter
/// ones.
///
/// Blocks of each tier are numbered, and a sum says of which blocks it is one. So each block goes
/// into exactly one sum, whatever the clock does and wherever a crash comes; what is not in one yet
/// is summed up after the next block.
final class Chain {
  private static final List<Resolution> LENGTHS =
      List.of(Resolution.TEN_SECONDS, Resolution.MINUTES, Resolution.HOURS);

  private final Object lock;
  private final Damage damage;
  private final List<Tier> tiers; // the finest first

  /// @param tier makes the tier of a length
  /// @param lock held while blocks are looked for
  Chain(Function<Resolution, Tier> tier, Object lock, Damage damage) {
    this.lock = lock;
    this.damage = damage;
    tiers = LENGTHS.stream().map(tier).toList();
  }

  /// Takes in the files that are there.
  ///
  /// @param isWriter whether ends that a crash has torn are to be cut off
  void load(boolean isWriter) throws IOException {
    for (Tier tier : tiers) {
      tier.load(isWriter);
    }
    for (int i = 0; i < tiers.size() - 1; i++) {
      tiers.get(i).skipTo(tiers.get(i + 1).sourceTo());
    }
  }

  List<Tier> tiers() {
    return tiers;
  }

  /// That of windows of 10 seconds.
  Tier finest() {
    return tiers.getFirst();
  }

  /// That of windows of an hour.
  Tier coarsest() {
    return tiers.getLast();
  }

  /// Which of the tiers has the longest windows that are no longer than this, from 0 on.
  static int level(int seconds) {
    int level = LENGTHS.size() - 1;
    while (LENGTHS.get(level).seconds() > seconds) {
      level--;
    }
    return level;
  }

  /// Takes back all windows of 10 seconds with a higher number, and all sums of such. To be called
  /// before anything is read.
  void cutAfter(long sequence) throws IOException {
    long first = finest().cutFrom(sequence + 1, false);
    for (Tier tier : tiers.subList(1, tiers.size())) {
      first = first == Long.MAX_VALUE ? first : tier.cutFrom(first, true);
    }
  }

  /// Sums up each minute and hour that is over.
  ///
  /// @param block what to build blocks with
  void sumUp(BlockWriter block) throws IOException {
    for (int i = 0; i < tiers.size() - 1; i++) {
      sumUp(tiers.get(i), tiers.get(i + 1), block);
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

  /// The blocks of a tier in a span of time; where it has none any more, those of longer windows;
  /// where it has none yet, those of shorter ones. Each probe is in exactly one of them. To be
  /// called with the lock held.
  List<BlockRef> blocks(int level, long from, long to) throws IOException {
    List<BlockRef> blocks = new ArrayList<>();
    long after = 0; // blocks up to this number are in longer ones that are taken
    for (int i = tiers.size() - 1; i > level; i--) {
      long last = tiers.get(i).lastWithSourceBefore(tiers.get(i - 1).firstSequence());
      tiers.get(i).blocks(from, to, after, last, blocks::add);
      after = tiers.get(i).sourceOf(Math.max(last, after));
    }
    tiers.get(level).blocks(from, to, after, Long.MAX_VALUE, blocks::add);
    for (int i = level - 1; i >= 0; i--) {
      long summedUp = tiers.get(i + 1).sourceTo();
      tiers.get(i).blocks(from, to, summedUp, Long.MAX_VALUE, blocks::add);
    }
    return blocks;
  }

  /// Calls with each block of a tier in a span of time, and with those of shorter windows that are
  /// to become such. To be called with the lock held.
  void blocksOf(int level, long from, long to, Consumer<BlockRef> each) throws IOException {
    for (int i = level; i >= 0; i--) {
      long after = i == level ? 0 : tiers.get(i + 1).sourceTo();
      tiers.get(i).blocks(from, to, after, Long.MAX_VALUE, each);
    }
  }
}
