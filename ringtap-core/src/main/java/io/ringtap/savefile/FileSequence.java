package io.ringtap.savefile;

import io.ringtap.savefile.OpenSavefile.RecordLayout;
import io.ringtap.savefile.file.FileFailure;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The file or files that a run writes: takes complete records, many at a time, and begins the next
/// file when the rotation requires it. One thread writes; any thread may read the counters.
///
/// Each call passes complete records to the kernel, so a file is valid up to its last complete
/// packet at any time, however the process ends. If a write fails, the file is truncated to its
/// last complete record, a [SavefileException] reports what it holds, and nothing more is written.
final class FileSequence implements AutoCloseable {
  private interface Writing {
    void run() throws SavefileException;
  }

  private final SavefileOptions options;
  private final RecordLayout layout;
  private final long maxBytes; // of a file without its trailer
  private final long maxAgeNanos;
  private final long maxPackets;
  private final @Nullable RotatedFiles rotated;
  private @Nullable OpenSavefile file;
  private long windowStart; // of the current file, by the packets' stamps
  private long firstStart =
      epochNanos(Instant.now()); // of the first file, or of this run before its first packet
  private boolean failed;
  private boolean closed;
  private volatile boolean ended;
  private final AtomicLong packets = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger files = new AtomicInteger();

  private FileSequence(SavefileOptions options, RecordLayout layout, @Nullable Path path) {
    this.options = options;
    this.layout = layout;
    Rotation rotation = options.rotation();
    if (rotation.isNone()) {
      rotated = null;
    } else if (path == null) {
      throw new IllegalArgumentException("standard output cannot be rotated; give a file name");
    } else {
      rotated = new RotatedFiles(path, rotation, options.zone(), options.opener());
    }
    maxBytes =
        rotation.maxBytes() == 0 ? Long.MAX_VALUE : rotation.maxBytes() - layout.trailerBytes();
    maxAgeNanos = rotation.maxAgeNanos();
    maxPackets = rotation.maxPackets() == 0 ? Long.MAX_VALUE : rotation.maxPackets();
  }

