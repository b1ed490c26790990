package io.ringtap.monitor.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tells whether a file is to be read again. It is looked at every few seconds, and not waited for:
/// links that are swapped, as those of Kubernetes' config maps are, and files that editors rename
/// look like any other change then, and it works on every kind of file system. One thread at a time
/// uses it.
public final class FileWatch {
  /// What shows that a file is another one or has been written.
  ///
  /// @param key device and inode
  private record Stamp(FileTime modified, long size, @Nullable Object key) {}

  private final Path file;

  /// As it was at the last look; null if it was not there.
  private @Nullable Stamp seen;

  /// As it was when it was last to be read.
  private @Nullable Stamp read;

  /// Watches a file, which need not be there.
  public FileWatch(Path file) {
    this.file = file;
  }

  /// Looks at the file.
  ///
  /// @param isForced whether it is to be read now in any case
  /// @return whether it is to be read now: it has changed, come or gone, and has stood still since
  ///   the last look, so that nothing is read that is half written
  public boolean look(boolean isForced) {
    Stamp before = seen;
    seen = stamp();
    boolean isChanged = !Objects.equals(seen, read);
    boolean isStill = Objects.equals(seen, before);
    if (!isForced && !(isChanged && isStill)) {
      return false;
    }
    read = seen;
    return true;
  }

  /// Whether the file was there when it was last to be read, or is now.
  boolean isThere() {
    return seen != null || read != null;
  }

  private @Nullable Stamp stamp() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return null;
    }
  }
}
