package io.ringtap.record;

import io.ringtap.linux.CallState;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Fcntl;
import io.ringtap.savefile.AlignedChannel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/// A file whose disk reads large writes from the caller's memory (`O_DIRECT`): a recording at line
/// rate is not copied into the page cache, and does not fill the machine's memory.
///
/// Whole blocks at a multiple of [#alignment] from memory at such a multiple are written so, and
/// anything else, or what the file system does not take that way, as usual. To a reader it is a
/// file like another. One thread at a time.
public final class DirectFile implements AlignedChannel {
  /// A page, of which disks' blocks are parts: what is written past the page cache and what through
  /// it then never share one.
  private static final int ALIGNMENT = 4096;

  private final FileChannel channel;
  private final FileDescriptor direct; // the same file
  private boolean isDirect = true;

  private DirectFile(FileChannel channel, FileDescriptor direct) {
    this.channel = channel;
    this.direct = direct;
  }

  /// Opens a file, as [FileChannel#open(Path, OpenOption...)] does. What is no regular file, or on
  /// a file system without direct writes, is an ordinary channel.
  public static SeekableByteChannel open(Path path, OpenOption... options) throws IOException {
    FileChannel channel = FileChannel.open(path, options);
    if (!Files.isRegularFile(path)) {
      return channel;
    }
    int flags = Fcntl.O_WRONLY | Fcntl.O_CLOEXEC | Fcntl.O_DIRECT;
    int result;
    try (Arena arena = Arena.ofConfined()) {
      result = Libc.open(CallState.current(), arena.allocateFrom(path.toString()), flags, 0);
    }
    return result < 0 ? channel : new DirectFile(channel, new FileDescriptor(result));
  }

  @Override
  public int alignment() {
    return ALIGNMENT;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int written = isDirect && source.isDirect() ? writeDirectly(source) : 0;
    return written > 0 ? written : channel.write(source);
  }

  /// Returns the bytes written; 0 if there were none, for whatever reason: an ordinary write shows
  /// it.
  private int writeDirectly(ByteBuffer source) throws IOException {
    MemorySegment bytes = MemorySegment.ofBuffer(source);
    long position = channel.position();
    if (((bytes.address() | bytes.byteSize() | position) & (ALIGNMENT - 1)) != 0) {
      return 0;
    }
    long result =
        Libc.pwrite(CallState.current(), direct.number(), bytes, bytes.byteSize(), position);
    if (result <= 0) {
      isDirect = false;
      return 0;
    }
    channel.position(position + result);
    source.position(source.position() + (int) result);
    return (int) result;
  }

  /// @throws NonReadableChannelException always: the file is for writing
  @Override
  public int read(ByteBuffer target) {
    throw new NonReadableChannelException();
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    channel.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    channel.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    direct.close();
    channel.close();
  }
}
