package io.ringtap.cli.sweep;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The file of `--resume`. It is replaced as a whole, so that it is whole whenever the process or
/// the machine stops.
final class StateFile {
  private static final int MAX_BYTES = 1 << 16; // many times what a state has

  private final Path file;

  StateFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /// The state that is there; null if there is no file.
  ///
  /// @throws BadArgument if the file cannot be read or is something else
  @Nullable SweepState read() throws BadArgument {
    if (!Files.exists(file)) {
      return null;
    }
    try (var input = Files.newInputStream(file)) {
      String text = new String(input.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
      return SweepState.parse(text);
    } catch (IOException e) {
      throw new BadArgument(file + ": " + Failure.reason(e));
    } catch (SweepState.Malformed e) {
      throw new BadArgument(file + ": " + e.getMessage());
    }
  }

  /// Replaces the file.
  ///
  /// @throws IOException if it cannot be written; the file is what it was
  void write(SweepState state) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer text = StandardCharsets.UTF_8.encode(state.text());
      while (text.hasRemaining()) {
        int _ = channel.write(text);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    Path directory = file.getParent();
    if (directory != null) {
      // The new name is on the disk only with the directory.
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
