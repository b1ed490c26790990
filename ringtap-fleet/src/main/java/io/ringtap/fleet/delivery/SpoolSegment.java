package io.ringtap.fleet.delivery;

import static io.ringtap.fleet.delivery.SpoolFormat.BLOCK_HEADER;
import static io.ringtap.fleet.delivery.SpoolFormat.FILE_MAGIC;
import static io.ringtap.fleet.delivery.SpoolFormat.FILE_VERSION;
import static io.ringtap.fleet.delivery.SpoolFormat.LONGEST_RUN;
import static io.ringtap.fleet.delivery.SpoolFormat.RUN;
import static io.ringtap.fleet.delivery.SpoolFormat.RUN_LENGTH;
import static io.ringtap.fleet.delivery.SpoolFormat.VERSION;

import io.ringtap.fleet.record.Topics;
import io.ringtap.monitor.store.series.SeriesFile;
import io.ringtap.monitor.store.series.Volume;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One file of the spool, with results of one run. It is opened for each use, so that it is noticed
/// if it is not there any more.
final class SpoolSegment {
  /// What has been read.
  ///
  /// @param records in their order; a gap in the place of what is damaged
  /// @param lost results that are damaged, and so are not among them
  record Portion(List<Outgoing> records, long lost) {}

  private final Volume volume;
  private final String name;
  private final Run run;
  private final long header; // bytes
  private long torn; // bytes at its end
  private final List<SpoolBlock> blocks = new ArrayList<>();
  private int next; // the block that is read next
  private int handedOut; // records that have been read and not been delivered yet

  private SpoolSegment(Volume volume, String name, Run run, long header) {
    this.volume = volume;
    this.name = name;
    this.run = run;
    this.header = header;
  }

  /// Begins a file.
  static SpoolSegment begin(Volume volume, long number, Run run) throws IOException {
    byte[] header = header(run);
    String name = SpoolFormat.name(number);
    try (SeriesFile file = volume.create(name)) {
      file.write(0, header, header.length);
    } catch (IOException e) {
      volume.delete(name);
      throw e;
    }
    return new SpoolSegment(volume, name, run, header.length);
  }

