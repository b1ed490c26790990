package io.ringtap.monitor.target;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Files that list targets.
final class FileSource implements SourceReader {
  /// More than lists of targets have.
  private static final int MOST_BYTES = 64 << 20;

  /// What is known of a file.
  private static final class Known {
    final FileWatch watch;
    List<Listed> listed = List.of();
    @Nullable String problem;

    Known(Path file) {
      watch = new FileWatch(file);
    }
  }

  /// Reads the content of a file.
  private interface Format {
    List<Listed> read(String file, byte[] content) throws SourceProblem;
  }

  private final Path pattern;
  private final boolean mayBeAbsent;
  private final Format format;
  private final Map<Path, Known> files = new TreeMap<>();

  private FileSource(Path pattern, boolean mayBeAbsent, Format format) {
    this.pattern = pattern;
    this.mayBeAbsent = mayBeAbsent;
    this.format = format;
  }

  /// A file with targets as `ringtap ping -f` reads them.
  static FileSource ofList(Path file) {
    return new FileSource(file, false, ListFormat::read);
  }

  /// Files as those of Prometheus' `file_sd`.
  ///
  /// @param pattern a path whose last part may have `*`
  static FileSource ofFileSd(Path pattern) {
    return new FileSource(
        pattern,
        true,
        (file, content) ->
            file.toLowerCase(Locale.ROOT).endsWith(".json")
                ? SdFormat.readJson(file, content)
                : SdFormat.readYaml(file, content));
  }

  @Override
  public @Nullable Reading read(boolean isForced) {
    boolean isChanged = isForced;
    int failures = 0;
    Collection<Path> there = matching();
    for (Path file : there) {
      files.computeIfAbsent(file, Known::new);
    }
    for (Map.Entry<Path, Known> each : files.entrySet()) {
      Known known = each.getValue();
      if (known.watch.look(isForced)) {
        read(each.getKey(), known);
        isChanged = true;
        failures += known.problem == null ? 0 : 1;
      }
    }
    if (mayBeAbsent) {
      files.values().removeIf(known -> !known.watch.isThere());
    }
    return isChanged ? reading(failures) : null;
  }

  /// Whether any of its files was there at the last reading.
  boolean hasFiles() {
    return !files.isEmpty();
  }

  private Reading reading(int failures) {
    List<Listed> listed = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Known known : files.values()) {
      listed.addAll(known.listed);
      if (known.problem != null) {
        problems.add(known.problem);
      }
    }
    return new Reading(listed, problems, failures);
  }

  /// The files that the pattern means now.
  private Collection<Path> matching() {
    Path last = pattern.getFileName();
    if (!mayBeAbsent || last == null || last.toString().indexOf('*') < 0) {
      return List.of(pattern);
    }
    Path folder = pattern.getParent() == null ? Path.of("") : pattern.getParent();
    // In a glob of the JDK more than the star is special.
    String glob = last.toString().replaceAll("([\\\\?\\[\\]{}])", "\\\\$1");
    Collection<Path> found = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(found::add);
    } catch (IOException e) {
      // A folder that is not there has no files yet.
    }
    return found;
  }

  private void read(Path file, Known known) {
    try {
      known.listed = format.read(file.toString(), content(file));
      known.problem = null;
    } catch (SourceProblem e) {
      known.problem = e.getMessage();
    } catch (NoSuchFileException e) {
      known.listed = mayBeAbsent ? List.of() : known.listed;
      known.problem = mayBeAbsent ? null : file + ": no such file";
    } catch (IOException e) {
      known.problem = file + ": cannot be read: " + e.getMessage();
    }
  }

  private static byte[] content(Path file) throws IOException, SourceProblem {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new SourceProblem(file + ": not a regular file");
    }
    if (attributes.size() > MOST_BYTES) {
      throw new SourceProblem(file + ": more than " + (MOST_BYTES >> 20) + " MB");
    }
    return Files.readAllBytes(file);
  }
}
