package io.ringtap.monitor.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The folder of a store, which only one process at a time may write to.
final class StoreFolder implements AutoCloseable {
  private static final String LOCK = "lock";

  /// Where SQLite unpacks its library: /tmp may forbid to run what is in it.
  private static final String NATIVE = "native";

  /// What may be in a folder that becomes a store.
  private static final Set<String> HARMLESS = Set.of(LOCK, NATIVE, "lost+found");

  private final Path path;
  private final FileChannel channel;
  private final @Nullable Object fileKey;

  private StoreFolder(Path path, FileChannel channel, @Nullable Object fileKey) {
    this.path = path;
    this.channel = channel;
    this.fileKey = fileKey;
  }

  /// Takes a folder, which is made if it is not there.
  ///
  /// @throws IOException with one clear line if it is in use, or has other things in it
  static StoreFolder take(Path path) throws IOException {
    Files.createDirectories(path);
    if (!Files.exists(path.resolve(SqliteLedger.FILE))) {
      checkEmpty(path);
    }
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      lock(path, channel);
      unpackNativeInto(path.resolve(NATIVE));
      return new StoreFolder(path, channel, keyOf(path));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void checkEmpty(Path path) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        if (!HARMLESS.contains(file.getFileName().toString())) {
          throw new IOException(
              "%s is no store, as it has no %s, and not empty: %s is in it; give the store a folder of its own"
                  .formatted(path, SqliteLedger.FILE, file.getFileName()));
        }
      }
    }
  }

  private static void lock(Path path, FileChannel channel) throws IOException {
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
          "%s is in use by another monitor%s"
              .formatted(path, owner.isEmpty() ? "" : ", process " + owner));
    }
    byte[] owner = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(owner), 0);
  }

  /// Makes a place for SQLite's library, without what processes that were killed left in it.
  private static void unpackNativeInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (System.getProperty("org.sqlite.tmpdir") == null) {
      System.setProperty("org.sqlite.tmpdir", folder.toString());
    }
    if (!System.getProperty("org.sqlite.tmpdir").equals(folder.toString())) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sqlite-*")) {
      for (Path file : files) {
        Files.delete(file); // a library that this process has loaded stays loaded
      }
    }
  }

  Path path() {
    return path;
  }

  private static @Nullable Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path.resolve(LOCK), BasicFileAttributes.class).fileKey();
  }

  /// Whether it is still the folder that was taken: another one may be in its place, or none.
  boolean isThere() {
    try {
      Object now = keyOf(path);
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
