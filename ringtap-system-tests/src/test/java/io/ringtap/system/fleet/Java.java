package io.ringtap.system.fleet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Java as tests start it.
final class Java {
  private Java() {}

  /// The command that runs a class of the tests.
  static String[] command(Class<?> main, String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    words.addAll(List.of(arguments));
    return words.toArray(String[]::new);
  }
}
