package io.ringtap.system.release;

import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The Maven repository that the build makes of its modules: see the execution "stage" in the POM.
final class Staging {
  private static final Path DIRECTORY = Path.of("../target/staging").toAbsolutePath().normalize();

  private Staging() {}

  /// Where it is; the test is skipped where only classes were built.
  static Path directory() {
    Requirement.check(
        Files.isDirectory(DIRECTORY), "no libraries are staged: mvn verify does it before");
    return DIRECTORY;
  }

  /// The version of the build.
  static String version() {
    try (Stream<Path> versions = Files.list(directory().resolve("io/ringtap/ringtap"))) {
      return versions.filter(Files::isDirectory).toList().getFirst().getFileName().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file of an artifact, such as `.pom` or `-sources.jar`.
  static Path file(String artifact, String ending) {
    String version = version();
    return directory()
        .resolve("io/ringtap")
        .resolve(artifact)
        .resolve(version)
        .resolve(artifact + "-" + version + ending);
  }
}
