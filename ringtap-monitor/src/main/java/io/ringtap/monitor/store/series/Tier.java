package io.ringtap.monitor.store.series;

import static io.ringtap.monitor.store.series.BlockFormat.FILE_CRC;
import static io.ringtap.monitor.store.series.BlockFormat.FILE_HEADER;
import static io.ringtap.monitor.store.series.BlockFormat.FILE_MAGIC;
import static io.ringtap.monitor.store.series.BlockFormat.FILE_SECONDS;
import static io.ringtap.monitor.store.series.BlockFormat.FILE_STORE;
import static io.ringtap.monitor.store.series.BlockFormat.FILE_VERSION;
import static io.ringtap.monitor.store.series.BlockFormat.VERSION;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All blocks of one resolution, in files one after the other. One thread appends and deletes;
/// whoever reads holds the lock that all tiers share while it looks for blocks, and needs no lock
/// to read them.
final class Tier {
  private final Volume volume;
  private final Resolution resolution;
  private final FileRule rule;
  private final long storeId;
  private final long segmentBytes;
  private final Object lock;
  private final List<Segment> segments = new ArrayList<>();
  private @Nullable SeriesFile file; // the newest segment's; null if another one is to be begun
  private long nextSequence = 1;
  private long sourceTo;
  private int damagedFiles;
  private boolean wasTorn;

  /// @param rule how its blocks are put into files
  /// @param segmentBytes how long a file may become before another one is begun
  /// @param lock held while blocks are looked for, and while what is found changes
  Tier(
      Volume volume,
      Resolution resolution,
      FileRule rule,
      long storeId,
      long segmentBytes,
      Object lock) {
    this.volume = volume;
    this.resolution = resolution;
    this.rule = rule;
    this.storeId = storeId;
    this.segmentBytes = segmentBytes;
    this.lock = lock;
  }

  /// Takes in the files that are there.
  ///
  /// @param isWriter whether the newest is to be repaired and gone on with
  /// @throws IOException with one clear line if there is a file that is not this store's
  void load(boolean isWriter) throws IOException {
    List<SeriesName> names = new ArrayList<>();
    for (String text : volume.names()) {
      SeriesName name = SeriesName.parse(text);
      if (name != null && name.tier().equals(rule.word())) {
        names.add(name);
      }
    }
    names.sort(
        Comparator.comparingLong(SeriesName::sequence).thenComparingLong(SeriesName::startSeconds));
    for (SeriesName name : names) {
      try (SeriesFile read = volume.read(name.toString())) {
        if (isOurs(read, name)) {
          segments.add(new Segment(volume, name, rule.isOrdered(), read.size()));
        } else if (isWriter) {
          volume.delete(name.toString());
        }
      } catch (NoSuchFileException e) {
        // The monitor that writes this store has just deleted it.
      }
    }
    if (segments.isEmpty()) {
      return;
    }
    Segment last = segments.getLast();
    if (isWriter) {
      file = volume.open(last.name().toString());
      wasTorn = last.repair(file);
    }
    nextSequence = last.name().sequence();
    for (int i = segments.size() - 1; i >= 0; i--) {
      BlockIndex index = segments.get(i).index();
      if (index.count() > 0) {
        nextSequence = index.sequence(index.count() - 1) + 1;
        sourceTo = index.sourceTo(index.count() - 1);
        break;
      }
    }
  }

  /// Whether a file is one of this store.
  ///
  /// @return false if it has just been begun and not even its header is whole
  private boolean isOurs(SeriesFile read, SeriesName name) throws IOException {
    byte[] header = new byte[FILE_HEADER];
    if (read.read(0, header, 0, FILE_HEADER) < FILE_HEADER) {
      return false;
    }
    if (Bytes.getInt(header, FILE_CRC) != BlockFormat.crc(header, 0, FILE_CRC)) {
      damagedFiles++; // its blocks have checksums of their own
      return true;
    }
    if (Bytes.getLong(header, 0) != FILE_MAGIC) {
      throw new IOException(name + " is no series file");
    }
    int version = Bytes.getInt(header, FILE_VERSION);
    if (version != VERSION) {
      throw new IOException(
          "%s has format %d, which is newer than %d, the newest that this version reads"
              .formatted(name, version, VERSION));
    }
    if (Bytes.getLong(header, FILE_STORE) != storeId) {
      throw new IOException(name + " belongs to another store");
    }
    return true;
  }

