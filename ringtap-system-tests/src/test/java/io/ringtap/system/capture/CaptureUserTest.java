package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.system.Command;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ringtap capture -Z`: the process gives up the rights of root, and goes on.
class CaptureUserTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String USER = "nobody";

  @TempDir private Path directory;
  private CaptureFixture lab;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    lab = new CaptureFixture();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  /// The lines of the status of all threads that begin so, each once.
  private static Set<String> ofThreads(long pid, String beginning) throws IOException {
    Set<String> lines = new HashSet<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        Files.readAllLines(thread.resolve("status")).stream()
            .filter(line -> line.startsWith(beginning))
            .forEach(line -> lines.add(line.replaceAll("\\s+", " ").strip()));
      }
    }
    return lines;
  }

  @Test
  void actsForAnotherUserOnAllThreadsAndWritesFilesAsThatUser() throws Exception {
    Path command = Files.writeString(directory.resolve("z"), "#!/bin/sh\nid -un > $1.user\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    String file = directory.resolve("x.pcap").toString();
    String id = lab.tool("id", "-u", USER).getFirst();
    String group = lab.tool("id", "-g", USER).getFirst();
    String groups = lab.tool("id", "-G", USER).getFirst();
    Command rootOfManyGroups = lab.ringtap.withPrefix("setpriv", "--groups=4,24", "--");
    String[] flags = {
      "-i", "lo", "-Z", USER, "-w", file, "-C", "1", "-z", command.toString(), "--threads", "2"
    };

    try (CaptureProcess capture = CaptureProcess.start(rootOfManyGroups, flags)) {
      lab.send(40, 50_000);
      Path user = directory.resolve("x_000000.pcap.user");
      await().atMost(PATIENCE).until(() -> Files.exists(user) && Files.size(user) > 0);

      assertThat(ofThreads(capture.pid(), "Uid:"))
          .containsExactly("Uid: %1$s %1$s %1$s %1$s".formatted(id));
      assertThat(ofThreads(capture.pid(), "Gid:"))
          .containsExactly("Gid: %1$s %1$s %1$s %1$s".formatted(group));
      assertThat(ofThreads(capture.pid(), "Groups:")).containsExactly("Groups: " + groups);
      assertThat(ofThreads(capture.pid(), "Cap"))
          .filteredOn(line -> !line.startsWith("CapBnd:"))
          .allMatch(line -> line.endsWith(": 0000000000000000"));
      assertThat(user).hasContent(USER);
      Command.Result result = capture.end("TERM");
      assertThat(result.exitCode()).as(result.err().toString()).isZero();
      assertThat(result.err()).contains("40 packets captured", "0 packets dropped by kernel");
    }
    for (String name : List.of("x_000000.pcap", "x_000001.pcap")) {
      assertThat(Files.getOwner(directory.resolve(name)).getName()).isEqualTo(USER);
    }
  }

  /// In another namespace, counters must be read without the right to enter it again.
  @Test
  void countsInANamespaceItMayNoLongerEnter() throws Exception {
    String path = "/proc/" + ProcessHandle.current().pid() + "/ns/net";
    try (CaptureProcess capture =
        CaptureProcess.start(
            lab.ringtap, "-i", "lo", "--netns", path, "-Z", USER, "--count", "--stats", "100ms")) {
      await()
          .atMost(PATIENCE)
          .until(() -> capture.err().stream().anyMatch(line -> line.startsWith("captured ")));

      Command.Result result = capture.end("TERM");

      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).anyMatch(line -> line.endsWith(" received by filter"));
      assertThat(result.err()).noneMatch(line -> line.contains("cannot"));
    }
  }

  @Test
  void refusesAnUnknownUserAndIgnoresItWithoutTheRightsOfRoot() throws Exception {
    Path empty = Files.write(directory.resolve("x.pcap"), pcapHeader());

    Command.Result unknown = lab.ringtap.run("capture", "-r", empty.toString(), "-Z", "nosuch");
    Command.Result nobody =
        lab.ringtap.asNobody().run("capture", "-r", empty.toString(), "-Z", "nosuch", "--count");

    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.err()).last().asString().endsWith("-Z 'nosuch': there is no such user");
    assertThat(nobody.exitCode()).isZero();
    assertThat(nobody.out()).containsExactly("0 packets");
  }

  private static byte[] pcapHeader() {
    return PacketBytes.fromHex("a1b2c3d4 0002 0004 00000000 00000000 00040000 00000001");
  }
}
