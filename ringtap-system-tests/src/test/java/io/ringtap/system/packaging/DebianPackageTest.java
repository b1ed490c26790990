package io.ringtap.system.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Packs the command as `./dev dist` does, and uses the package as a machine without Java would: in
/// a copy of the root that takes all changes and is thrown away.
@RequiresRoot
class DebianPackageTest {
  @TempDir static Path directory;
  private static Path deb;
  private static final Map<String, String> SAID = new HashMap<>();

  @BeforeAll
  @Timeout(240) // it packs as much as a release has
  static void packAndInstall() throws IOException, InterruptedException, URISyntaxException {
    for (String tool : List.of("dpkg-deb", "zstd", "setpriv", "setcap", "unshare")) {
      Requirement.tool(tool);
    }
    Path built = Path.of("../ringtap-cli/target/dist/lib");
    Requirement.check(Files.isDirectory(built), "mvn package has not built the command");
    Path out = directory.resolve("out");
    Answer packed = run("../packaging/dist", out.toString(), "deb");
    assertThat(packed.code()).as(packed.text()).isZero();
    try (var files = Files.list(out)) {
      deb = files.findFirst().orElseThrow();
    }
    Path root = Files.createDirectory(directory.resolve("root"));
    Path script = Path.of(DebianPackageTest.class.getResource("install.sh").toURI());
    Answer all = run("unshare", "-mn", "sh", script.toString(), root.toString(), deb.toString());
    for (String section : all.text().split("(?m)^== ", -1)) {
      int end = section.indexOf('\n');
      SAID.put(section.substring(0, Math.max(0, end)), section.substring(end + 1));
    }
    assertThat(all.code()).as(all.text()).isZero();
  }

  @Test
  void isInstalledWithoutJava() {
    assertThat(SAID.get("install")).endsWith("installed\n");
    assertThat(SAID.get("version")).startsWith("ringtap ").contains("Java 25");
    assertThat(SAID.get("ping")).contains("1 packets transmitted, 1 received, 0% packet loss");
  }

  /// The JVM must not run without its archive of classes.
  @Test
  void startsFromItsArchiveOfClasses() {
    assertThat(SAID.get("cache")).contains("1 received").contains("lo").doesNotContain("rror");
  }

  @Test
  void isPingAndFpingByItsLinks() {
    assertThat(SAID.get("faces"))
        .contains("64 bytes from 127.0.0.1: icmp_seq=1 ttl=64")
        .contains("127.0.0.1 is alive");
  }

  @Test
  void letsAnAllowedUserPingAndCaptureAsLongAsAllowed() {
    assertThat(SAID.get("user")).endsWith("exit 4\n").contains("CAP_NET_RAW");
    assertThat(SAID.get("allowed"))
        .contains("1 received")
        .contains("ICMP echo request")
        .contains("2 packets captured")
        .contains("exit 0\n")
        .doesNotContain("exit 4");
    assertThat(SAID.get("no longer")).endsWith("exit 4\n");
  }

  @Test
  void runsTheMonitorAsItsUser() {
    assertThat(SAID.get("monitor")).endsWith("exit 0\n");
  }

  @Test
  void leavesNothingAfterPurge() {
    assertThat(SAID.get("purge")).endsWith("purged\n");
    assertThat(SAID.get("left")).isEmpty();
  }

  @Test
  @Timeout(180) // it reads all of the runtime
  void satisfiesLintian() throws IOException, InterruptedException {
    Requirement.tool("lintian");

    Answer lintian = run("lintian", "--allow-root", "--fail-on", "error,warning", deb.toString());

    assertThat(lintian.text()).isEmpty();
    assertThat(lintian.code()).isZero();
  }

  @Test
  void isSmallEnoughToDownload() throws IOException {
    assertThat(Files.size(deb)).isLessThan(60_000_000);
  }

  private static Answer run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), text);
  }

  /// How a program ended, and what it has printed.
  private record Answer(int code, String text) {}
}