  Resolution resolution() {
    return resolution;
  }

  /// Whether the end of the newest file had to be cut off.
  boolean wasTorn() {
    return wasTorn;
  }

  /// Places that are damaged in files, as far as they have been looked through.
  int damaged() {
    synchronized (lock) {
      int damaged = damagedFiles;
      for (Segment segment : segments) {
        damaged += segment.damaged();
      }
      return damaged;
    }
  }

  /// Gives no block a number up to this one.
  void skipTo(long sequence) {
    nextSequence = Math.max(nextSequence, sequence + 1);
  }

  /// The number of the newest block; 0 if there never was one.
  long lastSequence() {
    return nextSequence - 1;
  }

  /// The last block of the finer tier that is in this one.
  long sourceTo() {
    return sourceTo;
  }

  /// All files together, in bytes.
  long bytes() {
    synchronized (lock) {
      long bytes = 0;
      for (Segment segment : segments) {
        bytes += segment.size();
      }
      return bytes;
    }
  }

  /// Appends a block. If it fails, the next one may be tried.
  void append(BlockWriter block) throws IOException {
    long start = block.startSeconds();
    SeriesFile open = file;
    if (open == null || !takes(segments.getLast(), start)) {
      open = begin(start);
    }
    Segment segment = segments.getLast();
    Bytes bytes = block.finish(nextSequence);
    try {
      open.write(segment.size(), bytes.array(), bytes.length());
    } catch (IOException e) {
      cutOff(open, segment.size());
      throw e;
    }
    synchronized (lock) {
      segment.appended(bytes);
      sourceTo = block.sourceTo();
    }
    nextSequence++;
  }

  private boolean takes(Segment segment, long start) throws IOException {
    BlockIndex index = segment.index();
    long begin = segment.name().startSeconds();
    return start < rule.end(begin)
        && segment.size() < segmentBytes
        && start
            >= (rule.isOrdered() && index.count() > 0 ? index.start(index.count() - 1) : begin);
  }

  private SeriesFile begin(long start) throws IOException {
    close();
    SeriesName name = new SeriesName(rule.word(), nextSequence, rule.begin(start));
    SeriesFile begun = volume.create(name.toString());
    Bytes header = new Bytes();
    header.setLength(FILE_HEADER);
    header.setLong(0, FILE_MAGIC);
    header.setInt(FILE_VERSION, VERSION);
    header.setInt(FILE_SECONDS, resolution.seconds());
    header.setLong(FILE_STORE, storeId);
    header.setInt(FILE_CRC, BlockFormat.crc(header.array(), 0, FILE_CRC));
    try {
      begun.write(0, header.array(), FILE_HEADER);
    } catch (IOException e) {
      begun.close();
      volume.delete(name.toString());
      throw e;
    }
    file = begun;
    synchronized (lock) {
      segments.add(Segment.begun(volume, name, rule.isOrdered()));
    }
    return begun;
  }

  /// Leaves no part of a block behind; if that fails too, goes on in another file.
  private void cutOff(SeriesFile open, long size) {
    try {
      open.truncate(size);
    } catch (IOException e) {
      open.close();
      file = null;
    }
  }

  /// Calls with each block that begins or goes on in a span of time. To be called with the lock
  /// held.
  ///
  /// @param after only those with a higher number
  /// @param upTo only those with no higher number
  void blocks(long fromSeconds, long toSeconds, long after, long upTo, Consumer<BlockRef> each)
      throws IOException {
    for (Segment segment : segments) {
      if (segment.name().startSeconds() >= toSeconds
          || rule.end(segment.name().startSeconds()) <= fromSeconds) {
        continue;
      }
      BlockIndex index = segment.index();
      for (int i = 0; i < index.count(); i++) {
        long start = index.start(i);
        long sequence = index.sequence(i);
        if (start < toSeconds
            && start + resolution.seconds() > fromSeconds
            && sequence > after
            && sequence <= upTo) {
          each.accept(new BlockRef(segment, index.place(i), start, sequence, resolution));
        }
      }
    }
  }

  /// All blocks with a higher number. To be called with the lock held.
  List<BlockRef> blocksAfter(long sequence) throws IOException {
    List<BlockRef> found = new ArrayList<>();
    for (int s = segments.size() - 1; s >= 0; s--) {
      BlockIndex index = segments.get(s).index();
      for (int i = index.count() - 1; i >= 0; i--) {
        if (index.sequence(i) <= sequence) {
          return found.reversed();
        }
        found.add(
            new BlockRef(
                segments.get(s), index.place(i), index.start(i), index.sequence(i), resolution));
      }
    }
    return found.reversed();
  }