  /// Opens the first file. Without rotation that is `path`, and an existing file is overwritten.
  /// With rotation, `path` is the pattern of the files' names, and no file is overwritten. If the
  /// age of files is limited, the first file is created for the first packet and named after its
  /// stamp.
  ///
  /// @throws IllegalArgumentException if the pattern is wrong; the message says why
  /// @throws IOException if the file cannot be created; the message names it and the reason
  static FileSequence open(Path path, SavefileOptions options, RecordLayout layout)
      throws IOException {
    FileSequence output = new FileSequence(options, layout, path);
    if (output.rotated == null) {
      try {
        SeekableByteChannel channel =
            options
                .opener()
                .open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        output.begin(path.toString(), channel);
      } catch (SavefileException e) {
        throw e;
      } catch (IOException e) {
        throw FileFailure.of(path.toString(), e);
      }
    } else if (options.rotation().maxAge() == null) {
      output.nextFile(output.rotated, 0);
    } else {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null && !parent.toString().contains("%") && !Files.isWritable(parent)) {
        throw new IOException(
            parent + (Files.exists(parent) ? ": permission denied" : ": no such directory"));
      }
    }
    return output;
  }

  /// Writes to `channel`, and closes it in [#close].
  ///
  /// @param name its name in messages, such as `standard output`
  /// @throws IllegalArgumentException if the options ask for rotation; the message says why
  /// @throws IOException if the file header cannot be written
  static FileSequence to(
      WritableByteChannel channel, String name, SavefileOptions options, RecordLayout layout)
      throws IOException {
    FileSequence output = new FileSequence(options, layout, null);
    output.begin(name, channel);
    return output;
  }

  private void begin(String name, WritableByteChannel channel) throws IOException {
    OpenSavefile opened;
    try {
      opened = new OpenSavefile(name, channel, layout, options.compression());
      file = opened;
      opened.write(layout.header());
    } catch (IOException e) {
      failed = true;
      try (channel) {
        throw e;
      }
    }
    bytes.addAndGet(opened.bytes());
    files.incrementAndGet();
  }

  private void nextFile(RotatedFiles names, long epochNanos) throws IOException {
    RotatedFiles.Created created;
    try {
      created = names.create(epochNanos);
    } catch (IOException e) {
      failed = true;
      String name = e instanceof FileSystemException of ? of.getFile() : null;
      throw FileFailure.of(name == null ? "the next file" : name, e);
    }
    begin(created.path().toString(), created.channel());
  }

  /// Whether there is a file now. There is none before the first packet if the age of files is
  /// limited.
  boolean isOpen() {
    return file != null;
  }

  /// Writes what is not a packet into the present file.
  ///
  /// @throws SavefileException if the file can no longer be written
  void writeBytes(byte[] block) throws IOException {
    OpenSavefile present = file;
    if (failed || closed || present == null) {
      throw new IOException("nothing can be written after the end");
    }
    count(present, () -> present.write(block));
  }

  /// Writes complete records, in as few system calls as the files allow.
  ///
  /// @param count how many they are
  /// @return false if not all were written, because the run has ended with its last file
  /// @throws SavefileException if the file can no longer be written
  /// @throws IOException if the next file cannot be created
  boolean write(MemorySegment records, long from, long length, int count) throws IOException {
    if (failed || closed) {
      throw new IOException("nothing can be written after the end");
    }
    if (rotated == null && file != null) {
      writeTo(file, records, from, length, count);
      return true;
    }
    long at = from;
    int left = count;
    while (at < from + length && !ended) {
      long end = from + length;
      OpenSavefile present = fileFor(records, at);
      if (present == null) {
        return false;
      }
      long start = at;
      int fitting = 0;
      do {
        at += layout.recordLength(records, at);
        fitting++;
      } while (at < end
          && fitting < maxPackets - present.packets()
          && fits(present, at - start, records, at));
      writeTo(present, records, start, at - start, fitting);
      left -= fitting;
    }
    return left == 0;
  }

  /// The block size in bytes for [#writeFilled], a power of two; 0 if the file does not need it.
  int alignment() {
    return rotated == null && file != null ? file.alignment() : 0;
  }

  /// Writes complete records like [#write], and filler after them up to the end of a block, which
  /// readers of the file skip: an [AlignedChannel] then writes them directly from memory. For many
  /// records at a time, and only if [#alignment] is not 0.
  ///
  /// @param records with room for twice [#alignment] after the last record, for the filler
  /// @throws SavefileException if the file can no longer be written
  void writeFilled(MemorySegment records, long from, long length, int count) throws IOException {
    if (failed || closed || file == null) {
      throw new IOException("nothing can be written after the end");
    }
    OpenSavefile present = file;
    count(present, () -> present.writeFilled(records, from, length, count));
  }

  /// The file for the record at `at`; null if the run has ended with its last file.
  private @Nullable OpenSavefile fileFor(MemorySegment records, long at) throws IOException {
    OpenSavefile present = file;
    boolean isFull = present != null && present.packets() >= maxPackets;
    if (present != null && !isFull && (present.packets() == 0 || fits(present, 0, records, at))) {
      return present;
    }
    Rotation rotation = options.rotation();
    if (rotation.endAfterMaxFiles() && files.get() == rotation.maxFiles()) {
      ended = true;
      return null;
    }
    endFile();
    long stamp = layout.recordNanos(records, at);
    boolean aged = present != null && stamp - windowStart >= maxAgeNanos;
    if (present == null) {
      windowStart = stamp;
      firstStart = stamp;
    } else if (aged) {
      windowStart += (stamp - windowStart) / maxAgeNanos * maxAgeNanos;
    }
    if (rotated != null) {
      nextFile(rotated, windowStart);
    }
    return file;
  }

  private boolean fits(OpenSavefile present, long more, MemorySegment records, long at) {
    return present.bytes() + more + layout.recordLength(records, at) <= maxBytes
        && (maxAgeNanos == Long.MAX_VALUE
            || layout.recordNanos(records, at) - windowStart < maxAgeNanos);
  }

  private void writeTo(OpenSavefile to, MemorySegment records, long from, long length, int count)
      throws SavefileException {
    count(to, () -> to.write(records, from, length, count));
  }

  private void count(OpenSavefile to, Writing writing) throws SavefileException {
    long packetsBefore = to.packets();
    long bytesBefore = to.bytes();
    try {
      writing.run();
    } catch (SavefileException e) {
      failed = true;
      throw e;
    } finally {
      packets.addAndGet(to.packets() - packetsBefore);
      bytes.addAndGet(to.bytes() - bytesBefore);
    }
  }

  private void endFile() throws IOException {
    OpenSavefile present = file;
    file = null;
    if (present == null) {
      return;
    }
    try (present) {
      byte[] trailer = failed ? new byte[0] : layout.trailer();
      if (trailer.length > 0) {
        present.write(trailer);
        bytes.addAndGet(trailer.length);
      }
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  /// Whether the time of all files is over by the clock, if their age and number are limited.
  boolean isTimeUp(Instant now) {
    Rotation rotation = options.rotation();
    return rotation.endAfterMaxFiles()
        && maxAgeNanos < Long.MAX_VALUE / rotation.maxFiles()
        && epochNanos(now) - firstStart >= maxAgeNanos * rotation.maxFiles();
  }

  private static long epochNanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  /// Whether the run has ended with the last file of its rotation. Any thread.
  boolean isEnded() {
    return ended;
  }

  /// Packets written. Any thread.
  long packets() {
    return packets.get();
  }

  /// Bytes written, before compression, including headers and trailers. Any thread.
  long bytes() {
    return bytes.get();
  }

  /// Files begun. Any thread.
  int files() {
    return files.get();
  }

  /// Writes the statistics and closes the file. A run without a packet leaves one file without
  /// packets.
  ///
  /// @throws SavefileException if the trailer cannot be written; the packets are in the file
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (file == null && files.get() == 0 && !failed && rotated != null) {
      nextFile(rotated, epochNanos(Instant.now()));
    }
    endFile();
  }
}
