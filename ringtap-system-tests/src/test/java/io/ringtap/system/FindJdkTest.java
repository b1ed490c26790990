package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the launcher finds a JDK, among homes that are nothing but a `release` file.
class FindJdkTest {
  private static final String FINDER =
      Path.of("..", ".build", "find-jdk.sh").toAbsolutePath().normalize().toString();

  @TempDir Path directory;

  @Test
  void takesTheOldestThatIsNewEnough() throws Exception {
    String choose =
        "choose_jdk "
            + home("17.0.15")
            + " "
            + home("27")
            + " "
            + home("25.0.3")
            + " "
            + home("26");

    String said = shell(choose + "; echo $jdk $jdk_build", Map.of());

    assertThat(said).isEqualTo(directory.resolve("25.0.3") + " 25.0.3+9\n");
  }

  @Test
  void passesOverAnOldJavaHome() throws Exception {
    String find = "find_jdk ringtap && echo $jdk";
    String path = home("26") + "/bin:/usr/bin:/bin";

    String old = shell(find, Map.of("JAVA_HOME", home("17.0.15"), "PATH", path));
    String young = shell(find, Map.of("JAVA_HOME", home("25.0.3"), "PATH", path));

    assertThat(old).isEqualTo(directory.resolve("26") + "\n");
    assertThat(young).isEqualTo(directory.resolve("25.0.3") + "\n");
  }

  @Test
  void followsTheLinkOnThePathToItsHome() throws Exception {
    Path links = Files.createDirectory(directory.resolve("links"));
    Files.createSymbolicLink(links.resolve("java"), Path.of(home("26"), "bin", "java"));

    String said = shell("find_jdk ringtap && echo $jdk", Map.of("PATH", links + ":/usr/bin:/bin"));

    assertThat(said).isEqualTo(directory.resolve("26") + "\n");
  }

  @Test
  void saysSoWhenTheOneThatIsAskedForIsTooOld() throws Exception {
    String old = home("17.0.15");

    String said = shell("find_jdk ringtap || echo failed", Map.of("RINGTAP_JAVA_HOME", old));

    assertThat(said)
        .isEqualTo("ringtap: RINGTAP_JAVA_HOME=" + old + " is not a JDK 25 or later\nfailed\n");
  }

  @Test
  void takesNoRuntimeWithoutACompilerForAJdk() throws Exception {
    Files.delete(Path.of(home("25.0.3"), "bin", "javac"));

    String said = shell("choose_jdk " + directory.resolve("25.0.3") + " || echo none", Map.of());

    assertThat(said).isEqualTo("none\n");
  }

  private String home(String version) throws IOException {
    Path home = directory.resolve(version);
    if (!Files.exists(home)) {
      Path bin = Files.createDirectories(home.resolve("bin"));
      for (String program : new String[] {"java", "javac"}) {
        Path file = Files.createFile(bin.resolve(program));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      Files.writeString(
          home.resolve("release"),
          """
          IMPLEMENTOR="Nobody"
          JAVA_RUNTIME_VERSION="%s+9"
          JAVA_VERSION="%s"
          """
              .formatted(version, version));
    }
    return home.toString();
  }

  private static String shell(String script, Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", ". '" + FINDER + "'; " + script).redirectErrorStream(true);
    builder.environment().keySet().removeAll(Set.of("JAVA_HOME", "RINGTAP_JAVA_HOME"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = String.join("", process.inputReader().lines().map(line -> line + "\n").toList());
    process.waitFor();
    return said;
  }
}
