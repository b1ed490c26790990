package io.ringtap.lab.peer;

import io.ringtap.testnet.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Programs that may or may not be installed.
public final class PeerPrograms {
  private static final Duration PATIENCE = Duration.ofMinutes(3); // the launcher may have to build

  private PeerPrograms() {}

  /// Whether `name` is found on the path.
  public static boolean isInstalled(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String directory : path.split(File.pathSeparator, -1)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, name))) {
        return true;
      }
    }
    return false;
  }

  /// The first line that `command` says; empty if it says none, or there is no command.
  public static String version(NetworkNamespace namespace, List<String> command)
      throws IOException, InterruptedException {
    if (command.isEmpty()) {
      return "";
    }
    try (MeasuredProcess process = MeasuredProcess.start(namespace, command)) {
      ProcessRun run = process.await(PATIENCE);
      String said = run.output().isBlank() ? run.errors() : run.output();
      return said.strip().lines().findFirst().orElse("");
    }
  }
}
