package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signals to commands that a script has started in the background. SIGINT is ignored there when
/// the JVM starts.
class InterruptionTest {
  private static final Path NOTHING = Path.of("/dev/null");

  @TempDir Path directory;
  private NetworkNamespace namespace;
  private Command ringtap;

  @BeforeEach
  void makeNamespace() throws IOException {
    Requirement.root();
    namespace = NetworkNamespace.create("signals");
    ringtap = new Command(namespace);
  }

  @AfterEach
  void endNamespace() {
    if (namespace != null) {
      namespace.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void endsAPingWithItsSummary(String signal) throws Exception {
    try (BackgroundJob job = start("ping", "-i", "50ms", "127.0.0.1")) {
      job.awaitOut("icmp_seq=2");
      job.signal(signal);

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.out()).contains("--- 127.0.0.1 ping statistics ---").endsWith("\n");
    }
  }

  @Test
  void saysWhyARunHasFailedAfterTheSignalBeforeTheProcessEnds() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FailingRun.class.getName())
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("runs");

    assertThat(new ProcessBuilder("kill", "-TERM", "" + process.pid()).start().waitFor()).isZero();

    Command.Result result = Command.finish(process);
    assertThat(result.err()).containsExactly("the disk is full");
    assertThat(result.exitCode()).isEqualTo(4);
  }

  @Test
  void saysOnQuitHowFarAPingIsAndGoesOn() throws Exception {
    try (BackgroundJob job = start("ping", "-i", "50ms", "127.0.0.1")) {
      job.awaitOut("icmp_seq=3 ");
      job.signal("QUIT");
      job.awaitErr(" ms\n");
      job.signal("QUIT");
      await().until(() -> job.err().lines().count() == 2);
      job.signal("INT");

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.err().lines())
          .allMatch(it -> it.matches("\\d+/\\d+ packets, 0% loss, min/avg/ewma/max = [\\d./]+ ms"));
      assertThat(job.out())
          .doesNotContain("Full thread dump")
          .contains("--- 127.0.0.1 ping statistics ---");
    }
  }

  @Test
  void saysOnQuitHowFarPingsOfSeveralTargetsAre() throws Exception {
    try (BackgroundJob job = start("ping", "--json", "-i", "50ms", "127.0.0.1", "::1")) {
      job.awaitOut("\"target\":\"127.0.0.1\"");
      job.awaitOut("\"target\":\"::1\"");
      job.signal("QUIT");
      job.awaitErr(" targets have ended");
      job.signal("INT");

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.err())
          .containsPattern("(?m)^127\\.0\\.0\\.1 : xmt/rcv/%loss = \\d+/\\d+/0%, min/avg/max = ")
          .containsPattern("(?m)^::1 : xmt/rcv/%loss = ")
          .contains("0 targets have ended: 0 reachable, 0 not\n");
      assertThat(job.out()).doesNotContain("Full thread dump");
    }
  }

  @Test
  void saysOnQuitHowAllTargetsOfAnFpingStandSinceTheLastTime() throws Exception {
    String standing = "127\\.0\\.0\\.1 : xmt/rcv/%loss = \\d+/\\d+/0%, min/avg/max = [\\d./]+\n";
    String report = "\n\\[\\d\\d:\\d\\d:\\d\\d]\n" + standing;
    try (BackgroundJob job = start("fping", "-l", "-p", "50", "127.0.0.1")) {
      job.awaitOut(": [3], ");
      job.signal("QUIT");
      job.awaitErr("min/avg/max");
      job.awaitOut(": [9], ");
      job.signal("QUIT");
      await().until(() -> job.err().lines().count() == 6);
      job.signal("INT");

      assertThat(job.exitCode()).isZero();
      assertThat(job.err()).matches(report + report + "\n" + standing);
      assertThat(job.out()).doesNotContain("Full thread dump");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"capture -i lo -w -", "capture -i lo --json"})
  void printsTheCountsOnQuitAndNothingIntoTheData(String command) throws Exception {
    try (BackgroundJob job = start(command.split(" "))) {
      job.awaitErr("listening on");
      job.signal("QUIT");
      job.awaitErr("packets captured");
      job.signal("INT");

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.out()).doesNotContain("Full thread dump");
    }
  }

  @Test
  void printsTheCountsOfTopOnQuit() throws Exception {
    try (BackgroundJob job = start("top", "-i", "lo", "--json")) {
      job.awaitOut("{");
      job.signal("QUIT");
      job.awaitErr(" packets captured, 0 dropped by kernel\n");
      job.signal("INT");

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.out()).doesNotContain("Full thread dump");
    }
  }

  @Test
  void printsOnQuitHowManyPacketsAReplayHasSent() throws Exception {
    Path in = directory.resolve("in");
    Path beside = Files.createDirectory(directory.resolve("beside"));
    try (FileChannel fifo = BackgroundJob.fifo(in);
        BackgroundJob capture =
            BackgroundJob.start(ringtap, beside, NOTHING, "capture", "-i", "lo", "-c", "1");
        BackgroundJob job =
            BackgroundJob.start(ringtap, directory, in, "replay", "-i", "lo", "--json", "-")) {
      capture.awaitErr("listening on");
      fifo.write(onePacket());
      assertThat(capture.exitCode()).isEqualTo(ExitCode.OK); // it has seen the packet
      await()
          .until(() -> { // the packet is counted after it was sent
            job.signal("QUIT");
            return job.err().contains("1 packets sent, 0 refused, 0 refused by kernel\n");
          });
      job.signal("INT");

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.out()).contains("\"packets_sent\":1").doesNotContain("Full thread dump");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void endsACaptureWithItsSummary(String signal) throws Exception {
    try (BackgroundJob job = start("capture", "-i", "lo")) {
      job.awaitErr("listening on");
      job.signal(signal);

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.err()).contains(" packets captured\n").endsWith("dropped by interface\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void completesTheFileOfACapture(String signal) throws Exception {
    Path file = directory.resolve("x.pcapng");
    try (BackgroundJob job = start("capture", "-i", "lo", "-w", file.toString())) {
      job.awaitErr("listening on");
      Command.Result ping = ringtap.run("ping", "-c", "3", "-i", "10ms", "127.0.0.1");
      job.signal(signal);

      assertThat(ping.exitCode()).isZero();
      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.err()).contains("6 packets captured\n");
    }
    int packets = 0;
    try (SavefileReader reader = SavefileReader.open(file)) {
      while (reader.next()) {
        packets++;
      }
    }
    assertThat(packets).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void endsTopWithItsSummary(String signal) throws Exception {
    try (BackgroundJob job = start("top", "-i", "lo", "--interval", "200ms")) {
      job.awaitOut("packets/s");
      job.signal(signal);

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.err()).endsWith("packets dropped by interface\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void endsPpsAfterAWholeLine(String signal) throws Exception {
    try (BackgroundJob job = start("pps", "-i", "10ms", "--json")) {
      job.awaitOut("\n");
      job.signal(signal);

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.out()).endsWith("}\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void endsACaptureThatWaitsForStandardInput(String signal) throws Exception {
    Path in = directory.resolve("in");
    try (FileChannel fifo = BackgroundJob.fifo(in);
        BackgroundJob job =
            BackgroundJob.start(ringtap, directory, in, "capture", "-r", "-", "--json")) {
      fifo.write(onePacket());
      job.awaitOut("\"type\":\"packet\"");
      job.signal(signal);

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.out().lines())
          .last()
          .asString()
          .contains("\"type\":\"summary\"", "\"read\":1", "\"shown\":1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void endsAFilterThatWaitsForStandardInput(String signal) throws Exception {
    Path in = directory.resolve("in");
    try (FileChannel fifo = BackgroundJob.fifo(in);
        BackgroundJob job =
            BackgroundJob.start(
                ringtap, directory, in, "filter", "--test", "-", "--json", "greater 1")) {
      fifo.write(onePacket());
      job.awaitOut("\"type\":\"packet\"");
      job.signal(signal);

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.out().lines())
          .last()
          .asString()
          .contains("\"type\":\"summary\"", "\"packets\":1");
    }
  }

  /// The reader of the output has stalled, so that the run cannot end in order.
  @ParameterizedTest
  @CsvSource({
    "INT, 130, ping -i 1ms 127.0.0.1",
    "INT, 130, capture -i lo -l icmp",
    "INT, 130, capture -i lo -w - -U",
    "INT, 130, top -i lo --interval 200ms",
    "INT, 130, pps -i 1ms",
    "INT, 130, fping -l -p 10 127.0.0.1",
    "INT, 130, filter --test FILE --json greater 1",
    "TERM, 143, capture -i lo -w - -U",
    "HUP, 129, capture -i lo -w - -U",
  })
  void secondSignalEndsItAtOnce(String signal, int exitCode, String arguments) throws Exception {
    Requirement.tool("ping");
    Process traffic = namespace.start("ping", "-q", "-i", "0.005", "127.0.0.1");
    try (FileChannel fifo = BackgroundJob.fifo(directory.resolve("out"));
        BackgroundJob job = start(withFile(arguments, 5000))) {
      fifo.read(ByteBuffer.allocate(1)); // it runs
      BackgroundJob.stall(fifo);
      job.signal(signal);
      assertThat(job.isRunning()).isTrue();
      job.signalUntilItEnds(signal);

      assertThat(job.exitCode()).isEqualTo(exitCode);
      assertThat(traffic.isAlive()).isTrue();
    } finally {
      traffic.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replay -i lo --rate 200 --loop 0 FILE",
        "trace -n --report -c 0 -i 50ms 127.0.0.1",
      })
  void waitsForTheReaderOfWhatItPrintsAtItsEndUnlessASecondSignalComes(String arguments)
      throws Exception {
    try (FileChannel fifo = BackgroundJob.fifo(directory.resolve("out"))) {
      BackgroundJob.stall(fifo);
      try (BackgroundJob job = start(withFile(arguments, 1))) {
        // More than the first round of a trace: it hears signals.
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> namespace.link("lo").counters().txPackets() > 62);
        job.signal("INT");
        job.awaitStalled();
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(60)).until(job::isRunning);
        job.signal("INT");

        assertThat(job.exitCode()).isEqualTo(ExitCode.CANCELLED);
      }
    }
  }

  /// They end by themselves, so they are caught where they wait for the reader.
  @ParameterizedTest
  @ValueSource(strings = {"interfaces", "irq lo"})
  void listThatIsNotReadIsCancelled(String arguments) throws Exception {
    try (FileChannel fifo = BackgroundJob.fifo(directory.resolve("out"))) {
      BackgroundJob.stall(fifo);
      try (BackgroundJob job = start(arguments.split(" "))) {
        job.awaitStalled();
        job.signal("INT");

        assertThat(job.exitCode()).isEqualTo(ExitCode.CANCELLED);
        assertThat(job.err()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void endsATraceWithItsReport(String signal) throws Exception {
    try (BackgroundJob job = start("trace -n --report -c 0 -i 50ms 127.0.0.1".split(" "))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> namespace.link("lo").counters().txPackets() > 62);
      job.signal(signal);

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.out()).contains("  1.|-- 127.0.0.1   0.0%").endsWith("\n");
    }
  }

  @Test
  void hearsWhatAScriptIgnoresOnPurposeButLeavesNohupItsHangup() throws Exception {
    try (BackgroundJob job =
        BackgroundJob.startIgnoring("HUP INT TERM", ringtap, directory, "capture", "-i", "lo")) {
      job.awaitErr("listening on");
      job.signal("HUP");
      await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(60)).until(job::isRunning);
      job.signal("TERM");

      assertThat(job.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(job.err()).contains(" packets captured\n");
    }
  }

  /// What descriptor 0 then leads to is a file that the JVM has opened for itself.
  @ParameterizedTest
  @ValueSource(strings = {"capture -r -", "filter --test - tcp", "ping -f -"})
  void closedStandardInputIsSaidToBeClosed(String arguments) throws Exception {
    Command.Result result =
        ringtap.withPrefix("sh", "-c", "exec \"$@\" <&-", "sh").run(arguments.split(" "));

    assertThat(result.exitCode()).isGreaterThanOrEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(result.out()).isEmpty();
    assertThat(String.join("\n", result.err())).contains("standard input is closed");
  }

  private BackgroundJob start(String... arguments) throws IOException {
    return BackgroundJob.start(ringtap, directory, NOTHING, arguments);
  }

  /// The words of a command line, in which FILE stands for a pcap file of so many packets.
  private String[] withFile(String arguments, int packets) throws IOException {
    Path file = directory.resolve("x.pcap");
    if (arguments.contains("FILE")) {
      ByteBuffer first = onePacket();
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        channel.write(first);
        for (int i = 1; i < packets; i++) {
          channel.write(first.position(24)); // without the header of the file
        }
      }
    }
    return arguments.replace("FILE", file.toString()).split(" ");
  }

  /// A pcap file so far: its header and one packet of 14 bytes.
  private static ByteBuffer onePacket() {
    return ByteBuffer.allocate(24 + 16 + 14)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0xA1B2C3D4)
        .putShort((short) 2)
        .putShort((short) 4)
        .putLong(0)
        .putInt(65535)
        .putInt(1)
        .putLong(0)
        .putInt(14)
        .putInt(14)
        .rewind();
  }
}
