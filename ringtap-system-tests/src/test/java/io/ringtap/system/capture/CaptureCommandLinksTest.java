package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.system.Command;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.NetworkNamespace;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ringtap capture` on several interfaces, their directions, their tags and their fate.
class CaptureCommandLinksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String UNTAGGED = "0x88, 0xb5, 1, 2, 3";
  private static final String TAGGED =
      "0x81, 0x00, 0x60, 0x05, 0x88, 0xb5, 1, 2, 3"; // VLAN 5, PCP 3

  @TempDir private Path directory;
  private CaptureFixture lab;
  private NetworkNamespace other;
  private VethPair cable;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    Requirement.tool("trafgen");
    lab = new CaptureFixture();
    other = NetworkNamespace.create("other");
    for (NetworkNamespace namespace : List.of(lab.namespace, other)) {
      namespace.sysctl("net.ipv6.conf.default.disable_ipv6", "1"); // nothing but the tests' frames
    }
    cable = VethPair.create(lab.namespace, "left", other, "right");
  }

  @AfterEach
  void close() {
    if (lab != null) {
      lab.close();
    }
    if (other != null) {
      other.close();
    }
  }

  private CaptureProcess start(String... arguments) throws IOException {
    return CaptureProcess.start(lab.ringtap, arguments);
  }

  /// Sends frames of EtherType 0x88b5 to broadcast, which are captured as they are.
  private void inject(NetworkNamespace namespace, String link, String rest, int count)
      throws IOException, InterruptedException {
    Path packet = directory.resolve("frame.cfg");
    Files.writeString(
        packet, "{ 0xff,0xff,0xff,0xff,0xff,0xff, 2,0,0,0,0,9, " + rest + ", fill(0, 50) }\n");
    Process trafgen =
        namespace.start(
            "trafgen", "-q", "-P", "1", "-n", "" + count, "-o", link, "-c", packet.toString());
    Command.Result result = Command.finish(trafgen);
    assertThat(result.exitCode()).as(result.err().toString()).isZero();
  }

  @Test
  void tellsComingFromGoing() throws Exception {
    try (CaptureProcess in = start("-i", "left", "-Q", "in", "-q");
        CaptureProcess out = start("-i", "left", "-Q", "out", "-q");
        CaptureProcess both = start("-i", "left", "-Q", "inout", "-q")) {
      inject(lab.namespace, "left", UNTAGGED, 2);
      inject(other, "right", UNTAGGED, 3);

      assertThat(in.end("INT").err()).contains("3 packets captured");
      assertThat(out.end("INT").err()).contains("2 packets captured");
      assertThat(both.end("INT").err()).contains("5 packets captured");
    }
  }

  @Test
  void showsTagsInTheirPlaceWhetherTheKernelTookThemOutOrNot() throws Exception {
    String file = directory.resolve("x.pcapng").toString();
    try (CaptureProcess capture = start("-i", "left", "-w", file)) {
      inject(lab.namespace, "left", TAGGED, 1);
      inject(other, "right", TAGGED, 1);
      capture.end("TERM");
    }

    assertThat(
            lab.tool(
                "tshark",
                "-r",
                file,
                "-T",
                "fields",
                "-e",
                "vlan.id",
                "-e",
                "vlan.priority",
                "-e",
                "vlan.etype",
                "-e",
                "frame.len"))
        .hasSize(2)
        .containsOnly("5\t3\t0x88b5\t71");
    assertThat(lab.ringtap.run("capture", "-ter", file).out())
        .hasSizeGreaterThanOrEqualTo(2)
        .first()
        .asString()
        .contains("ethertype 802.1Q (0x8100)", "vlan 5, p 3");
  }

  @Test
  void capturesSeveralInterfacesIntoOneFile() throws Exception {
    Requirement.tool("tshark");
    String file = directory.resolve("x.pcapng").toString();
    try (CaptureProcess capture = start("-i", "left", "-i", "lo", "-w", file)) {
      inject(other, "right", UNTAGGED, 2);
      lab.send(3, 0);
      inject(other, "right", UNTAGGED, 1);
      Command.Result result = capture.end("TERM");

      assertThat(result.err()).contains("6 packets captured");
    }

    assertThat(lab.tool("tshark", "-r", file, "-T", "fields", "-e", "frame.interface_name"))
        .containsExactly("left", "left", "lo", "lo", "lo", "left");
  }

  @Test
  void capturesAllInterfacesThroughAProgramForThem() throws Exception {
    Path program = directory.resolve("any.bpf");
    Files.write(program, lab.tool("tcpdump", "-ddd", "-i", "any", "udp dst port 4701"));
    try (CaptureProcess capture =
        start("-i", "any", "-t", "-c", "2", "--bpf-program", program.toString())) {
      lab.send(3, 0);
      inject(other, "right", UNTAGGED, 3);
      lab.send(2, 8, 4701);

      assertThat(capture.finish().out())
          .containsExactly(
              "lo    In  IP 127.0.0.1.4711 > 127.0.0.1.4701: UDP, length 8",
              "lo    In  IP 127.0.0.1.4711 > 127.0.0.1.4701: UDP, length 9");
    }
  }

  @Test
  void passesWhatTheProgramPassesAndNoMore() throws Exception {
    Path program = directory.resolve("some.bpf");
    Files.write(program, lab.tool("tcpdump", "-ddd", "-y", "EN10MB", "udp dst port 4701"));
    try (CaptureProcess capture = start("-i", "lo", "--bpf-program", program.toString(), "-q")) {
      lab.send(5, 0);
      lab.send(4, 0, 4701);

      Command.Result result = capture.end("INT");

      assertThat(result.out()).hasSize(4);
      assertThat(result.err()).contains("4 packets captured", "4 packets received by filter");
    }
  }

  @Test
  void tellsWhatBefallsItsInterfaceAndEndsWhenItHasVanished() throws Exception {
    try (CaptureProcess capture = start("-i", "left", "-qt")) {
      cable.a().down();
      awaitLine(capture, "left is down");
      cable.a().up();
      awaitLine(capture, "left is up");
      inject(other, "right", UNTAGGED, 1);
      await().atMost(PATIENCE).until(() -> !capture.out().isEmpty());
      cable.a().delete();

      Command.Result result = capture.finish();

      assertThat(result.exitCode()).isEqualTo(4);
      assertThat(result.err())
          .contains("ringtap capture: left has vanished", "1 packet captured")
          .last()
          .isEqualTo("ringtap capture: no interface is left to capture on");
    }
  }

  private static void awaitLine(CaptureProcess capture, String text) {
    await()
        .atMost(PATIENCE)
        .until(() -> capture.err().stream().anyMatch(line -> line.contains(text)));
  }

  @Test
  void entersANamespaceByPathAndTakesItsFirstInterfaceThatIsUp() throws Exception {
    String path = "/proc/" + ProcessHandle.current().pid() + "/task/" + thread() + "/ns/net";
    try (CaptureProcess capture = start("--netns", path, "-c", "1", "-q")) {
      inject(lab.namespace, "left", UNTAGGED, 1);

      Command.Result result = capture.finish();

      assertThat(result.exitCode()).isZero();
      assertThat(result.err().getFirst())
          .isEqualTo("ringtap capture: no -i, so this captures on right");
    }
  }

  private String thread() throws IOException {
    return other.call(() -> {
      try (Stream<String> status = Files.lines(Path.of("/proc/thread-self/status"))) {
        return status
            .filter(line -> line.startsWith("Pid:"))
            .findFirst()
            .orElseThrow()
            .substring(4)
            .strip();
      }
    });
  }
}
