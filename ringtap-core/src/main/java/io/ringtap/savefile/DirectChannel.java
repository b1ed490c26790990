package io.ringtap.savefile;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A new file that is written past the page cache (`O_DIRECT`, `open(2)`): the disk takes what it
/// is given from this memory, without a copy of the kernel's and without its cache filling with
/// what nobody will read soon.
///
/// The disk takes whole blocks alone. What does not fill one is written through the cache, so that
/// the file is complete after each call, and once more with the rest of its block.
final class DirectChannel implements WritableByteChannel {
  private static final int BLOCK = 4096; // what a disk's block divides
  private static final int STAGING_BYTES = 1 << 20;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment staging = arena.allocate(STAGING_BYTES, BLOCK);
  private final FileChannel blocks;
  private final FileChannel rest;
  private long position; // of the staging's beginning: a multiple of BLOCK
  private int staged; // octets, less than BLOCK between calls

  /// Opens `file`, which exists and is empty.
  ///
  /// @param rest open for writing; this channel's from here on
  /// @throws IOException if the file system takes no direct writes
  DirectChannel(Path file, FileChannel rest) throws IOException {
    this.rest = rest;
    try {
      blocks = FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
    } catch (IOException | UnsupportedOperationException e) {
      try (rest) {
        throw new IOException(file + ": the file system takes no direct writes", e);
      } finally {
        arena.close();
      }
    }
  }

  /// The file, to be cut back and asked for its size.
  FileChannel file() {
    return rest;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int length = from.remaining();
    while (from.hasRemaining()) {
      int step = Math.min(from.remaining(), STAGING_BYTES - staged);
      MemorySegment.copy(MemorySegment.ofBuffer(from), 0, staging, staged, step);
      writeBlocks(staged + step);
      from.position(from.position() + step);
    }
    writeRest();
    return length;
  }

  /// Writes what fills blocks and moves the rest to the front.
  private void writeBlocks(int filled) throws IOException {
    int whole = filled / BLOCK * BLOCK;
    if (whole > 0) {
      writeAll(blocks, whole);
      MemorySegment.copy(staging, whole, staging, 0, filled - whole);
      position += whole;
    }
    staged = filled - whole;
  }

  private void writeRest() throws IOException {
    if (staged > 0) {
      writeAll(rest, staged);
    }
  }

  private void writeAll(FileChannel to, int length) throws IOException {
    ByteBuffer bytes = staging.asSlice(0, length).asByteBuffer();
    while (bytes.hasRemaining()) {
      int written = to.write(bytes, position + bytes.position());
      // A full disk may take a part that ends within a block, from where no direct write goes on.
      if (written <= 0 || (to.equals(blocks) && written % BLOCK != 0)) {
        throw new IOException("takes no more octets");
      }
    }
  }

  @Override
  public boolean isOpen() {
    return rest.isOpen();
  }

  @Override
  public void close() throws IOException {
    try (rest;
        blocks) {
      if (arena.scope().isAlive()) {
        arena.close();
      }
    }
  }
}
