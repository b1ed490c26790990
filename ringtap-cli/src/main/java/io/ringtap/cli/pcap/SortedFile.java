package io.ringtap.cli.pcap;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.SavefileCopy;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileSort;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sorted copies of a file's sections, beside the file that is written, for as long as the job
/// takes.
final class SortedFile implements AutoCloseable {
  private final @Nullable Path directory;
  private final List<Path> files = new ArrayList<>();

  private SortedFile(Target target) {
    directory = target.directory();
  }

  /// Sorts a file.
  ///
  /// @param name a path or `-`
  /// @throws BadArgument if it cannot be read, or is damaged
  static SortedFile of(String name, Target target) throws BadArgument, IOException {
    SortedFile sorted = new SortedFile(target);
    try (Sources sources = Sources.open(List.of(name))) {
      if (sources.isPlain()) {
        sorted.sort(Path.of(name));
      } else {
        sorted.sort(sources.first());
      }
      return sorted;
    } catch (MalformedSavefile e) {
      sorted.close();
      throw new BadArgument(String.valueOf(e.getMessage()));
    } catch (BadArgument | IOException | RuntimeException e) {
      sorted.close();
      throw e;
    }
  }

  /// Sorts what can only be read once, or only from its beginning.
  private void sort(SavefileReader from) throws IOException {
    Path plain = temporary();
    try {
      try (SavefileCopy copy =
          SavefileCopy.open(plain, SavefileOptions.of(from.format(), from.interfaces()))) {
        while (from.nextBlock()) {
          boolean _ = copy.write(from);
        }
      }
      sort(plain);
    } finally {
      Files.delete(plain);
    }
  }

  private void sort(Path plain) throws IOException {
    SavefileSort.sort(
        plain,
        () -> {
          Path file = temporary();
          files.add(file);
          return FileChannel.open(file, StandardOpenOption.WRITE);
        });
  }

  private Path temporary() throws IOException {
    return directory == null
        ? Files.createTempFile("ringtap", ".sorting")
        : Files.createTempFile(directory, ".ringtap", ".sorting");
  }

  /// The names of the copies.
  List<String> names() {
    return files.stream().map(Path::toString).toList();
  }

  @Override
  public void close() throws IOException {
    for (Path each : files) {
      Files.deleteIfExists(each);
    }
  }
}
