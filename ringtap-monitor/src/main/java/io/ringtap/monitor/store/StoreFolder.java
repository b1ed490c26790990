package io.ringtap.monitor.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// The folder of a store, which only one process at a time may write to.
final class StoreFolder implements AutoCloseable {
  /// Where SQLite unpacks its library: /tmp may forbid to run what is in it.
  private static final String NATIVE = "native";

  /// What may be in a folder that becomes a store.
  private static final Set<String> HARMLESS = Set.of(FolderLock.FILE, NATIVE, "lost+found");

  private final Path path;
  private final FolderLock lock;

  private StoreFolder(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Takes a folder, which is made if it is not there.
  ///
  /// @throws IOException with one clear line if it is in use, or has other things in it
  static StoreFolder take(Path path) throws IOException {
    Files.createDirectories(path);
    if (!Files.exists(path.resolve(SqliteLedger.FILE))) {
      checkEmpty(path);
    }
    FolderLock lock = FolderLock.take(path, "monitor");
    try {
      unpackNativeInto(path.resolve(NATIVE));
      return new StoreFolder(path, lock);
    } catch (IOException e) {
      lock.close();
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

  /// Whether it is still the folder that was taken: another one may be in its place, or none.
  boolean isThere() {
    return lock.isThere();
  }

  @Override
  public void close() {
    lock.close();
  }
}
