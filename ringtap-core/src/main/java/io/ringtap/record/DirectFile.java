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

/// A file that is written directly from the caller's memory (`O_DIRECT`), so that a recording at
/// line rate is not copied into the page cache and does not fill the machine's memory.
///
/// Only whole blocks are written directly, at a file offset and from an address that are multiples
/// of [#alignment]. Anything else, or anything that the file system does not accept directly, is
/// written normally. Readers of the file see no difference. One thread at a time.
public final class DirectFile implements AlignedChannel {
  /// A page, which is a multiple of the blocks of disks. So direct and normal writes never share a
  /// page.
  private static final int ALIGNMENT = 4096;

  private final FileChannel channel;
  private final FileDescriptor direct; // the same file
  private boolean isDirect = true;

  private DirectFile(FileChannel channel, FileDescriptor direct) {
    this.channel = channel;
    this.direct = direct;
  }

  /// Opens a file like [FileChannel#open(Path, OpenOption...)]. For a file that is not regular, or
  /// on a file system without direct writes, this returns an ordinary channel.
  ///
  /// @throws IOException if the file cannot be opened
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

  /// Returns the bytes written; 0 if a direct write was not possible, for whatever reason. A normal
  /// write then shows the reason.
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

  /// @throws NonReadableChannelException always: the file is only written
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
