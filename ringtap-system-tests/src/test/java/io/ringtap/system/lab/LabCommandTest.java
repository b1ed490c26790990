package io.ringtap.system.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.lab.report.ReportDirectory;
import io.ringtap.lab.report.Sample;
import io.ringtap.system.Command;
import io.ringtap.system.InstalledCommand;
import io.ringtap.testing.Exclusive;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ringtap lab` as a user runs it, in small: what it counts adds up, and nothing of it is left,
/// however it ends.
@Exclusive("lab") // each lab ends what one that was killed has left
class LabCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path launchers;
  private static Path launcher;

  @TempDir Path directory;
  private NetworkNamespace namespace;
  private Command ringtap;

  @BeforeAll
  static void prepare() throws IOException {
    Files.setPosixFilePermissions(launchers, PosixFilePermissions.fromString("rwxr-xr-x"));
    launcher = launchers.resolve("ringtap");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '%s' \"$@\"\n"
            .formatted(String.join("' '", InstalledCommand.java("ping"))));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("lab");
    ringtap = new Command(namespace);
  }

  @AfterEach
  void close() {
    if (namespace != null) {
      namespace.close();
    }
  }

  private String[] lab(String experiment, String... more) {
    return Stream.concat(
            Stream.of("lab", experiment, "--runs", "1", "--ringtap", launcher.toString()),
            Stream.of(more))
        .toArray(String[]::new);
  }

  /// A program that runs another one and has the kernel refuse it `perf_event_open`, as containers
  /// do.
  private String withoutPerfEvents() throws Exception {
    Path source = directory.resolve("without.c");
    Path program = directory.resolve("without");
    Files.writeString(
        source,
        """
        #include <errno.h>
        #include <linux/filter.h>
        #include <linux/seccomp.h>
        #include <stddef.h>
        #include <sys/prctl.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        int main(int count, char **words) {
          struct sock_filter code[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_perf_event_open, 0, 1),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
          };
          struct sock_fprog program = {sizeof code / sizeof *code, code};
          if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0) {
            execvp(words[1], words + 1);
          }
          return 127;
        }
        """);
    Process gcc =
        new ProcessBuilder("gcc", "-o", program.toString(), source.toString()).inheritIO().start();
    assertThat(gcc.waitFor()).isZero();
    return program.toString();
  }

  /// The first CPU that this process may run on (`proc_pid_status(5)`).
  private static String firstCpu() throws IOException {
    String key = "Cpus_allowed_list:";
    String list =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith(key))
            .map(line -> line.substring(key.length()).strip())
            .findFirst()
            .orElseThrow();
    return list.split("[,-]", 2)[0];
  }

  /// On one CPU, for several would double the settings and the time.
  @Test
  void ladderAccountsForEveryPacketAndSaysWhoFailedAndWhatIsForbidden() throws Exception {
    Requirement.tool("gcc");
    Requirement.tool("taskset");
    String report = directory.resolve("ladder").toString();

    Command.Result result =
        ringtap
            .withPrefix("taskset", "--cpu-list", firstCpu(), withoutPerfEvents())
            .run(
                lab(
                    "ladder",
                    "--profile",
                    "--packets",
                    "20000",
                    "-o",
                    report,
                    "--peer",
                    "none=false {interface}"));

    assertThat(result.err())
        .filteredOn(line -> line.contains("perf_event_open"))
        .singleElement()
        .asString()
        .startsWith("ringtap lab ladder: no profile: perf_event_open for CPU 0: EPERM");
    assertThat(ReportDirectory.read(Path.of(report)).profiles()).isEmpty();
    assertThat(ReportDirectory.read(Path.of(report)).notes())
        .anyMatch(note -> note.startsWith("no profile: perf_event_open"));
    assertThat(result.err()).as("progress").last().asString().endsWith(": done");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).last().isEqualTo("report: " + report + "/report.html");
    List<Sample> samples = ReportDirectory.read(Path.of(report)).samples();
    // On a busy machine a slow peer may miss nearly all, which is a reason too; no other fails.
    assertThat(samples.stream().filter(sample -> sample.failure() != null))
        .anyMatch(sample -> sample.peer().equals("none"))
        .allMatch(sample ->
            sample.peer().equals("none") || sample.failure().startsWith("captured fewer packets"));
    assertThat(samples)
        .extracting(Sample::peer)
        .contains("library, recv", "library, ring", "ringtap capture")
        .contains("library, xdp watching", "library, xdp stealing");
    for (Sample sample : samples) {
      if (sample.values().containsKey("captured")) {
        assertThat(sample.values().get("captured") + sample.values().get("dropped"))
            .as(sample.toString())
            .isEqualTo(sample.values().get("offered"));
        // A cable may lose what is sent faster than its other end takes it.
        boolean isThroughDriver = sample.setting().endsWith("through the driver");
        assertThat(sample.values().get("offered"))
            .isBetween(isThroughDriver ? 1.0 : 20_000.0, 20_000.0);
      }
    }
    assertThat(samples.stream().filter(Sample::isWarmUp).map(Sample::peer))
        .contains("library, recv", "library, ring", "ringtap capture");
    assertNothingIsLeft();
  }

  @Test
  void rttComparesEveryReplyWithTheWireAndReportsStandSideBySide() throws Exception {
    String report = directory.resolve("rtt").toString();

    Command.Result result = ringtap.run(lab("rtt", "--packets", "10", "-o", report));
    Command.Result compared = ringtap.run("lab", "compare", report, report);

    assertThat(result.exitCode()).isZero();
    List<Sample> samples = ReportDirectory.read(Path.of(report)).samples();
    Set<String> settings = samples.stream().map(Sample::setting).collect(Collectors.toSet());
    assertThat(settings)
        .containsExactlyInAnyOrder(
            "quiet, kernel",
            "quiet, 1 ms",
            "quiet, 10 ms",
            "busy, kernel",
            "busy, 1 ms",
            "busy, 10 ms",
            "GC, kernel",
            "GC, 1 ms",
            "GC, 10 ms");
    for (Sample sample : samples) {
      if (sample.peer().equals("ringtap")) {
        assertThat(sample.failure()).isNull();
        assertThat(sample.values()).containsEntry("replies", 5.0); // first and second half
        double delayMicros = sample.setting().endsWith("10 ms") ? 10_000 : 0;
        assertThat(sample.values().get("wire_p50_us")).isGreaterThan(delayMicros);
        assertThat(sample.values().get("reported_p50_us")).isGreaterThan(delayMicros);
      }
    }
    assertThat(compared.exitCode()).isZero();
    assertThat(compared.out()).first().isEqualTo("Comparison of two runs of rtt");
    assertNothingIsLeft();
  }

  @Test
  void interruptedItEndsItsProcessesAndWritesNoReport() throws Exception {
    Path report = directory.resolve("report");
    Process process = ringtap.start(lab("rtt", "--packets", "4000", "-o", report.toString()));
    awaitPeer(process);

    int rc = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    Command.Result result = Command.finish(process);

    assertThat(rc).isZero();
    assertThat(result.exitCode()).isEqualTo(130);
    assertThat(result.err()).last().isEqualTo("ringtap lab rtt: cancelled, no report");
    assertThat(report).doesNotExist();
    assertNothingIsLeft();
  }

  @Test
  void nextStartEndsWhatAKilledLabHasLeft() throws Exception {
    String[] words = lab("rtt", "--packets", "4000", "-o", directory.resolve("a").toString());
    words[5] = pingerThatStays().toString();
    Process killed = ringtap.start(words);
    awaitPeer(killed);
    await().atMost(PATIENCE).until(() -> marked().count() > 1); // the lab has its pingers
    killed.destroyForcibly();
    assertThat(killed.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    Command.Result next =
        ringtap.run(lab("rtt", "--packets", "2", "-o", directory.resolve("b").toString()));

    assertThat(next.exitCode()).isZero();
    assertThat(next.err())
        .first()
        .asString()
        .matches("ringtap lab rtt: ended \\d+ processes of a lab that was killed");
    assertNothingIsLeft();
  }

  /// A launcher whose pinger does not end by itself when nobody reads what it prints.
  private Path pingerThatStays() throws IOException {
    Path script = launchers.resolve("stays");
    Files.writeString(
        script,
        """
        #!/bin/sh
        [ "$1" != ping ] || exec sh -c 'while :; do sleep 1; done' '%s'
        exec '%s' "$@"
        """
            .formatted(InstalledCommand.directory(), launcher));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  @Test
  void namesWhatIsMissingWithoutPrivileges() throws Exception {
    Command.Result result =
        ringtap.asNobody().run(lab("ladder", "-o", "/tmp/never-made-by-nobody"));

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("ringtap lab ladder: the lab needs root: ");
  }

  @Test
  void refusesAPlaceThatTheExperimentDoesNotFill() throws Exception {
    Command.Result result =
        ringtap.run(lab("ladder", "--peer", "mine=mycap {target}", "-o", directory + "/x"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err())
        .containsExactly(
            "ringtap lab ladder: peer 'mine': there is no {target} here, but [interface]");
  }

  /// Reads progress until a peer is about to run.
  private static void awaitPeer(Process lab) throws IOException {
    BufferedReader err = lab.errorReader();
    String line = err.readLine();
    while (line != null && !line.contains(": ringtap")) {
      line = err.readLine();
    }
    assertThat(line).isNotNull();
  }

  /// Labs of this test and their pingers: all of them have its directory in their command line.
  private static Stream<ProcessHandle> marked() {
    return ProcessHandle.allProcesses()
        .filter(process ->
            process
                .info()
                .commandLine()
                .orElse("")
                .contains(InstalledCommand.directory().toString()));
  }

  private static void assertNothingIsLeft() {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(marked()).isEmpty());
  }
}
