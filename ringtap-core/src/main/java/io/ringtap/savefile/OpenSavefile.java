package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/// One file that is being written. Before and after each call it ends with a complete record; if a
/// write fails in between, the file is truncated.
final class OpenSavefile implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  /// How the records of a file are told apart while they are written, and what a file has around
  /// them.
  interface RecordLayout {
    /// The bytes that a file begins with.
    byte[] header();

    /// The bytes that a file ends with.
    byte[] trailer();

    /// The most bytes of [#trailer].
    int trailerBytes();

    /// The length in bytes of the record at `at`.
    int recordLength(MemorySegment records, long at);

    /// The stamp of the record at `at`, in the precision of the file.
    long recordNanos(MemorySegment records, long at);

    /// Whether files may have filler, which readers skip.
    boolean hasFiller();
  }

  private final String name;
  private final RecordLayout layout;
  private final WritableByteChannel channel;
  private final @Nullable OutputStream packer;
  private final byte[] chunk;
  private final boolean hasPosition; // true for a file, false for a pipe
  private long bytes; // before compression
  private long packets;
  private long whole; // bytes of the file up to which it can be decompressed
  private boolean hasFailed; // then the compressor must not be asked for its last bytes

  OpenSavefile(
      String name,
      WritableByteChannel channel,
      RecordLayout layout,
      SavefileCompression compression)
      throws IOException {
    this.name = name;
    this.channel = channel;
    this.layout = layout;
    hasPosition = hasPosition(channel);
    boolean plain = compression.equals(SavefileCompression.NONE);
    chunk = new byte[plain ? 0 : CHUNK];
    packer = plain ? null : compression.pack(Channels.newOutputStream(channel));
  }

  private static boolean hasPosition(WritableByteChannel channel) {
    try {
      return channel instanceof SeekableByteChannel file && file.position() >= 0;
    } catch (IOException _) {
      return false;
    }
  }

  /// Bytes written, before compression.
  long bytes() {
    return bytes;
  }

  long packets() {
    return packets;
  }

  /// Writes a header, trailer or other block that is not a packet.
  void write(byte[] head) throws SavefileException {
    try {
      if (packer == null) {
        writeAll(ByteBuffer.wrap(head));
      } else {
        packer.write(head);
        packed(packer);
      }
      bytes += head.length;
    } catch (IOException e) {
      fail(packer == null ? bytes : whole);
      throw new SavefileException(name, e, packets, bytes, 0);
    }
  }

  /// The block size in bytes to which [#writeFilled] fills up; 0 if the file needs no such blocks.
  int alignment() {
    return packer == null && layout.hasFiller() && channel instanceof AlignedChannel aligned
        ? aligned.alignment()
        : 0;
  }

  /// Writes whole records and fills up to the end of a block.
  ///
  /// @param packets how many they are
  void writeFilled(MemorySegment records, long from, long length, int packets)
      throws SavefileException {
    int alignment = alignment();
    int before = SavefileEncoder.fillerBytes(bytes, alignment);
    if (before > 0) {
      byte[] filler = new byte[before];
      SavefileEncoder.fill(MemorySegment.ofArray(filler), 0, before);
      write(filler);
    }
    int after = SavefileEncoder.fillerBytes(length, alignment);
    if (after > 0) {
      SavefileEncoder.fill(records, from + length, after);
    }
    write(records, from, length + after, packets);
  }

  /// Writes whole records.
  ///
  /// @param packets how many they are, not counting filler
  void write(MemorySegment records, long from, long length, int packets) throws SavefileException {
    if (packer != null) {
      pack(packer, records, from, length, packets);
      return;
    }
    ByteBuffer source = records.asSlice(from, length).asByteBuffer();
    try {
      writeAll(source);
      bytes += length;
      this.packets += packets;
    } catch (IOException e) {
      long at = from;
      int kept = 0;
      while (kept < packets && at + layout.recordLength(records, at) <= from + source.position()) {
        at += layout.recordLength(records, at);
        kept++;
      }
      bytes += at - from;
      this.packets += kept;
      fail(bytes);
      throw new SavefileException(name, e, this.packets, bytes, packets - kept);
    }
  }

  private void pack(OutputStream to, MemorySegment records, long from, long length, int packets)
      throws SavefileException {
    try {
      for (long at = from; at < from + length; at += CHUNK) {
        int step = (int) Math.min(CHUNK, from + length - at);
        MemorySegment.copy(records, JAVA_BYTE, at, chunk, 0, step);
        to.write(chunk, 0, step);
      }
      packed(to);
      bytes += length;
      this.packets += packets;
    } catch (IOException e) {
      fail(whole);
      throw new SavefileException(name, e, this.packets, bytes, packets);
    }
  }

  private void packed(OutputStream to) throws IOException {
    to.flush();
    if (hasPosition && channel instanceof SeekableByteChannel file) {
      whole = file.position();
    }
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        throw new IOException("takes no more bytes");
      }
    }
  }

  /// Truncates a file to its last complete record. A pipe keeps what it was given.
  private void fail(long length) {
    hasFailed = true;
    if (channel instanceof SeekableByteChannel file) {
      try {
        if (file.size() > length) {
          file.truncate(length);
        }
      } catch (IOException _) {
        // A device or a pipe, or a failing disk: the exception being thrown reports it.
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (packer != null && !hasFailed) {
        packer.close();
      }
    } catch (IOException e) {
      fail(whole);
      throw new SavefileException(name, e, packets, bytes, 0);
    }
  }
}
