package io.ringtap.monitor.config;

import java.nio.file.Files;
import java.nio.file.Path;

/// Files of the project that belong to no module.
final class ProjectFiles {
  private ProjectFiles() {}

  /// A file by its path from the project's folder, from whichever folder the tests run in.
  static Path of(String path) {
    Path here = Path.of("").toAbsolutePath();
    Path project =
        Files.isDirectory(here.resolve("contrib")) ? here : here.resolve("..").normalize();
    return project.resolve(path);
  }
}
