package io.ringtap.lab.profile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a process has code: the mappings that may be executed. A later mapping hides what it
/// covers. Not thread-safe.
final class AddressSpace {
  /// A mapping.
  ///
  /// @param fileOffset where in the file it begins
  /// @param name the file, or what `/proc/PID/maps` has instead of one
  record Region(long address, long length, long fileOffset, String name) {
    /// Whether there is a file that may name the code.
    boolean isFile() {
      return name.startsWith("/") && !name.startsWith("//") && !name.startsWith("/memfd:");
    }
  }

  private static final int FIELDS = 6;
  private static final int PERMISSIONS = 1;
  private static final int OFFSET = 2;
  private static final int NAME = 5;

  private final List<Region> regions = new ArrayList<>();

  void add(Region region) {
    regions.add(region);
  }

  /// Adds what `/proc/PID/maps` lists; nothing if the process has ended.
  void addMapsOf(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
      addMaps(lines);
    } catch (IOException | UncheckedIOException _) {
      // It has ended.
    }
  }

  void addMaps(Stream<String> lines) {
    lines.forEach(line -> {
      String[] fields = line.split(" +", FIELDS);
      if (fields[PERMISSIONS].contains("x")) {
        int dash = fields[0].indexOf('-');
        long begin = Long.parseUnsignedLong(fields[0], 0, dash, 16);
        long end = Long.parseUnsignedLong(fields[0], dash + 1, fields[0].length(), 16);
        long offset = Long.parseUnsignedLong(fields[OFFSET], 16);
        String name = fields.length < FIELDS ? "" : fields[NAME];
        regions.add(new Region(begin, end - begin, offset, name));
      }
    });
  }

  /// The mapping of an address; empty if none is known.
  Optional<Region> regionAt(long address) {
    for (int i = regions.size() - 1; i >= 0; i--) {
      Region region = regions.get(i);
      if (address - region.address() >= 0 && address - region.address() < region.length()) {
        return Optional.of(region);
      }
    }
    return Optional.empty();
  }
}
