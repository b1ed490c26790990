package io.ringtap.monitor.store.series;

import static io.ringtap.monitor.store.series.BlockFormat.FILE_HEADER;
import static io.ringtap.monitor.store.series.BlockFormat.HEADER;
import static io.ringtap.monitor.store.series.BlockFormat.LENGTH;
import static io.ringtap.monitor.store.series.BlockFormat.START;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One series file and where its blocks are. Their times rise within a file, unless it is one of
/// windows that came late: where the clock was set back, another one was begun. One thread appends,
/// any number read.
final class Segment {
  private static final int SEARCH = 64 * 1024; // bytes

  private final Volume volume;
  private final SeriesName name;
  private final boolean isOrdered;
  private volatile @Nullable BlockIndex index;
  private volatile long size;

  /// @param isOrdered whether times rise
  Segment(Volume volume, SeriesName name, boolean isOrdered, long size) {
    this.volume = volume;
    this.name = name;
    this.isOrdered = isOrdered;
    this.size = size;
  }

  /// One that has just been begun.
  static Segment begun(Volume volume, SeriesName name, boolean isOrdered) {
    Segment segment = new Segment(volume, name, isOrdered, FILE_HEADER);
    segment.index = BlockIndex.EMPTY;
    return segment;
  }

  SeriesName name() {
    return name;
  }

  /// How long it is, in bytes.
  long size() {
    return size;
  }

  /// Places that are damaged, as far as it has been looked through.
  int damaged() {
    BlockIndex known = index;
    return known == null ? 0 : known.damaged();
  }

  SeriesFile read() throws IOException {
    return volume.read(name.toString());
  }

  void delete() throws IOException {
    volume.delete(name.toString());
  }

  /// Where its blocks are; reads their headers when it is first asked.
  BlockIndex index() throws IOException {
    BlockIndex known = index;
    if (known != null) {
      return known;
    }
    synchronized (this) {
      known = index;
      if (known == null) {
        try (SeriesFile file = read()) {
          known = scan(file);
        }
        index = known;
      }
      return known;
    }
  }

  /// Cuts off all but the first blocks.
  void cutTo(SeriesFile file, int blocks) throws IOException {
    BlockIndex all = index();
    long end = all.place(blocks);
    file.truncate(end);
    index = all.withoutLast(all.count() - blocks);
    size = end;
  }

  /// Takes note of a block that has been appended.
  void appended(Bytes block) throws IOException {
    long place = size;
    index = index().with(block.array(), place);
    size = place + block.length();
  }

  /// Cuts off what is not a whole block at the end of the file.
  ///
  /// @return whether there was something
  boolean repair(SeriesFile file) throws IOException {
    BlockIndex found = scan(file);
    int wholeBlocks = found.count();
    BlockReader reader = new BlockReader();
    while (wholeBlocks > 0
        && !(reader.open(file, found.place(wholeBlocks - 1)) && reader.isWhole())) {
      wholeBlocks--;
    }
    long end = FILE_HEADER;
    if (wholeBlocks > 0) {
      long last = found.place(wholeBlocks - 1);
      byte[] header = new byte[HEADER];
      file.read(last, header, 0, HEADER);
      end = last + Bytes.getInt(header, LENGTH);
    }
    boolean isTorn = end < file.size();
    if (isTorn) {
      file.truncate(end);
    }
    index = found.withoutLast(found.count() - wholeBlocks);
    size = end;
    return isTorn;
  }

  private BlockIndex scan(SeriesFile file) throws IOException {
    BlockIndex found = BlockIndex.EMPTY;
    long end = file.size();
    long at = FILE_HEADER;
    byte[] header = new byte[HEADER];
    int damaged = 0;
    while (at + HEADER <= end) {
      file.read(at, header, 0, HEADER);
      if (!BlockFormat.isHeader(header, 0)) {
        long next = search(file, at + 1, end);
        if (next < 0) {
          break;
        }
        damaged++;
        at = next;
        continue;
      }
      int length = Bytes.getInt(header, LENGTH);
      if (at + length > end) {
        break;
      }
      long start = Bytes.getLong(header, START);
      if (!isOrdered || found.count() == 0 || start >= found.start(found.count() - 1)) {
        found = found.with(header, at);
      } else {
        damaged++;
      }
      at += length;
    }
    return found.withDamaged(damaged);
  }

  /// Where the next header stands; -1 if there is none.
  private static long search(SeriesFile file, long from, long end) throws IOException {
    byte[] chunk = new byte[SEARCH];
    for (long at = from; at + HEADER <= end; at += SEARCH - HEADER + 1) {
      int read = file.read(at, chunk, 0, SEARCH);
      for (int i = 0; i + HEADER <= read; i++) {
        if (chunk[i] == 'B' && BlockFormat.isHeader(chunk, i)) {
          return at + i;
        }
      }
    }
    return -1;
  }
}
