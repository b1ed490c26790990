package io.ringtap.dist.manual;

import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Runs the programs that read man pages.
final class Tool {
  private Tool() {}

  /// What a program prints, on both streams together.
  ///
  /// @param command the program, then its arguments
  static String print(Path directory, List<String> command) throws IOException {
    Requirement.tool(command.getFirst());
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
