package io.ringtap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/// The line that `--version` prints: `ringtap 0.1.0 (Java 25.0.3, Linux 6.18)`.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {line()};
  }

  static String line() throws IOException {
    return "ringtap "
        + number()
        + " (Java "
        + System.getProperty("java.version")
        + ", "
        + System.getProperty("os.name")
        + " "
        + majorAndMinor(System.getProperty("os.version"))
        + ")";
  }

  private static String number() throws IOException {
    try (InputStream file = Version.class.getResourceAsStream("version.txt")) {
      if (file == null) {
        throw new IOException("version.txt is missing from the jar");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /// `6.18` of `6.18.5-1-amd64`.
  static String majorAndMinor(String kernel) {
    int end = kernel.indexOf('.', kernel.indexOf('.') + 1);
    return end < 0 ? kernel : kernel.substring(0, end);
  }
}
