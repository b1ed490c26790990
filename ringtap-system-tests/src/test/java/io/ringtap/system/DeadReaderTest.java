package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When the reader of the output goes, the command ends and its totals are on standard error.
class DeadReaderTest {
  private static final String ONE =
      "(?m)^\\d+ packets transmitted, \\d+ received, .*0% packet loss";
  private static final String MANY =
      "(?m)^127\\.0\\.0\\.1 +: xmt/rcv/%loss = \\d+/\\d+/0%, min/avg/";
  private static final String TOTALS = "(?m)^2 targets: 2 reachable, 0 not; \\d+ sent, ";

  @TempDir Path directory;
  private NetworkNamespace namespace;
  private Command ringtap;

  @BeforeEach
  void makeNamespace() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("reader");
    ringtap = new Command(namespace);
  }

  @AfterEach
  void endNamespace() {
    if (namespace != null) {
      namespace.close();
    }
  }

  /// Runs with a reader that goes after a line.
  private Command.Result read(String arguments) throws Exception {
    Command piped = ringtap.withPrefix("sh", "-c", "\"$@\" | head -n 1", "sh");
    Command.Result result = piped.run(arguments.split(" "));
    assertThat(result.out()).hasSize(1);
    return result;
  }

  @Test
  void aPingLeavesItsSummary() throws Exception {
    Command.Result result = read("ping -i 50ms 127.0.0.1");

    assertThat(String.join("\n", result.err()))
        .contains("--- 127.0.0.1 ping statistics ---")
        .containsPattern(ONE)
        .containsPattern("\nrtt min/avg/max/mdev = ([\\d.]+/){3}[\\d.]+ ms$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--json ", "-q --json -c 3 ", "-D "})
  void pingsOfSeveralTargetsLeaveTheirSummariesAndTheTotals(String options) throws Exception {
    Command.Result result = read("ping -i 50ms " + options + "127.0.0.1 ::1");

    assertThat(String.join("\n", result.err())).containsPattern(TOTALS);
    if (!options.contains("-c")) { // otherwise the reader may have read the first
      assertThat(String.join("\n", result.err()))
          .containsPattern(MANY)
          .containsPattern("\n::1 +: ");
    }
  }

  @Test
  void aSweepLeavesOnlyTheTotals() throws Exception {
    Command.Result result = read("ping --rate 0 127.0.0.0/18");

    assertThat(String.join(" ", result.err()))
        .matches("\\d+ targets: \\d+ reachable, \\d+ not; \\d+ sent, .*; \\d+ ms");
  }

  /// As Ctrl-C does in a pipeline: the reader ends too, before there is a summary to read.
  @Test
  void anInterruptedPingLeavesItsSummary() throws Exception {
    Process process = ringtap.start("ping", "-i", "20s", "127.0.0.1");
    String first = process.inputReader().readLine();
    String second = process.inputReader().readLine();
    process.getInputStream().close();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    List<String> said = process.errorReader().lines().toList();

    assertThat(process.waitFor()).isZero();
    assertThat(first).startsWith("PING ");
    assertThat(second).contains("icmp_seq=1 ");
    assertThat(said).anyMatch(it -> it.startsWith("1 packets transmitted, 1 received, 0% packet"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"capture -i lo", "capture -i lo --json", "top -i lo --json --interval 200ms"})
  void captureAndTopLeaveTheirCounts(String arguments) throws Exception {
    try (BackgroundJob _ =
        BackgroundJob.start(
            ringtap, directory, Path.of("/dev/null"), "ping", "-q", "-i", "5ms", "127.0.0.1")) {
      Command.Result result = read(arguments);

      assertThat(result.err()).anyMatch(it -> it.matches("\\d+ packets captured.*"));
    }
  }
}
