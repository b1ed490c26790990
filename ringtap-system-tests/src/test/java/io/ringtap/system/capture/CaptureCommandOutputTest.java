package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.print.PacketPrinter;
import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What `ringtap capture` shows, counts and says at its end.
class CaptureCommandOutputTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private CaptureFixture lab;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    lab = new CaptureFixture();
  }

  @AfterEach
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  private CaptureProcess start(String... arguments) throws IOException {
    return CaptureProcess.start(lab.ringtap, arguments);
  }

  @Test
  void showsAsManyPacketsAsWantedThenTheCounts() throws Exception {
    try (CaptureProcess capture = start("-i", "lo", "-c", "10", "-nt")) {
      lab.send(10, 5);

      Command.Result result = capture.finish();

      assertThat(result.exitCode()).isZero();
      assertThat(result.out())
          .hasSize(10)
          .first()
          .isEqualTo("IP 127.0.0.1.4710 > 127.0.0.1.4700: UDP, length 5");
      assertThat(result.err())
          .containsExactly(
              "ringtap capture: listening on lo, link-type EN10MB (Ethernet),"
                  + " snapshot length 262144 bytes",
              "10 packets captured",
              "10 packets received by filter",
              "0 packets dropped by kernel",
              "0 packets dropped by interface");
    }
  }

  @Test
  void listsTheProtocolsThatArePrinted() throws Exception {
    Command.Result result = lab.ringtap.run("capture", "--protocols");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .hasSameSizeAs(PacketPrinter.protocols())
        .allMatch(line -> line.matches("\\S.{16} +\\D+ \\w+(, \\D+ \\w+)*"))
        .contains("DNS               tcp port 53, udp port 53");
  }

  @Test
  void showsNoPacketMoreThanWantedHoweverManyThreads() throws Exception {
    try (CaptureProcess capture =
        start("-i", "lo", "-c", "25", "-q", "--threads", "3", "--fanout", "lb")) {
      lab.send(200, 0);

      Command.Result result = capture.finish();

      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).hasSize(25);
      assertThat(result.err()).contains("25 packets captured");
      assertThat(count(result, "captured") + count(result, "discarded") + count(result, "kernel"))
          .isEqualTo(count(result, "received by filter"));
    }
  }

  private static int count(Command.Result result, String word) {
    return result.err().stream()
        .filter(line -> line.contains(word) && Character.isDigit(line.charAt(0)))
        .mapToInt(line -> Integer.parseInt(line.substring(0, line.indexOf(' '))))
        .sum();
  }

  @Test
  void showsTheSamePacketsByEveryWayFromTheKernel() throws Exception {
    List<CaptureProcess> captures = new ArrayList<>();
    try {
      captures.add(start("-i", "lo", "-txx", "--mode", "ring"));
      captures.add(start("-i", "lo", "-txx", "--mode", "recv"));
      captures.add(start("-i", "lo", "-txx", "--mode", "ring", "--threads", "2", "--fanout", "lb"));
      captures.add(start("-i", "lo", "-txx", "--mode", "recv", "--threads", "2", "--fanout", "lb"));

      lab.send(20, 0);

      List<List<String>> shown = new ArrayList<>();
      for (CaptureProcess capture : captures) {
        Command.Result result = capture.end("INT");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("20 packets captured", "0 packets dropped by kernel");
        shown.add(result.out().stream().sorted().toList()); // threads print as they come
      }
      assertThat(shown.getFirst()).hasSizeGreaterThan(20);
      assertThat(shown.subList(1, 4))
          .allSatisfy(one -> assertThat(one).isEqualTo(shown.getFirst()));
    } finally {
      captures.forEach(CaptureProcess::close);
    }
  }

  @Test
  void tellsPacketsStatisticsAndSummaryAsObjects() throws Exception {
    try (CaptureProcess capture = start("-i", "lo", "--json", "--stats", "200ms")) {
      lab.send(3, 4);
      await().atMost(PATIENCE).until(() -> capture.out().stream().anyMatch(this::isStats));

      Command.Result result = capture.end("TERM");

      assertThat(result.exitCode()).isZero();
      assertThat(result.err()).hasSize(1);
      List<Map<String, Object>> objects = JsonLines.parse(result.out());
      List<Map<String, Object>> packets =
          objects.stream().filter(object -> "packet".equals(object.get("type"))).toList();
      assertThat(packets).hasSize(3);
      assertThat(packets.getFirst())
          .containsEntry("interface", "lo")
          .containsEntry("ip_src", "127.0.0.1")
          .containsEntry("dst_port", 4700L)
          .containsEntry("len", 46L);
      assertThat(objects.getLast())
          .containsEntry("type", "summary")
          .containsEntry("captured", 3L)
          .containsEntry("received_by_filter", 3L)
          .containsEntry("dropped_by_kernel", 0L);
    }
  }

  private boolean isStats(String line) {
    return line.contains("\"type\":\"stats\"");
  }

  @Test
  void tellsTheRateInTheWordsOfTheSeedProgram() throws Exception {
    try (CaptureProcess capture = start("-i", "lo", "--rate")) {
      lab.send(50, 0);
      await().atMost(PATIENCE).until(() -> !capture.out().isEmpty());

      Command.Result result = capture.end("INT");

      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).allMatch(line -> line.matches("We process: \\d+ pps"));
      assertThat(result.out().getFirst()).isNotEqualTo("We process: 0 pps");
      assertThat(result.err()).contains("50 packets captured");
    }
  }

  @Test
  void tellsTheCountsEachInterval() throws Exception {
    try (CaptureProcess capture = start("-i", "lo", "-q", "--stats", "200ms")) {
      lab.send(5, 0);
      await()
          .atMost(PATIENCE)
          .until(() ->
              capture.err().stream()
                  .anyMatch(line ->
                      line.matches(
                          "captured \\d+/s \\(5\\), dropped by kernel 0/s \\(0\\), freezes 0/s"
                              + " \\(0\\), dropped by interface 0/s \\(0\\)")));

      assertThat(capture.end("INT").exitCode()).isZero();
    }
  }

  @Test
  void endsWithItsTotalsWhenItsReaderHasGone() throws Exception {
    Process process =
        lab.ringtap
            .withPrefix("sh", "-c", "exec \"$@\" | head -1", "sh")
            .start("capture", "-i", "lo", "-tn");
    try (CaptureProcess capture = CaptureProcess.awaited(process, "listening on")) {
      lab.send(1, 1);
      await().atMost(PATIENCE).until(() -> !capture.out().isEmpty());
      lab.send(1, 2);

      Command.Result result = capture.finish();

      assertThat(result.out()).containsExactly("IP 127.0.0.1.4710 > 127.0.0.1.4700: UDP, length 1");
      assertThat(result.err()).hasSize(5).element(1).isEqualTo("2 packets captured");
    }
  }

  @Test
  void saysWhatIsWrongInOneLine() throws Exception {
    Command.Result unknown = lab.ringtap.run("capture", "-i", "nosuchdevice");
    Command.Result nobody = lab.ringtap.asNobody().run("capture", "-i", "lo");
    Command.Result none = lab.ringtap.run("capture");
    Command.Result netns = lab.ringtap.run("capture", "-i", "lo", "--netns", "no-such");

    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.err()).hasSize(1).first().asString().contains("nosuchdevice", "lo, any");
    assertThat(nobody.exitCode()).isEqualTo(4);
    assertThat(nobody.err()).hasSize(1).first().asString().contains("CAP_NET_RAW");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).hasSize(1).first().asString().contains("-i", "lo, any");
    assertThat(netns.exitCode()).isEqualTo(3);
    assertThat(netns.err()).hasSize(1).first().asString().contains("/run/netns/no-such");
  }

  @Test
  void listsInterfacesLinkTypesAndStamps() throws Exception {
    Command.Result interfaces = lab.ringtap.asNobody().run("capture", "-D");
    Command.Result linkTypes = lab.ringtap.run("capture", "-i", "any", "-L");
    Command.Result stampTypes = lab.ringtap.run("capture", "-i", "lo", "-J");

    assertThat(interfaces.out())
        .containsExactly("1.lo [Up, Running, Loopback]", "2.any (all interfaces)");
    assertThat(linkTypes.out())
        .containsExactly(
            "Data link types for any (use option -y to set):", "  LINUX_SLL2 (Linux cooked v2)");
    Process tcpdump = lab.namespace.start("tcpdump", "-J", "-i", "lo");
    assertThat(stampTypes.out()).isNotEmpty().isEqualTo(Command.finish(tcpdump).err());
  }
}
