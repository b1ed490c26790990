package io.ringtap.savefile;

import io.ringtap.savefile.file.StampPattern;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Creates and names the files of a run with rotation, and deletes the oldest of them.
///
/// A name is the pattern, with a number before its extension if the pattern by itself does not give
/// each file its own name: `x_000000.pcapng`, `x_000001.pcapng`. Numbers continue from the greatest
/// one in the directory. A file is created only if no file of that name exists.
final class RotatedFiles {
  /// A file that the run created.
  ///
  /// @param key distinguishes it from another file that has taken its name since
  private record OwnFile(Path path, @Nullable Object key) {}

  /// A new file, open.
  record Created(Path path, SeekableByteChannel channel) {}

  private final Rotation rotation;
  private final StampPattern pattern;
  private final boolean numbered;
  private final SavefileOpener opener;
  private final Queue<OwnFile> made = new ArrayDeque<>();
  private String name = ""; // the last name without its number
  private long number;

  /// @throws IllegalArgumentException if the name has a conversion that is not known here
  RotatedFiles(Path file, Rotation rotation, ZoneId zone, SavefileOpener opener) {
    this.rotation = rotation;
    this.opener = opener;
    boolean aged = rotation.maxAge() != null;
    String text = file.toString();
    pattern = new StampPattern(aged ? text : text.replace("%", "%%"), zone);
    numbered = rotation.maxBytes() > 0 || !pattern.isTimed();
  }

  /// Creates the next file, and deletes the oldest if there would be too many.
  ///
  /// @param epochNanos the time in its name
  Created create(long epochNanos) throws IOException {
    if (rotation.maxFiles() > 0 && !rotation.endAfterMaxFiles()) {
      while (made.size() >= rotation.maxFiles()) {
        delete(made.remove());
      }
    }
    String expanded = pattern.expand(epochNanos);
    boolean another = !expanded.equals(name);
    name = expanded;
    if (another && !numbered) {
      number = -1;
      try {
        return create(Path.of(expanded));
      } catch (FileAlreadyExistsException _) {
        // A number distinguishes it from the existing file.
      }
    }
    if (another || number < 0) {
      number = nextNumber(expanded);
    }
    while (true) {
      try {
        return create(Path.of(stem(expanded) + "_%06d".formatted(number++) + ending(expanded)));
      } catch (FileAlreadyExistsException _) {
        // Another process took the number meanwhile.
      }
    }
  }

  private Created create(Path path) throws IOException {
    SeekableByteChannel channel =
        opener.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    made.add(new OwnFile(path, key(path)));
    return new Created(path, channel);
  }

  private static void delete(OwnFile file) throws IOException {
    try {
      if (Objects.equals(key(file.path), file.key)) {
        Files.deleteIfExists(file.path);
      }
    } catch (NoSuchFileException _) {
      // Another process has deleted it.
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /// One more than the greatest number of a file with this name.
  private static long nextNumber(String name) throws IOException {
    Path path = Path.of(name).toAbsolutePath();
    String stem = stem(path.getFileName().toString()) + "_";
    String ending = ending(path.getFileName().toString());
    long next = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path.getParent())) {
      for (Path each : files) {
        String other = each.getFileName().toString();
        if (other.length() > stem.length() + ending.length()
            && other.startsWith(stem)
            && other.endsWith(ending)) {
          String digits = other.substring(stem.length(), other.length() - ending.length());
          if (digits.length() >= 6 && digits.matches("\\d{6,18}")) {
            next = Math.max(next, Long.parseLong(digits) + 1);
          }
        }
      }
    }
    return next;
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - ending(name).length());
  }

  /// The extension, from the last dot of the file name, or from the dot before it if the last
  /// extension shows compression.
  private static String ending(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    if (dot > 0 && (file.endsWith(".gz") || file.endsWith(".zst"))) {
      int before = file.lastIndexOf('.', dot - 1);
      dot = before > 0 ? before : dot;
    }
    return dot > 0 ? file.substring(dot) : "";
  }
}
