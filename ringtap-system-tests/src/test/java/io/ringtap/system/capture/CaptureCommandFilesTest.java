package io.ringtap.system.capture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.system.Command;
import io.ringtap.system.JsonLines;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files that `ringtap capture` writes and reads, judged by those who read and write them too.
class CaptureCommandFilesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private CaptureFixture lab;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    Requirement.tool("tcpdump");
    Requirement.tool("tshark");
    lab = new CaptureFixture();
  }

  @AfterEach
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  /// Captures what `send` brings about into a file, and ends by SIGTERM.
  private Command.Result captured(String file, String... more) throws Exception {
    String[] arguments =
        Stream.concat(Stream.of("-i", "lo", "-w", file), Arrays.stream(more))
            .toArray(String[]::new);
    try (CaptureProcess capture = CaptureProcess.start(lab.ringtap, arguments)) {
      lab.send(20, 10);
      return capture.end("TERM");
    }
  }

  /// The length as it was, the length as captured, and the stamp of each packet.
  private List<String> asTsharkReads(String file) throws IOException, InterruptedException {
    return lab.tool(
        "tshark",
        "-r",
        file,
        "-T",
        "fields",
        "-e",
        "frame.len",
        "-e",
        "frame.cap_len",
        "-e",
        "frame.time_epoch");
  }

  @Test
  void writesFilesThatOthersReadAsWeDo() throws Exception {
    for (String name : List.of("x.pcapng", "x.pcap", "x.pcapng.gz")) {
      String file = file(name);

      Command.Result result = captured(file, "--time-stamp-precision", "nano");

      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .contains("20 packets captured")
          .noneMatch(it -> it.contains("written"));
      List<String> seen = asTsharkReads(file);
      assertThat(seen).hasSize(20).first().asString().startsWith("52\t52\t");
      assertThat(seen).last().asString().startsWith("71\t71\t");
      if (!name.endsWith(".gz")) {
        assertThat(lab.asTcpdumpReads(file)).hasSizeGreaterThan(20).isEqualTo(lab.asWeRead(file));
        assertThat(lab.tool("capinfos", "-cM", file)).contains("Number of packets:   20");
      }
    }
  }

  /// What JSON says of packets beside their bytes is what tshark reads, also of packets cut by
  /// `-s`.
  @Test
  void saysAsObjectsWhatTheFileSaysOfPackets() throws Exception {
    String file = file("x.pcapng");
    captured(file, "-Q", "out");
    String commented = file("y.pcapng");
    lab.ringtap.run(
        "pcap", "edit", file, "-w", commented, "--comment", "2:first", "--comment", "2:zweite ß");

    List<Map<String, Object>> objects =
        JsonLines.parse(lab.ringtap.run("capture", "--json", "-s", "60", "-r", commented).out());

    List<String> ours = new ArrayList<>();
    for (Map<String, Object> object : objects.subList(0, 20)) {
      List<?> comments = (List<?>) object.getOrDefault("comments", List.of());
      ours.add(
          "%s\t%s\t%s"
              .formatted(
                  object.get("number"),
                  "out".equals(object.get("direction")) ? "0x00000002" : "",
                  comments.stream().map(Object::toString).collect(joining(","))));
    }
    assertThat(ours)
        .isEqualTo(
            lab.tool(
                "tshark",
                "-r",
                commented,
                "-T",
                "fields",
                "-e",
                "frame.number",
                "-e",
                "frame.packet_flags_direction",
                "-e",
                "frame.comment"))
        .element(1)
        .isEqualTo("2\t0x00000002\tfirst,zweite ß");
  }

  @Test
  void readsFilesOfOthersAsTheyDo() throws Exception {
    Requirement.tool("dumpcap");
    String pcap = file("theirs.pcap");
    String pcapng = file("theirs.pcapng");
    Process tcpdump =
        lab.namespace.start("tcpdump", "-i", "lo", "-U", "-w", pcap, "--nano", "-c", "20");
    Process dumpcap = lab.namespace.start("dumpcap", "-q", "-i", "lo", "-w", pcapng, "-c", "20");
    try (CaptureProcess first = CaptureProcess.awaited(tcpdump, "listening on");
        CaptureProcess second = CaptureProcess.awaited(dumpcap, "File:")) {
      lab.send(20, 100);
      first.finish();
      second.finish();
    }

    assertThat(lab.asWeRead(pcap)).hasSizeGreaterThan(20).isEqualTo(lab.asTcpdumpReads(pcap));
    assertThat(lab.asWeRead(pcapng)).hasSizeGreaterThan(20).isEqualTo(lab.asTcpdumpReads(pcapng));
  }

  @Test
  void capturesTheSameOctetsAsTcpdump() throws Exception {
    String ours = file("ours.pcapng");
    String theirs = file("theirs.pcap");
    Process process = lab.namespace.start("tcpdump", "-i", "lo", "-w", theirs, "-c", "20");
    try (CaptureProcess tcpdump = CaptureProcess.awaited(process, "listening on")) {
      captured(ours);
      tcpdump.finish();
    }

    assertThat(lab.tool("tcpdump", "-ntxx", "-r", ours))
        .hasSizeGreaterThan(20)
        .isEqualTo(lab.tool("tcpdump", "-ntxx", "-r", theirs));
  }

  @Test
  void cutsPacketsToTheSnaplenAndKeepsTheirLength() throws Exception {
    String file = file("x.pcap");

    captured(file, "-s", "60");

    assertThat(asTsharkReads(file))
        .hasSize(20)
        .anyMatch(line -> line.startsWith("52\t52\t"))
        .last()
        .asString()
        .startsWith("71\t60\t");
  }

  @Test
  void writesTheSameByEveryWayInTheOrderOfTime() throws Exception {
    String file = file("x.pcapng");

    Command.Result result = captured(file, "--threads", "2", "--fanout", "lb");

    assertThat(result.err()).contains("20 packets captured");
    List<String> seen = asTsharkReads(file);
    assertThat(seen).hasSize(20);
    assertThat(seen.stream().map(line -> line.substring(line.lastIndexOf('\t')))).isSorted();
  }

  @Test
  void goesOnToOtherFilesAndKeepsTheNewest() throws Exception {
    String file = file("x.pcapng");
    try (CaptureProcess capture =
        CaptureProcess.start(lab.ringtap, "-i", "lo", "-w", file, "-C", "1", "-W", "2")) {
      lab.send(64, 50_000); // 3.3 million bytes
      Command.Result result = capture.end("TERM");

      assertThat(result.err()).contains("64 packets captured");
    }

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("x_000002.pcapng", "x_000003.pcapng");
    }
    assertThat(Files.size(directory.resolve("x_000002.pcapng"))).isBetween(900_000L, 1_000_000L);
    assertThat(asTsharkReads(file("x_000003.pcapng"))).last().asString().startsWith("50105\t");
  }

  @Test
  void handsPacketsOverAsTheyComeWhenTold() throws Exception {
    String file = file("x.pcap");
    try (CaptureProcess capture = CaptureProcess.start(lab.ringtap, "-i", "lo", "-U", "-w", file)) {
      lab.send(5, 10);

      await().atMost(PATIENCE).until(() -> lab.asWeRead(file).size() > 5);
      assertThat(capture.end("TERM").exitCode()).isZero();
    }
    assertThat(asTsharkReads(file)).hasSize(5);
  }

  @Test
  void writesToStandardOutputAndReadsStandardInput() throws Exception {
    Process process =
        lab.ringtap
            .withPrefix("sh", "-c", "\"$@\" | tcpdump -ntr -", "sh")
            .start("capture", "-i", "lo", "-c", "3", "-w", "-");
    try (CaptureProcess capture = CaptureProcess.awaited(process, "listening on")) {
      lab.send(3, 10);

      assertThat(capture.finish().out()).hasSize(3);
    }

    String file = file("x.pcap");
    captured(file);
    Process reading = lab.ringtap.start("capture", "-t", "-c", "7", "-r", "-");
    Files.copy(Path.of(file), reading.getOutputStream());
    reading.getOutputStream().close();
    assertThat(Command.finish(reading).out()).hasSize(7);
  }

  @Test
  void doesNotOverwriteTheFileThatStandardInputIs() throws Exception {
    String file = file("x.pcap");
    captured(file);
    byte[] before = Files.readAllBytes(Path.of(file));

    Process process =
        lab.ringtap
            .withPrefix("sh", "-c", "exec \"$@\" < " + file, "sh")
            .start("capture", "-r", "-", "-w", file);
    Command.Result result = Command.finish(process);

    assertThat(result.err())
        .containsExactly("ringtap capture: -r and -w are the same file: " + file);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(Path.of(file)).hasBinaryContent(before);
  }

  @Test
  void filtersAFileAsTcpdumpDoesAndConvertsIt() throws Exception {
    String pcapng = file("x.pcapng");
    String pcap = file("some.pcap");
    Path program = directory.resolve("some.bpf");
    captured(pcapng);
    Files.write(program, lab.tool("tcpdump", "-ddd", "-y", "EN10MB", "udp and greater 65"));

    Command.Result result =
        lab.ringtap.run(
            "capture",
            "-r",
            pcapng,
            "--bpf-program",
            program.toString(),
            "-w",
            pcap,
            "--time-stamp-precision",
            "nano");

    assertThat(result.exitCode()).isZero();
    assertThat(lab.asTcpdumpReads(pcap))
        .hasSizeGreaterThan(7)
        .isEqualTo(
            lab.tool("tcpdump", "-n", "-tt", "--nano", "-xx", "-r", pcapng, "udp and greater 65"));
  }

  @Test
  void showsATruncatedFileUpToItsDamageAndSaysWhereThatIs() throws Exception {
    Path file = directory.resolve("x.pcap");
    captured(file.toString());
    byte[] octets = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(octets, 24 + 16 + 52 + 16 + 53 + 20));

    Command.Result result = lab.ringtap.run("capture", "-tr", file.toString());

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.out()).hasSize(2);
    assertThat(result.err()).last().asString().contains("truncated at offset 161");
  }

  @Test
  void leavesAnExistingFileAsItIsWhenAnythingIsRefused() throws Exception {
    String saved = file("x.pcapng");
    captured(saved);
    Path kept = Files.writeString(directory.resolve("keep.pcapng"), "kept");
    Path filter = Files.writeString(directory.resolve("filter"), "udp\nand tcp prt 80\n");
    String keep = kept.toString();
    List<List<String>> refused =
        List.of(
            List.of("capture", "-r", saved, "-w", keep, "tcp prt 80"),
            List.of("capture", "-r", saved, "-w", keep, "-F", filter.toString()),
            List.of("capture", "-r", saved, "-w", keep, "wlan type data"),
            List.of("capture", "-r", kept.toString(), "-w", file("other.pcapng")),
            List.of("capture", "-r", saved, "-w", keep, "-c", "none"),
            List.of("capture", "-r", saved, "-w", keep, "--bpf-program", file("none")),
            List.of("capture", "-r", keep, "-w", keep),
            List.of("capture", "-i", "lo", "-w", keep, "tcp prt 80"),
            List.of("capture", "-i", "lo", "-w", keep, "-F", filter.toString()),
            List.of("capture", "-i", "none", "-w", keep),
            List.of("capture", "-i", "lo", "-w", keep, "--threads", "0"));

    for (List<String> command : refused) {
      Command.Result result = lab.ringtap.run(command.toArray(String[]::new));

      assertThat(result.exitCode()).as(command + ": " + result.err()).isEqualTo(3);
      assertThat(result.err()).as(command.toString()).hasSize(1);
      if (command.contains("-F")) {
        assertThat(result.err()).first().asString().contains(filter + ": line 2, at 9: ");
      }
    }
    assertThat(kept).hasContent("kept");
    assertThat(directory.resolve("other.pcapng")).doesNotExist();
  }

  @Test
  void saysWhenAFileTakesNoMore() throws Exception {
    Command.Result full = lab.ringtap.run("capture", "-i", "lo", "-w", "/dev/full");
    Command.Result nowhere = lab.ringtap.run("capture", "-i", "lo", "-w", "/nonexistent/x");

    assertThat(full.exitCode()).isEqualTo(4);
    assertThat(full.err()).hasSize(1).first().asString().contains("no space left on device");
    assertThat(nowhere.exitCode()).isEqualTo(3);
    assertThat(nowhere.err()).hasSize(1).first().asString().contains("no such");
  }
}