  /// When the newest block ends, in seconds since the epoch; 0 if there is none. To be called with
  /// the lock held.
  long endSeconds() throws IOException {
    for (Segment segment : segments.reversed()) {
      BlockIndex index = segment.index();
      if (index.count() > 0) {
        return index.start(index.count() - 1) + resolution.seconds();
      }
    }
    return 0;
  }

  /// The number of the oldest block; [Long#MAX_VALUE] if there is none. To be called with the lock
  /// held.
  long firstSequence() throws IOException {
    for (Segment segment : segments) {
      BlockIndex index = segment.index();
      if (index.count() > 0) {
        return index.sequence(0);
      }
    }
    return Long.MAX_VALUE;
  }

  /// The last block that is the sum of some before that one of the finer tier; 0 if there is none.
  /// To be called with the lock held.
  long lastWithSourceBefore(long finerSequence) throws IOException {
    for (int s = segments.size() - 1; s >= 0; s--) {
      BlockIndex index = segments.get(s).index();
      for (int i = index.count() - 1; i >= 0; i--) {
        if (index.sourceFrom(i) < finerSequence) {
          return index.sequence(i);
        }
      }
    }
    return 0;
  }

  /// The last block of the finer tier that is in the blocks up to this one. To be called with the
  /// lock held.
  long sourceOf(long sequence) throws IOException {
    for (int s = segments.size() - 1; s >= 0; s--) {
      BlockIndex index = segments.get(s).index();
      for (int i = index.count() - 1; i >= 0; i--) {
        if (index.sequence(i) <= sequence) {
          return index.sourceTo(i);
        }
      }
    }
    List<BlockRef> rest = blocksAfter(sequence);
    if (rest.isEmpty()) {
      return sourceTo;
    }
    BlockIndex index = rest.getFirst().segment().index();
    return index.sourceFrom(0) - 1;
  }

  /// Deletes the oldest file that ends before a time, if there is one. The newest stays.
  void deleteOneBefore(long epochSeconds) throws IOException {
    for (int i = 0; i < segments.size() - 1; i++) {
      if (rule.end(segments.get(i).name().startSeconds()) <= epochSeconds) {
        delete(i);
        return;
      }
    }
  }

  /// Deletes the oldest file. The newest stays.
  ///
  /// @return whether there was one
  boolean deleteOldest() throws IOException {
    if (segments.size() < 2) {
      return false;
    }
    delete(0);
    return true;
  }

  private void delete(int index) throws IOException {
    segments.get(index).delete();
    synchronized (lock) {
      segments.remove(index);
    }
  }

  /// Takes back all blocks from the first on that has this number or a higher one, or is a sum of
  /// one that has. To be called before anything is read.
  ///
  /// @param isOfSources whether it is a number of the finer tier
  /// @return the number of the first that was taken back; [Long#MAX_VALUE] if none was
  long cutFrom(long first, boolean isOfSources) throws IOException {
    long cut = Long.MAX_VALUE;
    while (!segments.isEmpty()) {
      Segment last = segments.getLast();
      BlockIndex index = last.index();
      int kept = index.count();
      while (kept > 0
          && (isOfSources ? index.sourceTo(kept - 1) : index.sequence(kept - 1)) >= first) {
        kept--;
      }
      cut = kept < index.count() ? index.sequence(kept) : cut;
      if (kept > 0) {
        sourceTo = index.sourceTo(kept - 1);
        if (kept < index.count()) {
          close();
          file = volume.open(last.name().toString());
          last.cutTo(file, kept);
        }
        break;
      }
      close();
      last.delete();
      segments.removeLast();
      sourceTo = 0;
    }
    return cut;
  }

  /// Waits until all that was appended is on the disk.
  void sync() throws IOException {
    if (file != null) {
      file.sync();
    }
  }

  /// Closes the newest file, after [#sync] as far as that works.
  void close() {
    SeriesFile open = file;
    file = null;
    if (open == null) {
      return;
    }
    try {
      open.sync();
    } catch (IOException e) {
      // The disk has trouble; the next block that is appended finds that too and says so.
    }
    open.close();
  }
}
