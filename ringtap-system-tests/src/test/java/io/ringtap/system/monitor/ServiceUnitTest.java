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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Has systemd's own tools judge the units of the monitor and of an agent, in a tree that has
/// nothing but what the units name.
class ServiceUnitTest {
  private static final String MONITOR = "ringtap-monitor.service";
  private static final String AGENT = "ringtap-agent.service";

  @TempDir Path root;

  @BeforeEach
  void makeTree() throws IOException {
    Requirement.tool("systemd-analyze");
    Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
    for (String unit : List.of(MONITOR, AGENT)) {
      Files.copy(contrib(unit), units.resolve(unit));
    }
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

  @ParameterizedTest
  @ValueSource(strings = {MONITOR, AGENT})
  void isUnderstoodWhole(String name) throws IOException, InterruptedException {
    Answer answer = analyze("verify", "--man=no", name);

    assertThat(answer.text()).isEmpty();
    assertThat(answer.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {MONITOR, AGENT})
  void wouldBeRefusedWithAKeyThatSystemdDoesNotKnow(String name)
      throws IOException, InterruptedException {
    Path unit = root.resolve("etc/systemd/system").resolve(name);
    Files.writeString(unit, Files.readString(unit).replace("ProtectHome=", "ProtectHouse="));

    Answer answer = analyze("verify", "--man=no", name);

    assertThat(answer.text()).contains("ProtectHouse");
  }

  @ParameterizedTest
  @ValueSource(strings = {MONITOR, AGENT})
  void keepsItsSandboxTight(String name) throws IOException, InterruptedException {
    // In tenths: systemd calls what is below 3 of 10 well protected for a service on the network.
    Answer answer = analyze("security", "--offline=yes", "--threshold=25", "--no-pager", name);

    assertThat(answer.code()).as(answer.text()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {MONITOR, AGENT})
  void hasRawSocketsAsItsOneCapabilityAndLetsTheJvmCompile(String name) throws IOException {
    List<String> lines = Files.readAllLines(contrib(name));

    assertThat(lines)
        .contains("AmbientCapabilities=CAP_NET_RAW", "CapabilityBoundingSet=CAP_NET_RAW")
        .noneMatch(line -> line.startsWith("MemoryDenyWriteExecute"));
  }

  @Test
  void readsTheMonitorsConfigurationAgainAndKeepsTheAgentsPasswordsFromAllOthers()
      throws IOException {
    assertThat(Files.readAllLines(contrib(MONITOR)))
        .contains("ExecReload=/bin/kill -HUP $MAINPID", "StateDirectory=ringtap");
    assertThat(Files.readAllLines(contrib(AGENT)))
        .contains(
            "LoadCredential=client.properties:/etc/ringtap/client.properties",
            "StateDirectory=ringtap-agent");
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
