package io.ringtap.savefile;

import io.ringtap.savefile.OpenSavefile.RecordLayout;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Instant;

/// The file or files that a capture writes: takes records made by [#encoder], many at a time, and
/// begins the next file when the rotation requires it. One thread writes; any thread may read the
/// counters.
///
/// Each call passes complete records to the kernel, so a file is valid up to its last complete
/// packet at any time, however the process ends. If a write fails, the file is truncated to its
/// last complete record, a [SavefileException] reports what it holds, and nothing more is written.
public final class SavefileOutput implements AutoCloseable {
  /// The files of a capture: all interfaces at their beginning, the counters at their end.
  private record Layout(SavefileEncoder encoder, SavefileOptions options) implements RecordLayout {
    @Override
    public byte[] header() {
      return encoder.header(options.section());
    }

    @Override
    public byte[] trailer() {
      return encoder.trailer(options.statistics().get());
    }

    @Override
    public int trailerBytes() {
      return encoder.interfaces().size() * encoder.trailer(PcapngBlocks.FULL_STATISTICS).length;
    }

    @Override
    public int recordLength(MemorySegment records, long at) {
      return encoder.recordLength(records, at);
    }

    @Override
    public long recordNanos(MemorySegment records, long at) {
      return encoder.recordNanos(records, at);
    }

    @Override
    public boolean hasFiller() {
      return encoder.hasFiller();
    }
  }

  private final SavefileEncoder encoder;
  private final FileSequence files;

  private SavefileOutput(SavefileEncoder encoder, FileSequence files) {
    this.encoder = encoder;
    this.files = files;
  }

  private static SavefileEncoder encoder(SavefileOptions options) {
    return SavefileEncoder.of(options.format(), options.interfaces());
  }

  /// Opens the first file. Without rotation that is `path`, and an existing file is overwritten.
  /// With rotation, `path` is the pattern of the files' names, and no file is overwritten. If the
  /// age of files is limited, the first file is created for the first packet and named after its
  /// stamp.
  ///
  /// @throws IllegalArgumentException if the format cannot hold the interfaces, or the pattern is
  ///   wrong; the message says why
  /// @throws IOException if the file cannot be created; the message names it and the reason
  public static SavefileOutput open(Path path, SavefileOptions options) throws IOException {
    SavefileEncoder encoder = encoder(options);
    return new SavefileOutput(
        encoder, FileSequence.open(path, options, new Layout(encoder, options)));
  }

  /// Writes to `channel`, and closes it in [#close].
  ///
  /// @param name its name in messages, such as `standard output`
  /// @throws IllegalArgumentException if the format cannot hold the interfaces, or the options ask
  ///   for rotation; the message says why
  /// @throws IOException if the file header cannot be written
  public static SavefileOutput to(WritableByteChannel channel, String name, SavefileOptions options)
      throws IOException {
    SavefileEncoder encoder = encoder(options);
    return new SavefileOutput(
        encoder, FileSequence.to(channel, name, options, new Layout(encoder, options)));
  }

  /// The encoder that makes the records for [#write].
  public SavefileEncoder encoder() {
    return encoder;
  }

  /// Writes complete records, in as few system calls as the files allow.
  ///
  /// @param count how many they are
  /// @return false if not all were written, because the run has ended with its last file
  /// @throws SavefileException if the file can no longer be written
  /// @throws IOException if the next file cannot be created
  public boolean write(MemorySegment records, long from, long length, int count)
      throws IOException {
    return files.write(records, from, length, count);
  }

  /// The block size in bytes for [#writeFilled], a power of two; 0 if the file does not need it.
  public int alignment() {
    return files.alignment();
  }

  /// Writes complete records like [#write], and filler after them up to the end of a block, which
  /// readers of the file skip: an [AlignedChannel] then writes them directly from memory. For many
  /// records at a time, and only if [#alignment] is not 0.
  ///
  /// @param records with room for twice [#alignment] after the last record, for the filler
  /// @throws SavefileException if the file can no longer be written
  public void writeFilled(MemorySegment records, long from, long length, int count)
      throws IOException {
    files.writeFilled(records, from, length, count);
  }

  /// Whether the run has ended with the last file of its rotation. Any thread.
  public boolean isEnded() {
    return files.isEnded();
  }

  /// Whether the last file of the rotation is over by the clock, if the run ends with it: as many
  /// files as there are to be could have passed since the first packet, or since the opening if
  /// there was none. For the thread that writes.
  public boolean isTimeUp(Instant now) {
    return files.isTimeUp(now);
  }

  /// Packets written. Any thread.
  public long packets() {
    return files.packets();
  }

  /// Bytes written, before compression, including headers and trailers. Any thread.
  public long bytes() {
    return files.bytes();
  }

  /// Files begun. Any thread.
  public int files() {
    return files.files();
  }

  /// Writes the statistics and closes the file. A run without a packet leaves one file without
  /// packets.
  ///
  /// @throws SavefileException if the trailer cannot be written; the packets are in the file
  @Override
  public void close() throws IOException {
    files.close();
  }
}
