package io.ringtap.savefile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.ringtap.savefile.file.FileFailure;
import io.ringtap.savefile.file.GzipChannel;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.InterruptibleChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// A file's bytes in a sliding window of off-heap memory. After [#has] returned true, the bytes are
/// contiguous in [#memory] until the next call of [#has].
///
/// The window grows only when it is full of bytes that were read, so a false length in a file does
/// not make it allocate.
final class SavefileInput implements AutoCloseable {
  private static final int ALIGNMENT = 4096; // a page
  private static final int GZIP_MAGIC = 0x8B1F; // RFC 1952 §2.3.1, little-endian
  private static final int ZSTD_MAGIC = 0xFD2F_B528; // RFC 8878 §3.1.1
  private static final int LZ4_MAGIC = 0x184D_2204; // lz4_Frame_format.md
  private static final int LZ4_LEGACY_MAGIC = 0x184C_2102;
  private static final int XZ_MAGIC = 0x587A_37FD; // xz-file-format §2.1.1.1, its first four bytes
  private static final int BZIP2_MAGIC = 0x0068_5A42; // BZh and a digit
  private static final OfInt INT = JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final OfShort SHORT = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final Arena arena = Arena.ofShared();
  private final ReadableByteChannel source;
  private ReadableByteChannel channel; // the source, or its decompressed content
  private MemorySegment memory;
  private ByteBuffer view; // of memory
  private long origin; // the file offset of the beginning of memory
  private int position;
  private int limit;
  private boolean atEnd;
  private @Nullable MalformedSavefile damage; // of compressed data, after what the window holds
  private volatile boolean isStopped;
  private boolean swapped; // the file is big-endian

  SavefileInput(ReadableByteChannel channel, String name, int windowBytes) throws IOException {
    this.source = channel;
    this.channel = channel;
    this.name = name;
    memory = arena.allocate(windowBytes, ALIGNMENT);
    view = memory.asByteBuffer();
    try {
      if (has(2) && Short.toUnsignedInt(memory.get(SHORT, 0)) == GZIP_MAGIC) {
        this.channel = new GzipChannel(memory.asSlice(0, limit).toArray(JAVA_BYTE), channel);
        limit = 0;
        atEnd = false;
      }
      refuseOtherCompression();
    } catch (IOException e) {
      arena.close();
      throw e;
    }
  }

  private void refuseOtherCompression() throws IOException {
    if (!has(4)) {
      return;
    }
    int magic = memory.get(INT, 0);
    String tool =
        switch (magic) {
          case ZSTD_MAGIC -> "zstd";
          case LZ4_MAGIC, LZ4_LEGACY_MAGIC -> "lz4";
          case XZ_MAGIC -> "xz";
          default -> (magic & 0xFF_FFFF) == BZIP2_MAGIC ? "bzip2" : null;
        };
    if (tool != null) {
      throw MalformedSavefile.compressed(name, tool);
    }
  }

  /// Sets the byte order in which [#word] and [#half] read.
  void bigEndian(boolean bigEndian) {
    swapped = bigEndian;
  }

  /// Whether `bytes` more bytes follow; reads until they are in the window or the file ends.
  boolean has(int bytes) throws IOException {
    return limit - position >= bytes || (!atEnd && fill(bytes));
  }

  private boolean fill(int bytes) throws IOException {
    if (position > 0 && bytes > memory.byteSize() - position) {
      MemorySegment.copy(memory, position, memory, 0, limit - position);
      origin += position;
      limit -= position;
      position = 0;
    }
    while (limit - position < bytes) {
      if (limit == memory.byteSize()) {
        grow();
      }
      view.limit(view.capacity()).position(limit);
      int read = read();
      if (read < 0) {
        atEnd = true;
        return false;
      }
      limit += read;
    }
    return true;
  }

  private int read() throws IOException {
    try {
      return channel.read(view);
    } catch (EOFException e) {
      damage = MalformedSavefile.cut(name, origin + limit, e.getMessage());
      return -1;
    } catch (ZipException e) {
      damage = MalformedSavefile.at(name, origin + limit, e.getMessage(), "nothing follows");
      return -1;
    } catch (IOException e) {
      if (isStopped) {
        return -1;
      }
      throw FileFailure.of(name, e);
    }
  }

  /// Ends the input: further reads find nothing, and a read that waits for data returns if the
  /// channel is an [InterruptibleChannel]. Any thread.
  void stop() {
    isStopped = true;
    if (source instanceof InterruptibleChannel interruptible) {
      try {
        interruptible.close();
      } catch (IOException e) {
        // What was read so far is used in any case.
      }
    }
  }

  boolean isStopped() {
    return isStopped;
  }

  private void grow() {
    MemorySegment larger = arena.allocate(memory.byteSize() * 2, ALIGNMENT);
    MemorySegment.copy(memory, 0, larger, 0, limit);
    memory = larger;
    view = larger.asByteBuffer();
  }

  /// Bytes that are in the window and not yet consumed. After [#has] returned false: all that is
  /// left of the file.
  int available() {
    return limit - position;
  }

  /// Whether the file ends here, after [#has] returned false: with nothing left over.
  ///
  /// @throws MalformedSavefile if its compressed data are damaged or cut off
  boolean endsHere() throws MalformedSavefile {
    if (damage != null) {
      throw damage;
    }
    return available() == 0;
  }

  /// Skips bytes that are in the window.
  void advance(int bytes) {
    position += bytes;
  }

  /// Skips bytes, which need not be in the window.
  ///
  /// @return how many bytes were skipped, fewer than `bytes` only at the file's end
  long skip(long bytes) throws IOException {
    long left = bytes;
    while (left > 0 && has(1)) {
      int step = (int) Math.min(left, limit - position);
      position += step;
      left -= step;
    }
    return bytes - left;
  }

  /// The offset of the next byte in [#memory].
  int position() {
    return position;
  }

  /// The offset of the next byte in the file.
  long fileOffset() {
    return origin + position;
  }

  MemorySegment memory() {
    return memory;
  }

  String name() {
    return name;
  }

  boolean isBigEndian() {
    return swapped;
  }

  /// Four bytes in the file's byte order.
  int word(long offset) {
    int word = memory.get(INT, offset);
    return swapped ? Integer.reverseBytes(word) : word;
  }

  /// Two bytes in the file's byte order, 0 to 65 535.
  int half(long offset) {
    short half = memory.get(SHORT, offset);
    return Short.toUnsignedInt(swapped ? Short.reverseBytes(half) : half);
  }

  /// Eight bytes in the file's byte order.
  long doubleWord(long offset) {
    long first = Integer.toUnsignedLong(word(offset));
    long second = Integer.toUnsignedLong(word(offset + 4));
    return swapped ? first << 32 | second : second << 32 | first;
  }

  /// Reports that the file ends inside the record or block that begins at the next byte.
  MalformedSavefile truncated(long needed) {
    return truncated(fileOffset(), needed, available());
  }

  /// Reports that the file ends inside the block at the file offset `start`.
  MalformedSavefile truncated(long start, long needed, long had) {
    return damage != null ? damage : MalformedSavefile.truncated(name, start, needed, had);
  }

  /// Reports a wrong value `distance` bytes after the next byte.
  MalformedSavefile malformed(long distance, String found, String right) {
    return MalformedSavefile.at(name, fileOffset() + distance, found, right);
  }

  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
      channel.close();
    }
  }
}
