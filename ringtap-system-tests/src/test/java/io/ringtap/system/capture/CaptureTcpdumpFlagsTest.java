package io.ringtap.system.capture;

import static io.ringtap.testing.PacketBytes.ipv4;
import static io.ringtap.testing.PacketBytes.start;
import static io.ringtap.testing.PacketBytes.tcp;
import static io.ringtap.testing.PacketBytes.udp;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The flags that users of tcpdump type: both commands print the same.
class CaptureTcpdumpFlagsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private CaptureFixture lab;

  @BeforeEach
  void open() throws IOException {
    Requirement.root();
    Requirement.tool("tcpdump");
    lab = new CaptureFixture();
  }

  @AfterEach
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  /// A file with twelve datagrams and a segment, stamps in nanoseconds.
  private String file(String name) throws IOException {
    PacketBytes file = PacketBytes.start().hex("a1b23c4d 0002 0004 00000000 00000000");
    file.u32(262_144).u32(1);
    for (int i = 1; i <= 13; i++) {
      byte[] payload = start().zeros(12 + i).toBytes();
      byte[] packet =
          i < 13
              ? ipv4(17, udp(40000 + i, 40001, payload))
              : ipv4(6, tcp(40000, 40001, 7, 9, 0x18, "", payload));
      file.u32(1_700_000_000L + i).u32(i * 1000L + 7).u32(packet.length).u32(packet.length);
      file.bytes(packet);
    }
    return Files.write(directory.resolve(name), file.toBytes()).toString();
  }

  private Command.Result theirs(List<String> flags) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("tcpdump", "-n", "-Z", "root"));
    words.addAll(flags);
    Process process = lab.namespace.process(words.toArray(String[]::new)).start();
    process.getOutputStream().close();
    return Command.finish(process);
  }

  private Command.Result ours(List<String> flags) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("capture"));
    words.addAll(flags);
    return lab.ringtap.run(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-r FILE -tt --nano --number -c 11 -AabKlNuS udp",
        "-V LIST -# -ttt --micro -T domain -xx",
        "-d -O -y RAW udp port 53",
      })
  void printsAsTcpdumpDoes(String line) throws Exception {
    String file = file("x.pcap");
    Path list = Files.writeString(directory.resolve("list"), file + "\n" + file("y.pcap") + "\n");
    List<String> flags = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      flags.add(
          switch (word) {
            case "FILE" -> file;
            case "LIST" -> list.toString();
            default -> word;
          });
    }

    Command.Result ours = ours(flags);
    Command.Result theirs = theirs(flags);

    assertThat(ours.out()).isNotEmpty().isEqualTo(theirs.out());
    assertThat(ours.exitCode()).isEqualTo(theirs.exitCode());
  }

  @Test
  void writesAllFilesOfAListIntoOneAndShowsAndCountsThem() throws Exception {
    Path list = Files.writeString(directory.resolve("list"), file("x") + "\n\n" + file("y"));
    String out = directory.resolve("out.pcapng").toString();

    Command.Result result =
        ours(List.of("-V", list.toString(), "--print", "--count", "-w", out, "udp"));

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).filteredOn(line -> line.contains("reading from file")).hasSize(2);
    List<String> expected = new ArrayList<>(theirs(List.of("-r", out)).out());
    assertThat(expected).hasSize(24);
    expected.add("24 packets");
    assertThat(result.out()).isEqualTo(expected);
  }

  /// tcpdump refuses such a filter; here a message says so, as with `filter --test`.
  @Test
  void saysThatNoPacketCanMatch() throws Exception {
    String file = file("x.pcap");

    Command.Result ours = ours(List.of("-r", file, "tcp and udp"));
    Command.Result theirs = theirs(List.of("-r", file, "tcp and udp"));

    assertThat(theirs.err()).contains("tcpdump: expression rejects all packets");
    assertThat(ours.err())
        .last()
        .isEqualTo(
            "ringtap capture: packets of EN10MB (Ethernet): no packet can match this filter");
    assertThat(ours.out()).isEmpty();
    assertThat(ours.exitCode()).isZero();
  }

  /// Each file is complete when the command sees it; the command does not run on the last one,
  /// which the rotation has not completed.
  @Test
  void runsACommandOnEachFileOfARotation() throws Exception {
    Path log = directory.resolve("log");
    Path command =
        Files.writeString(
            directory.resolve("command"),
            """
            #!/bin/sh
            echo "$(basename $1) nice $(nice) arguments $#, $(tcpdump -r $1 --count 2>/dev/null -Z root)" >> %s
            exit 3
            """
                .formatted(log));
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    String name = directory.resolve("x.pcap").toString();
    List<String> flags = List.of("-r", file("in"), "-w", name, "-G", "5", "-z", command.toString());

    Command.Result result = ours(flags);

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).filteredOn(line -> line.endsWith(": exit code 3")).hasSize(2);
    assertThat(Files.readAllLines(log))
        .containsExactlyInAnyOrder(
            "x_000000.pcap nice 19 arguments 1, 5 packets",
            "x_000001.pcap nice 19 arguments 1, 5 packets");
    assertThat(directory.resolve("x_000002.pcap")).isNotEmptyFile();
  }

  /// With `-W`, the last file is complete, too.
  @Test
  void saysWhichCommandDoesNotStart() throws Exception {
    String name = directory.resolve("x.pcap").toString();

    Command.Result result =
        ours(
            List.of("-r", file("in"), "--nano", "-w", name, "-G", "5", "-W", "2", "-z", "no-such"));

    assertThat(result.err().stream().skip(1))
        .containsExactly(
            "ringtap capture: -z no-such %s: No such file or directory"
                .formatted(name.replace(".pcap", "_000000.pcap")),
            "ringtap capture: -z no-such %s: No such file or directory"
                .formatted(name.replace(".pcap", "_000001.pcap")));
  }

  /// Live, tcpdump shows no packet with `--count`, and with `-v` says how many a file has so far.
  @Test
  void countsLive() throws Exception {
    String out = directory.resolve("out.pcap").toString();
    try (CaptureProcess counting = CaptureProcess.start(lab.ringtap, "-i", "lo", "--count");
        CaptureProcess writing =
            CaptureProcess.start(lab.ringtap, "-i", "lo", "-v", "--immediate-mode", "-w", out)) {
      lab.send(3, 5);
      await().atMost(PATIENCE).until(() -> writing.err().contains("Got 3"));

      assertThat(writing.end("TERM").err()).contains("3 packets captured");
      Command.Result counted = counting.end("TERM");
      assertThat(counted.out()).isEmpty();
      assertThat(counted.err()).contains("3 packets captured");
    }
  }
}
