package io.ringtap.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The roots of procfs and sysfs. Network files show the namespace in which `sys` was mounted.
///
/// @param proc usually `/proc`
/// @param sys usually `/sys`
public record KernelFiles(Path proc, Path sys) {
  /// The usual mount points.
  public static final KernelFiles RUNNING = new KernelFiles(Path.of("/proc"), Path.of("/sys"));

  /// The names of the interfaces in `sys`, sorted.
  public List<String> interfaces() {
    return names(sys.resolve("class/net"));
  }

  /// The directory of an interface in `sys`.
  public Path netDirectory(String name) {
    return sys.resolve("class/net").resolve(name);
  }

  /// The index of an interface in `sys`; empty if it is not there.
  public Optional<Integer> interfaceIndex(String name) {
    return number(netDirectory(name).resolve("ifindex"));
  }

  /// The online CPUs.
  public CpuSet onlineCpus() {
    return list(sys.resolve("devices/system/cpu/online")).orElse(CpuSet.NONE);
  }

  /// A file's text without its end of line; empty if the file does not exist or cannot be read,
  /// which depends on the device for some.
  static Optional<String> text(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<CpuSet> list(Path file) {
    return text(file)
        .flatMap(text -> {
          try {
            return Optional.of(CpuSet.parseList(text));
          } catch (IllegalArgumentException e) {
            return Optional.empty();
          }
        });
  }

  static Optional<CpuSet> mask(Path file) {
    return text(file)
        .flatMap(text -> {
          try {
            return Optional.of(CpuSet.parseMask(text));
          } catch (IllegalArgumentException e) {
            return Optional.empty();
          }
        });
  }

  static Optional<Integer> number(Path file) {
    return text(file)
        .flatMap(text -> {
          try {
            return Optional.of(Integer.valueOf(text));
          } catch (NumberFormatException e) {
            return Optional.empty();
          }
        });
  }

  /// The names in a directory, sorted; empty if it does not exist.
  static List<String> names(Path directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (IOException e) {
      return List.of();
    }
    names.sort(null);
    return names;
  }
}
