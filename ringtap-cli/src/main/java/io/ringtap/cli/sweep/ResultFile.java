package io.ringtap.cli.sweep;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Failure;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The file of `-o`.
final class ResultFile implements Closeable {
  private final Path file;
  private final FileChannel channel;

  private ResultFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Opens a file.
  ///
  /// @param isContinued to go on with what is there, from its last whole line on; otherwise it is
  ///   emptied
  /// @throws BadArgument if it cannot be opened
  static ResultFile open(Path file, boolean isContinued) throws BadArgument {
    try {
      if (isContinued && Files.isRegularFile(file)) {
        cutTornLine(file);
      }
      StandardOpenOption how =
          isContinued ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
      return new ResultFile(
          file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how));
    } catch (IOException e) {
      throw new BadArgument(file + ": " + Failure.reason(e));
    }
  }

  /// Takes away what a killed process has written of a line: its target was not completed, and is
  /// asked again.
  private static void cutTornLine(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      while (size > 0) {
        int _ = channel.read(last.clear(), size - 1);
        if (last.get(0) == '\n') {
          break;
        }
        size--;
      }
      if (size < channel.size()) {
        FileChannel _ = channel.truncate(size);
      }
    }
  }

  /// What writes to it.
  OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /// Has the kernel bring to the disk what it was given.
  void force() throws IOException {
    if (Files.isRegularFile(file)) {
      channel.force(false);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
