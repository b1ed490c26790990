package io.ringtap.cli.target;

import io.ringtap.cli.run.StandardInput;
import io.ringtap.target.TargetFile;
import io.ringtap.target.TargetParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Opens what targets are read from, by its name on the command line.
public final class TargetInput {
  private TargetInput() {}

  /// Opens a file, or standard input for `-`.
  ///
  /// @param onBadTarget hears of what cannot be understood, with its place
  public static TargetFile open(String path, TargetParser parser, Consumer<String> onBadTarget)
      throws IOException {
    if (!path.equals(StandardInput.DASH)) {
      return new TargetFile(path, Files.newInputStream(Path.of(path)), parser, onBadTarget);
    }
    StandardInput.requireOpen();
    return new TargetFile("(standard input)", System.in, parser, onBadTarget);
  }
}
