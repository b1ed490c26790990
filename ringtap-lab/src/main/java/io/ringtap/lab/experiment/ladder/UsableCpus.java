package io.ringtap.lab.experiment.ladder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The CPUs that this process may run on, which need not begin with 0.
final class UsableCpus {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String KEY = "Cpus_allowed_list:";

  private UsableCpus() {}

  /// Their numbers, in order.
  static List<Integer> read() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(KEY)) {
        return parse(line.substring(KEY.length()).strip());
      }
    }
    return List.of(0);
  }

  /// The numbers of a list such as `0-3,8`.
  static List<Integer> parse(String list) {
    List<Integer> cpus = new ArrayList<>();
    for (String part : list.split(",", -1)) {
      int dash = part.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
      for (int cpu = first; cpu <= last; cpu++) {
        cpus.add(cpu);
      }
    }
    return cpus;
  }
}
