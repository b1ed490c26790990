package io.ringtap.monitor.store.series;

import static io.ringtap.monitor.store.series.BlockFormat.SEQUENCE;
import static io.ringtap.monitor.store.series.BlockFormat.SOURCE_FROM;
import static io.ringtap.monitor.store.series.BlockFormat.SOURCE_TO;
import static io.ringtap.monitor.store.series.BlockFormat.START;

import java.util.Arrays;

/// Where the blocks of a file are. Immutable for whoever has it, though a longer one may share its
/// array.
final class BlockIndex {
  static final BlockIndex EMPTY = new BlockIndex(new long[0], 0, 0);

  private static final int WORDS = 5;
  private static final int FIRST_ROOM = 8;

  private final long[] words;
  private final int count;
  private final int damaged;

  private BlockIndex(long[] words, int count, int damaged) {
    this.words = words;
    this.count = count;
    this.damaged = damaged;
  }

  /// With one more. Only the longest may be given more.
  ///
  /// @param header the block's
  /// @param place where it stands
  BlockIndex with(byte[] header, long place) {
    int at = count * WORDS;
    long[] more =
        at < words.length ? words : Arrays.copyOf(words, Math.max(FIRST_ROOM * WORDS, at * 2));
    more[at] = Bytes.getLong(header, START);
    more[at + 1] = place;
    more[at + 2] = Bytes.getLong(header, SEQUENCE);
    more[at + 3] = Bytes.getLong(header, SOURCE_FROM);
    more[at + 4] = Bytes.getLong(header, SOURCE_TO);
    return new BlockIndex(more, count + 1, damaged);
  }

  /// Without the last ones.
  BlockIndex withoutLast(int blocks) {
    return new BlockIndex(words, count - blocks, damaged);
  }

  /// With this many damaged places.
  BlockIndex withDamaged(int places) {
    return new BlockIndex(words, count, places);
  }

  /// How many blocks there are.
  int count() {
    return count;
  }

  /// At how many places something else stands than a block.
  int damaged() {
    return damaged;
  }

  /// When a block begins.
  long start(int block) {
    return words[block * WORDS];
  }

  /// Where it stands in the file.
  long place(int block) {
    return words[block * WORDS + 1];
  }

  /// Its number in its tier. They rise.
  long sequence(int block) {
    return words[block * WORDS + 2];
  }

  /// The first block of the finer tier that it is the sum of.
  long sourceFrom(int block) {
    return words[block * WORDS + 3];
  }

  /// The last of them.
  long sourceTo(int block) {
    return words[block * WORDS + 4];
  }
}
