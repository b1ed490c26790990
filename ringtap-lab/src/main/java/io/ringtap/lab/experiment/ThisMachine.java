package io.ringtap.lab.experiment;

import io.ringtap.lab.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads what an experiment runs on.
public final class ThisMachine {
  private static final String UNKNOWN = "unknown";

  private ThisMachine() {}

  /// Describes it.
  ///
  /// @param ringtap version of Ringtap, as `ringtap --version` prints it, or only the number
  /// @throws IOException if the kernel does not describe the machine
  public static Machine describe(String ringtap) throws IOException {
    return new Machine(
        // Arm's kernel names no model.
        value("/proc/cpuinfo", "model name", ':').orElse(System.getProperty("os.arch", UNKNOWN)),
        Runtime.getRuntime().availableProcessors(),
        value("/proc/meminfo", "MemTotal", ':')
            .map(text -> Long.parseLong(text.replaceAll("\\D", "")) << 10)
            .orElse(0L),
        System.getProperty("os.version", UNKNOWN),
        value("/etc/os-release", "PRETTY_NAME", '=')
            .map(text -> text.replace("\"", ""))
            .orElse(UNKNOWN),
        Runtime.version().toString(),
        ringtap.replaceFirst("^ringtap ", ""));
  }

  private static Optional<String> value(String file, String key, char separator)
      throws IOException {
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    return Files.readAllLines(path).stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(separator) + 1).strip())
        .findFirst();
  }
}
