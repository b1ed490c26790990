package io.ringtap.system.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.lab.peer.Leftovers;
import io.ringtap.testing.Exclusive;
import io.ringtap.testing.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever ends a lab, nothing of it is left after the next start.
@Exclusive("lab") // each lab ends what one that was killed has left
class LabLeftoversTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @BeforeEach
  void needRoot() {
    Requirement.root();
  }

  @Test
  void nextStartEndsWhatAKilledLabHasLeft() throws Exception {
    Process lab = start();
    long shell = shellOf(lab);
    try (InputStream _ = held(shell)) {
      String namespace = namespaceOf(shell);
      List<Long> all = Stream.concat(Stream.of(shell), children(shell)).toList();
      lab.destroyForcibly();
      assertThat(lab.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(all).hasSize(2).allMatch(LabLeftoversTest::isRunning);

      int ended = Leftovers.clean();

      assertThat(ended).isGreaterThanOrEqualTo(2);
      assertThat(all).noneMatch(LabLeftoversTest::isRunning);
      assertThat(processesIn(namespace)).isEmpty();
    } finally {
      lab.destroyForcibly();
    }
  }

  @Test
  void sparesALabThatLives() throws Exception {
    Process lab = start();
    try {
      long shell = shellOf(lab);

      int _ = Leftovers.clean();

      assertThat(isRunning(shell)).isTrue();
    } finally {
      lab.destroy();
      assertThat(lab.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void labThatIsAskedToEndLeavesNothing() throws Exception {
    Process lab = start();
    long shell = shellOf(lab);
    try (InputStream _ = held(shell)) {
      String namespace = namespaceOf(shell);

      lab.destroy(); // SIGTERM
      assertThat(lab.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      await().atMost(PATIENCE).until(() -> processesIn(namespace).isEmpty());
    } finally {
      lab.destroyForcibly();
    }
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            LabVictim.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /// The pid that the lab prints, once the shell has a child.
  private static long shellOf(Process lab) throws IOException {
    BufferedReader output = lab.inputReader();
    long shell = Long.parseLong(output.readLine());
    await().atMost(PATIENCE).until(() -> children(shell).count() == 1);
    return shell;
  }

  private static Stream<Long> children(long pid) {
    return ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).map(ProcessHandle::pid);
  }

  /// Whether it has not ended; where nobody reaps it, what has ended stays as a zombie.
  private static boolean isRunning(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    } catch (IOException _) {
      return false;
    }
  }

  /// Holds the network namespace of a process: its number would else be given to the next one that
  /// anybody on this machine makes once it is gone.
  private static InputStream held(long pid) throws IOException {
    return Files.newInputStream(Path.of("/proc", Long.toString(pid), "ns/net"));
  }

  private static String namespaceOf(long pid) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns/net")).toString();
  }

  private static List<Long> processesIn(String namespace) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(LabLeftoversTest::isRunning)
        .filter(pid -> {
          try {
            return namespaceOf(pid).equals(namespace);
          } catch (IOException _) {
            return false; // it has ended
          }
        })
        .toList();
  }
}
