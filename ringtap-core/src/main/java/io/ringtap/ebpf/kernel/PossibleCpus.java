package io.ringtap.ebpf.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The CPUs that the machine may have, also those that are off or not plugged in: each element of a
/// per-CPU map has this many values.
final class PossibleCpus {
  private static final Path FILE = Path.of("/sys/devices/system/cpu/possible");

  private PossibleCpus() {}

  static int count() throws IOException {
    return count(Files.readString(FILE).strip());
  }

  /// The number of CPUs in a list such as `0-3,8`.
  static int count(String list) {
    int count = 0;
    for (String range : list.split(",", -1)) {
      String[] ends = range.split("-", 2);
      count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
    }
    return count;
  }
}
