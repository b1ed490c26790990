package io.ringtap.lab.profile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The names of system calls on this architecture, by their numbers (`asm/unistd.h`).
final class SystemCallNames {
  private static final Map<Long, String> NAMES = read();

  private SystemCallNames() {}

  /// Of a number that is not known, `syscall 461`.
  static String of(long number) {
    return NAMES.getOrDefault(number, "syscall " + number);
  }

  private static Map<Long, String> read() {
    Map<Long, String> names = new HashMap<>();
    String file = "syscalls-" + System.getProperty("os.arch") + ".txt";
    try (InputStream stream = SystemCallNames.class.getResourceAsStream(file)) {
      if (stream != null) {
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII));
        lines
            .lines()
            .map(line -> line.split(" ", 2))
            .forEach(fields -> names.put(Long.valueOf(fields[0]), fields[1]));
      }
      return Map.copyOf(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
