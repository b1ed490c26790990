package io.ringtap.monitor.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Keeps a folder for one process at a time. The lock is one of the kernel's on a file in it, so it
/// goes with a process that is killed.
public final class FolderLock implements AutoCloseable {
  /// The name of that file.
  public static final String FILE = "lock";

  private final Path folder;
  private final FileChannel channel;
  private final @Nullable Object fileKey;

  private FolderLock(Path folder, FileChannel channel, @Nullable Object fileKey) {
    this.folder = folder;
    this.channel = channel;
    this.fileKey = fileKey;
  }

  /// Takes a folder that is there.
  ///
  /// @param user what else may have it, in a word, such as `monitor`
  /// @throws IOException with one clear line if another process has it
  public static FolderLock take(Path folder, String user) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      lock(folder, channel, user);
      return new FolderLock(folder, channel, keyOf(folder));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(Path folder, FileChannel channel, String user) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      ByteBuffer text = ByteBuffer.allocate(20);
      channel.read(text, 0);
      String owner =
          new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
      throw new IOException(
          "%s is in use by another %s%s"
              .formatted(folder, user, owner.isEmpty() ? "" : ", process " + owner));
    }
    byte[] owner = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(owner), 0);
  }

  private static @Nullable Object keyOf(Path folder) throws IOException {
    return Files.readAttributes(folder.resolve(FILE), BasicFileAttributes.class).fileKey();
  }

  /// Whether it is still the folder that was taken: another one may be in its place, or none.
  public boolean isThere() {
    try {
      Object now = keyOf(folder);
      return now != null && now.equals(fileKey);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the process at the latest.
    }
  }
}
