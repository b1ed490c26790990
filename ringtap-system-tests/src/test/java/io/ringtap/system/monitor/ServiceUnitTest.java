package io.ringtap.system.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Has systemd's own tools judge the unit of the monitor, in a tree that has nothing but what the
/// unit names.
class ServiceUnitTest {
  private static final String UNIT = "ringtap-monitor.service";

  @TempDir Path root;

  @BeforeEach
  void makeTree() throws IOException {
    Requirement.tool("systemd-analyze");
    Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
    Files.copy(contrib(UNIT), units.resolve(UNIT));
    for (String target : List.of("sysinit", "basic", "shutdown", "network-online", "nss-lookup")) {
      Files.writeString(units.resolve(target + ".target"), "[Unit]\nDefaultDependencies=no\n");
    }
    for (String program : List.of("usr/bin/ringtap", "bin/kill")) {
      Path file = root.resolve(program);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "#!/bin/sh\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
  }

  @Test
  void isUnderstoodWhole() throws IOException, InterruptedException {
    Answer answer = analyze("verify", "--man=no", UNIT);

    assertThat(answer.text()).isEmpty();
    assertThat(answer.code()).isZero();
  }

  @Test
  void wouldBeRefusedWithAKeyThatSystemdDoesNotKnow() throws IOException, InterruptedException {
    Path unit = root.resolve("etc/systemd/system").resolve(UNIT);
    Files.writeString(unit, Files.readString(unit).replace("ProtectHome=", "ProtectHouse="));

    Answer answer = analyze("verify", "--man=no", UNIT);

    assertThat(answer.text()).contains("ProtectHouse");
  }

  @Test
  void keepsItsSandboxTight() throws IOException, InterruptedException {
    // In tenths: systemd calls what is below 3 of 10 well protected for a service on the network.
    Answer answer = analyze("security", "--offline=yes", "--threshold=25", "--no-pager", UNIT);

    assertThat(answer.code()).as(answer.text()).isZero();
  }

  @Test
  void hasRawSocketsAsItsOneCapabilityAndLetsTheJvmCompile() throws IOException {
    List<String> lines = Files.readAllLines(contrib(UNIT));

    assertThat(lines)
        .contains("AmbientCapabilities=CAP_NET_RAW", "CapabilityBoundingSet=CAP_NET_RAW")
        .contains("ExecReload=/bin/kill -HUP $MAINPID", "StateDirectory=ringtap")
        .noneMatch(line -> line.startsWith("MemoryDenyWriteExecute"));
  }

  @Test
  void makesItsUser() throws IOException, InterruptedException {
    Requirement.tool("systemd-sysusers");
    Path etc = Files.createDirectories(root.resolve("etc"));
    for (String file : List.of("passwd", "group", "shadow", "gshadow")) {
      Files.writeString(etc.resolve(file), "");
    }

    Answer answer =
        run("systemd-sysusers", "--root=" + root, contrib("ringtap-monitor.sysusers").toString());

    assertThat(answer.code()).as(answer.text()).isZero();
    assertThat(Files.readString(etc.resolve("passwd"))).contains("ringtap:");
  }

  private record Answer(String text, int code) {}

  private Answer analyze(String verb, String... arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("systemd-analyze", verb, "--root=" + root));
    words.addAll(List.of(arguments));
    return run(words.toArray(String[]::new));
  }

  private static Answer run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(text, process.waitFor());
  }

  /// A file beside the modules, from whichever folder the tests run in.
  private static Path contrib(String name) {
    Path here = Path.of("").toAbsolutePath();
    Path project =
        Files.isDirectory(here.resolve("contrib")) ? here : here.resolve("..").normalize();
    return project.resolve("contrib", name);
  }
}
