package io.ringtap.system.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A project of its own, in `src/test/consumer`, which Maven compiles and runs with the staged
/// libraries: what is not published, exported, required or in the right scope is missing there. Its
/// dependencies come from the staged repository and from nowhere else, Maven's plugins from this
/// build's local repository.
@RequiresRoot
@Timeout(240) // two builds of a project
class ConsumerTest {
  private static final Path PROJECT = Path.of("src/test/consumer");
  private static final String LIBRARIES = "[ringtap-core-%1$s.jar, ringtap-testnet-%1$s.jar]";
  private static final List<String> RESULTS =
      List.of("port 53: 1, port 80: 0", "pinged, received 3 of 3");

  /// The consumer's local repository, as nothing may stay behind in that of the user.
  @TempDir static Path repository;

  @TempDir Path directory;

  @Test
  void usesTheLibrariesOnTheClassPath() throws Exception {
    copyProject();
    Files.delete(directory.resolve("src/main/java/module-info.java"));

    List<String> lines = run("class-path");

    assertThat(lines).startsWith("no module", LIBRARIES.formatted(Staging.version()));
    assertThat(lines).endsWith(RESULTS.toArray(String[]::new)).hasSize(4);
  }

  @Test
  void usesTheLibrariesOnTheModulePath() throws Exception {
    copyProject();

    List<String> lines = run("module-path");

    assertThat(lines).startsWith("a module", LIBRARIES.formatted(Staging.version()));
    assertThat(lines).endsWith(RESULTS.toArray(String[]::new)).hasSize(4);
  }

  private void copyProject() throws IOException {
    try (Stream<Path> files = Files.walk(PROJECT)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = directory.resolve(PROJECT.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  /// Has Maven compile and run the project on the test's own JDK, and returns what the program
  /// prints.
  ///
  /// @param path one of the executions in its POM
  private List<String> run(String path) throws IOException, InterruptedException {
    Requirement.tool("mvn");
    String settings = directory.resolve("settings.xml").toString();
    Files.writeString(directory.resolve("settings.xml"), settings());
    List<String> words = new ArrayList<>(List.of("mvn", "-B", "-q", "-s", settings));
    words.addAll(List.of("-gs", settings, "-Dmaven.repo.local=" + repository));
    // Nothing but folders is asked for anything.
    words.addAll(List.of("-o", "-Daether.offline.protocols=file"));
    words.addAll(List.of("compile", "exec:exec@" + path));
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("MAVEN_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("MAVEN_SKIP_RC", "true");
    Process process = builder.redirectErrorStream(true).start();
    List<String> messages = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(String.join("\n", messages)).isZero();
    return Files.readAllLines(directory.resolve("target/output.txt"));
  }

  private static String settings() {
    String local =
        System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository");
    return """
    <settings>
      <activeProfiles>
        <activeProfile>folders</activeProfile>
      </activeProfiles>
      <profiles>
        <profile>
          <id>folders</id>
          <repositories>
            <repository>
              <id>central</id>
              <url>%s</url>
              <releases>
                <checksumPolicy>ignore</checksumPolicy>
              </releases>
            </repository>
          </repositories>
          <pluginRepositories>
            <pluginRepository>
              <id>central</id>
              <url>%s</url>
              <releases>
                <checksumPolicy>ignore</checksumPolicy>
              </releases>
            </pluginRepository>
          </pluginRepositories>
        </profile>
      </profiles>
    </settings>
    """
        .formatted(Staging.directory().toUri(), Path.of(local).toUri());
  }
}
