package io.ringtap.lab.peer;

import io.ringtap.lab.report.Report;
import io.ringtap.testnet.NetworkNamespace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

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

  /// A peer for the report, with what it says of its version.
  ///
  /// @param versionCommand that prints the version; empty if there is none
  /// @param command that the experiment runs
  public static Report.Peer describe(
      NetworkNamespace namespace, String name, List<String> versionCommand, List<String> command)
      throws IOException, InterruptedException {
    return new Report.Peer(name, version(namespace, versionCommand), String.join(" ", command));
  }

  /// A note for each of `names` that is not installed.
  public static List<String> notesOfMissing(String... names) {
    return Stream.of(names)
        .filter(name -> !isInstalled(name))
        .map(name -> name + " is not installed and was left out.")
        .toList();
  }

  /// The first line that `command` says; empty if it says none, or there is no command.
  private static String version(NetworkNamespace namespace, List<String> command)
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
