package io.ringtap.savefile;

import io.ringtap.savefile.block.Pcapng;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Brings the packets of a file in the order of their stamps. Packets with equal stamps, and those
/// without, stay in their order. All records and blocks are copied as they are; those that are not
/// packets come before all packets of their section, statistics after them.
///
/// Each section becomes a file of its own, for the numbers of its interfaces only mean something in
/// it. A [SavefileMerger] joins them.
///
/// The file's packets are not held in memory: of each, 28 bytes are.
public final class SavefileSort {
  /// Opens the files that are written.
  public interface Targets {
    /// Opens the file for the next section, or for all of a pcap file. The sort closes it.
    WritableByteChannel next() throws IOException;
  }

  private static final int BUFFER = 1 << 20;
  private static final int BYTES = 28; // of memory for a packet

  /// Where records of one kind stand in the file.
  private static final class Places {
    long[] stamps = new long[1024];
    long[] offsets = new long[1024];
    int[] lengths = new int[1024];
    int count;

    void add(long stamp, long offset, long length) throws IOException {
      if (count == stamps.length) {
        // While they grow, old and new arrays are there.
        long most = Runtime.getRuntime().maxMemory() / (3L * BYTES);
        if (2L * count > most) {
          throw new IOException(
              "more than %d packets are too many to sort with %d MiB of memory"
                  .formatted(count, Runtime.getRuntime().maxMemory() >> 20));
        }
        int capacity = 2 * count;
        stamps = Arrays.copyOf(stamps, capacity);
        offsets = Arrays.copyOf(offsets, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
      }
      stamps[count] = stamp;
      offsets[count] = offset;
      lengths[count++] = Math.toIntExact(length);
    }

    /// The numbers of the records by their stamps.
    int[] sorted() {
      int[] order = new int[count];
      for (int i = 0; i < count; i++) {
        order[i] = i;
      }
      int[] spare = new int[count];
      for (int width = 1; width < count; width *= 2) {
        for (int from = 0; from < count; from += 2 * width) {
          merge(order, spare, from, width);
        }
        int[] merged = spare;
        spare = order;
        order = merged;
      }
      return order;
    }

    /// Merges two sorted runs of `width` numbers that begin at `from`.
    private void merge(int[] order, int[] merged, int from, int width) {
      int middle = Math.min(from + width, count);
      int end = Math.min(middle + width, count);
      int left = from;
      int right = middle;
      for (int i = from; i < end; i++) {
        boolean isLeft =
            left < middle && (right == end || stamps[order[left]] <= stamps[order[right]]);
        merged[i] = isLeft ? order[left++] : order[right++];
      }
    }
  }

  /// What a section has.
  private static final class Section {
    final Places before = new Places();
    final Places packets = new Places();
    final Places after = new Places();
  }

  private final FileChannel source;
  private final Targets targets;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  private SavefileSort(FileChannel source, Targets targets) {
    this.source = source;
    this.targets = targets;
  }

  /// Writes sorted copies of a file's sections.
  ///
  /// @param file not compressed
  /// @throws MalformedSavefile if the file is damaged: sections before the damaged one have been
  ///   written
  /// @throws IOException if it cannot be read or written
  public static void sort(Path file, Targets targets) throws IOException {
    try (SavefileReader reader = SavefileReader.open(file);
        FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
      new SavefileSort(source, targets).run(reader);
    }
  }

  private void run(SavefileReader reader) throws IOException {
    Section section = new Section();
    if (reader.format() != SavefileFormat.PCAPNG) {
      section.before.add(0, 0, PcapRecordReader.HEADER_BYTES);
    }
    long stamp = 0;
    while (reader.nextBlock()) {
      long offset = reader.recordOffset();
      long length = reader.recordBytes();
      if (reader.isPacket()) {
        boolean hasStamp =
            reader.format() != SavefileFormat.PCAPNG
                || reader.block().type() != Pcapng.SIMPLE_PACKET;
        stamp = hasStamp ? reader.epochNanos() : stamp;
        section.packets.add(stamp, offset, length);
        continue;
      }
      int type = reader.block().type();
      if (type == Pcapng.SECTION_HEADER && section.before.count > 0) {
        write(section);
        section = new Section();
      }
      Places places = type == Pcapng.INTERFACE_STATISTICS ? section.after : section.before;
      places.add(0, offset, length);
    }
    write(section);
  }

  private void write(Section section) throws IOException {
    try (WritableByteChannel target = targets.next()) {
      write(section.before, null, target);
      write(section.packets, section.packets.sorted(), target);
      write(section.after, null, target);
      flush(target);
    }
  }

  /// @param order of the records; null as they come
  private void write(Places places, int @Nullable [] order, WritableByteChannel target)
      throws IOException {
    for (int i = 0; i < places.count; i++) {
      int which = order == null ? i : order[i];
      copy(places.offsets[which], places.lengths[which], target);
    }
  }

  private void copy(long offset, int length, WritableByteChannel target) throws IOException {
    long at = offset;
    long end = offset + length;
    while (at < end) {
      if (!buffer.hasRemaining()) {
        flush(target);
      }
      int room = (int) Math.min(buffer.remaining(), end - at);
      buffer.limit(buffer.position() + room);
      int read = source.read(buffer, at);
      buffer.limit(buffer.capacity());
      if (read < 0) {
        throw new IOException("the file has become shorter while it was sorted");
      }
      at += read;
    }
  }

  private void flush(WritableByteChannel target) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      int _ = target.write(buffer);
    }
    buffer.clear();
  }
}
