package io.ringtap.system.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.cli.run.ExitCode;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.system.Command;
import io.ringtap.system.FrameSender;
import io.ringtap.system.capture.CaptureLabTest;
import io.ringtap.system.capture.CaptureProcess;
import io.ringtap.testing.PacketBytes;
import io.ringtap.testing.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `ringtap replay` on a cable, judged by tcpdump at its other end.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplayCommandTest extends CaptureLabTest {
  private static final long EPOCH = 1_700_000_000_000_000_000L;
  private static final long MILLI = 1_000_000;
  private static final PacketBytes.Ipv4 IPV4 = PacketBytes.Ipv4.between("0a000001", "0a000002");

  @TempDir private Path directory;
  private Command ringtap;

  @BeforeEach
  void prepare() throws IOException {
    Requirement.tool("tcpdump");
    ringtap = new Command(lab.far().namespace());
  }

  /// A UDP packet to port 9 or 10, by turns.
  private static byte[] frame(int number, int bytes) {
    byte[] payload = new byte[bytes - 42];
    Arrays.fill(payload, (byte) number);
    byte[] udp = PacketBytes.udp(1000, 9 + number % 2, payload);
    byte[] packet = IPV4.withIdentification(number).packet(17, udp);
    return PacketBytes.ethernet(FrameSender.NOBODY + "020000000001", 0x0800, packet);
  }

  /// A file of frames, ten milliseconds apart.
  private String file(String name, LinkType linkType, List<byte[]> frames) throws IOException {
    Path file = directory.resolve(name);
    SavefileFormat format =
        name.contains("pcapng") ? SavefileFormat.PCAPNG : SavefileFormat.PCAP_NANOS;
    SavefileInterface source = SavefileInterface.of(linkType, 262_144);
    SavefileOptions options = SavefileOptions.of(format, List.of(source));
    try (SavefileWriter writer = SavefileWriter.open(file, options)) {
      for (int i = 0; i < frames.size(); i++) {
        writer.write(MemoryFrame.of(linkType, frames.get(i)).withStamp(EPOCH + 10L * i * MILLI));
      }
    }
    return file.toString();
  }

  private String file(int count) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(frame(i, 60 + i));
    }
    return file("x.pcapng", LinkType.ETHERNET, frames);
  }

  private Command.Result replay(String... arguments) throws IOException, InterruptedException {
    return ringtap.run(
        Stream.concat(Stream.of("replay"), Arrays.stream(arguments)).toArray(String[]::new));
  }

  /// Packets of a file as tcpdump prints them, with all bytes and without their stamps.
  private List<String> read(String file) throws IOException, InterruptedException {
    Process process = lab.captures().start("tcpdump", "-ntxx", "-r", file);
    return Command.finish(process).out();
  }

  private interface Run {
    Command.Result run() throws IOException, InterruptedException;
  }

  /// What tcpdump records at the other end while `run` sends `count` packets.
  private String recorded(int count, Run run) throws Exception {
    String file = directory.resolve("seen.pcap").toString();
    Process tcpdump = lab.captures().start("tcpdump", "-i", "near0", "-w", file, "-c", "" + count);
    try (CaptureProcess capture = CaptureProcess.awaited(tcpdump, "listening on")) {
      Command.Result result = run.run();
      assertThat(result.exitCode()).as(result.err().toString()).isZero();
      capture.finish();
    }
    return file;
  }

  @Test
  void sendsEveryPacketOfAFileAsItIsAndInOrderAndKeepsItsTime() throws Exception {
    String file = file(20);
    List<String> account = new ArrayList<>();

    String seen =
        recorded(
            20,
            () -> {
              Command.Result result = replay(file, "-i", "far0");
              account.addAll(result.out());
              return result;
            });

    assertThat(read(seen)).hasSizeGreaterThan(20).isEqualTo(read(file));
    assertThat(account)
        .startsWith(
            "20 packets sent, 1390 bytes", "0 packets refused", "0 packets refused by kernel")
        .last()
        .asString()
        .containsPattern("took [0-9.]+ s, ideal 0.190000 s: ");
    assertThat(Double.parseDouble(account.getLast().split(" ", -1)[1]))
        .isGreaterThanOrEqualTo(0.19);
  }

  @Test
  void sendsWhatMatchesFromStandardInputAtARate() throws Exception {
    String file = file(20);
    Path filter = Files.writeString(directory.resolve("filter"), "udp # and\ndst port 10");

    String seen =
        recorded(
            5,
            () -> {
              Process process =
                  ringtap.start(
                      "replay",
                      "-",
                      "-i",
                      "far0",
                      "--pps",
                      "1k",
                      "-L",
                      "5",
                      "-F",
                      filter.toString());
              try (OutputStream input = process.getOutputStream()) {
                Files.copy(Path.of(file), input);
              }
              Command.Result result = Command.finish(process);
              assertThat(result.out()).contains("5 packets sent, 325 bytes");
              assertThat(result.out()).contains("5 packets left out by the filter");
              return result;
            });

    assertThat(read(seen)).filteredOn(line -> line.contains("> 10.0.0.2.10:")).hasSize(5);
  }

  @Test
  void sendsAFileSeveralTimesUntilTheLimit() throws Exception {
    Command.Result result = replay(file(20), "-i", "far0", "-t", "--loop", "0", "-c", "1k");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().getFirst()).startsWith("1000 packets sent, ");
    assertThat(lab.far().counters().txPackets()).isEqualTo(1000);
  }

  @Test
  void saysInJsonWhatWasRefusedAndSendsTheRest() throws Exception {
    List<byte[]> frames = List.of(frame(1, 60), frame(2, 1600), new byte[5], frame(3, 60));
    String file = file("x.pcap", LinkType.ETHERNET, frames);

    Command.Result result = replay(file, "-i", "far0", "-x", "100", "--json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .hasSize(1)
        .first()
        .asString()
        .contains(
            "\"packets_sent\":2,\"bytes_sent\":120,\"packets_refused\":{\"link_type\":0,\"cut\":0,"
                + "\"too_short\":1,\"too_long\":1},\"packets_refused_by_kernel\":{}");
    assertThat(lab.far().counters().txPackets()).isEqualTo(2);
  }

  @Test
  void refusesAFileOfAnotherLinkTypeInOneLine() throws Exception {
    for (String name : List.of("x.pcap", "x.pcapng")) {
      String file = file(name, LinkType.LINUX_SLL, List.of(new byte[60], new byte[60]));

      Command.Result result = replay(file, "-i", "far0");

      assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
      assertThat(result.err())
          .containsExactly(
              "ringtap replay: "
                  + file
                  + ": its packets are LINUX_SLL (Linux cooked v1), and far0 sends only EN10MB"
                  + " (Ethernet)");
    }
    assertThat(lab.far().counters().txPackets()).isZero();
  }

  @Test
  void sendsWhatIsWholeOfADamagedFileAndSaysWhereItEnds() throws Exception {
    Path file = Path.of(file("x.pcap", LinkType.ETHERNET, List.of(frame(1, 60), frame(2, 60))));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

    Command.Result result = replay(file.toString(), "-i", "far0");

    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
    assertThat(result.out().getFirst()).isEqualTo("1 packet sent, 60 bytes");
    assertThat(result.err()).hasSize(1).first().asString().contains("truncated at offset");
  }

  @Test
  void refusesEachMistakeInOneLineAndSendsNothing() throws Exception {
    String file = file(3);
    List<List<String>> mistakes =
        List.of(
            List.of("-", "-i", "far0", "--loop", "2"),
            List.of(file, "-i", "far0", "--rate", "5", "--topspeed"),
            List.of(file, "-i", "far0", "--speed", "0"),
            List.of(file, "-i", "far0", "--limit", "0"),
            List.of(file, "-i", "far0", "--loop", "-1"),
            List.of(file, "-i", "far0", "--mbps", "fast"),
            List.of(file, "-i", "far0", "tcp", "prt"),
            List.of(directory.resolve("none").toString(), "-i", "far0"),
            List.of(file));

    for (List<String> words : mistakes) {
      Command.Result result = replay(words.toArray(String[]::new));
      assertThat(result.exitCode()).as(words + "").isEqualTo(ExitCode.BAD_ARGUMENTS);
      assertThat(result.err()).as(words + "").hasSize(1);
      assertThat(result.out()).isEmpty();
    }
    Command.Result none = replay(file, "-i", "far1");
    assertThat(none.exitCode()).isEqualTo(ExitCode.SYSTEM);
    assertThat(none.err())
        .containsExactly(
            "ringtap replay: send for far1: ENODEV (no such device): there are: lo, far0");
    assertThat(lab.far().counters().txPackets()).isZero();
  }

  @Test
  void endsInOrderWithItsAccountWhenInterrupted() throws Exception {
    Process process = ringtap.start("replay", file(20), "-i", "far0", "--loop", "0");
    await().until(() -> lab.far().counters().txPackets() >= 25);

    int rc = new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
    Command.Result result = Command.finish(process);

    assertThat(rc).isZero();
    assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).hasSize(4);
    assertThat(result.out().getFirst())
        .startsWith(lab.far().counters().txPackets() + " packets sent, ");
  }
}