  private static byte[] header(Run run) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(text);
    out.writeLong(FILE_MAGIC);
    out.writeInt(VERSION);
    out.writeInt(0); // the length of what follows
    out.writeLong(run.number());
    out.writeUTF(run.site());
    out.writeUTF(run.agent());
    out.writeUTF(run.topics().prefix());
    byte[] bytes = Arrays.copyOf(text.toByteArray(), text.size() + Integer.BYTES);
    ByteBuffer buffer = SpoolFormat.buffer(bytes);
    buffer.putInt(RUN_LENGTH, text.size() - RUN);
    buffer.putInt(text.size(), SpoolFormat.crc(bytes, 0, text.size()));
    return bytes;
  }

  /// Opens a file that an earlier process has left.
  ///
  /// @return null if its beginning is damaged, so that nobody knows whose it is
  /// @throws IOException if it cannot be read, or is of a later version
  static @Nullable SpoolSegment open(Volume volume, String name) throws IOException {
    try (SeriesFile file = volume.read(name)) {
      byte[] begin = new byte[RUN + LONGEST_RUN + Integer.BYTES];
      int length = file.read(0, begin, 0, begin.length);
      ByteBuffer buffer = SpoolFormat.buffer(begin);
      if (length < RUN || buffer.getLong(0) != FILE_MAGIC) {
        return null;
      }
      if (buffer.getInt(FILE_VERSION) > VERSION) {
        throw new IOException(name + " has been written by a later version");
      }
      int end = RUN + buffer.getInt(RUN_LENGTH);
      if (end < RUN
          || end + Integer.BYTES > length
          || buffer.getInt(end) != SpoolFormat.crc(begin, 0, end)) {
        return null;
      }
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(begin, RUN, end - RUN));
      long number = in.readLong();
      Run run = new Run(in.readUTF(), in.readUTF(), number, new Topics(in.readUTF()));
      SpoolSegment segment = new SpoolSegment(volume, name, run, end + Integer.BYTES);
      segment.findBlocks(file);
      segment.torn = file.size() - segment.length();
      return segment;
    }
  }

  private void findBlocks(SeriesFile file) throws IOException {
    long size = file.size();
    byte[] bytes = new byte[BLOCK_HEADER];
    while (length() + BLOCK_HEADER <= size) {
      long position = length();
      int read = file.read(position, bytes, 0, BLOCK_HEADER);
      SpoolBlock block = read < BLOCK_HEADER ? null : SpoolBlock.parse(bytes, position);
      if (block == null) {
        return;
      }
      blocks.add(block);
    }
  }

  Run run() {
    return run;
  }

  /// How long it is, in bytes, as far as it is whole.
  long length() {
    return blocks.isEmpty() ? header : blocks.getLast().end();
  }

  /// How many results are in it that have not been read.
  long unread() {
    return blocks.subList(next, blocks.size()).stream().mapToLong(SpoolBlock::results).sum();
  }

  /// How many bytes at its end are no whole block; less than 0 if bytes of its last block are
  /// missing.
  long torn() {
    return torn;
  }

  boolean hasNext() {
    return next < blocks.size();
  }

  /// Whether some of it has been read and is not delivered yet.
  boolean isInUse() {
    return handedOut > 0;
  }

  /// Whether all that is left of it is that something is missing.
  boolean isGap() {
    return hasNext() && !isInUse() && unread() == 0;
  }

  /// Whether nothing is left of it.
  boolean isDone() {
    return !hasNext() && !isInUse();
  }

  /// The lowest number that has not been read.
  long first() {
    return blocks.subList(next, blocks.size()).stream()
        .mapToLong(SpoolBlock::first)
        .min()
        .orElseThrow();
  }

  /// The highest number that has not been read.
  long last() {
    return blocks.subList(next, blocks.size()).stream()
        .mapToLong(SpoolBlock::last)
        .max()
        .orElseThrow();
  }

  /// Appends records as one block.
  ///
  /// @throws IOException if that cannot be; then nothing has been appended
  void append(List<Outgoing> records) throws IOException {
    byte[] bytes = SpoolBlock.pack(records);
    long position = length();
    try (SeriesFile file = volume.open(name)) {
      try {
        file.write(position, bytes, bytes.length);
      } catch (IOException e) {
        file.truncate(position);
        throw e;
      }
    }
    blocks.add(Objects.requireNonNull(SpoolBlock.parse(bytes, position)));
  }

  /// Says of records that have just been appended that they need not be read, as they are in
  /// memory.
  void handOut(List<Outgoing> records) {
    next++;
    handedOut += records.size();
    records.forEach(record -> record.segment = this);
  }

  /// Reads the next block.
  ///
  /// @throws IOException if it cannot be read now
  Portion read() throws IOException {
    SpoolBlock block = blocks.get(next);
    List<Outgoing> records = readIfThere(block);
    Portion portion =
        records == null
            ? new Portion(List.of(run.gap(block.first(), block.last())), block.results())
            : new Portion(records, 0);
    handOut(portion.records());
    return portion;
  }

  private @Nullable List<Outgoing> readIfThere(SpoolBlock block) throws IOException {
    try (SeriesFile file = volume.read(name)) {
      return block.read(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// Says that a record that was handed out is not needed any more.
  void settle() {
    handedOut--;
  }

  /// Gives up all that has not been read; nothing of it may be in use. A gap takes its place, at
  /// the beginning of the file, so that this needs no room.
  ///
  /// @param first the first number of the gap, which may begin before this file does
  void giveUp(long first, long last) throws IOException {
    byte[] gap = SpoolBlock.pack(List.of(run.gap(first, last)));
    try (SeriesFile file = volume.open(name)) {
      file.write(header, gap, gap.length);
      file.truncate(header + gap.length);
    }
    blocks.clear();
    next = 0;
    blocks.add(Objects.requireNonNull(SpoolBlock.parse(gap, header)));
  }

  void sync() throws IOException {
    try (SeriesFile file = volume.open(name)) {
      file.sync();
    }
  }

  void delete() throws IOException {
    volume.delete(name);
  }
}
