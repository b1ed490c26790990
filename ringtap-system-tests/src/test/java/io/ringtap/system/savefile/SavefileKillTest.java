package io.ringtap.system.savefile;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.record.DirectFile;
import io.ringtap.record.PacketRecorder;
import io.ringtap.record.RecorderCounters;
import io.ringtap.record.RecorderOptions;
import io.ringtap.savefile.MalformedSavefile;
import io.ringtap.savefile.SavefileCompression;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.testing.Eventually;
import io.ringtap.testing.Requirement;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A process that records is killed, or its disk is full.
class SavefileKillTest {
  private static final int CAPLEN = 333;
  private static final int FILLER = 4096 + 8; // bytes at most, up to the end of a disk's block

  @TempDir private Path directory;

  /// Records numbered packets until the disk takes no more. Arguments: file, format, compression,
  /// and the file whose packets it shows again and again.
  static final class Recording {
    private static final int PACKETS = 1000;

    private Recording() {}

    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[0]);
      SavefileOptions plain = options(SavefileFormat.valueOf(arguments[1]));
      SavefileOptions options =
          arguments[2].equals("gzip") ? plain.withCompression(SavefileCompression.GZIP) : plain;
      Path seed = Path.of(arguments[3]);
      PacketRecorder recorder =
          PacketRecorder.open(
              () -> SavefileOutput.open(file, options), RecorderOptions.of(1), _ -> {});
      System.out.println("recording");
      PacketHandler handler = recorder.handler(0);
      long number = 0;
      while (recorder.failure() == null) {
        number = show(seed, handler, number);
      }
      try {
        recorder.close();
      } catch (IOException e) {
        RecorderCounters counters = recorder.counters();
        System.out.println(e.getMessage());
        System.out.println(counters.written() + counters.lost() == counters.taken());
        System.out.println(counters.written());
      }
    }

    /// Shows the packets of a file, with numbers of their own in their first bytes.
    private static long show(Path seed, PacketHandler handler, long first) throws IOException {
      long number = first;
      try (SavefileReader packet = SavefileReader.open(seed)) {
        while (packet.next()) {
          packet.memory().set(JAVA_LONG_UNALIGNED, packet.offset(), number++);
          handler.onPacket(packet);
        }
        handler.onDrained(0);
      }
      return number;
    }
  }

  private static SavefileOptions options(SavefileFormat format) {
    return SavefileOptions.of(format, List.of(SavefileInterface.of(LinkType.ETHERNET, 262_144)))
        .withOpener(DirectFile::open);
  }

  private Process start(Path file, SavefileFormat format, String compression, String... before)
      throws IOException {
    Path seed = directory.resolve("seed");
    try (SavefileWriter writer = SavefileWriter.open(seed, options(SavefileFormat.PCAPNG))) {
      MemorySegment frame = MemorySegment.ofArray(new byte[CAPLEN]);
      for (int i = 0; i < Recording.PACKETS; i++) {
        writer.write(new MemoryFrame(LinkType.ETHERNET, frame, 0, CAPLEN, CAPLEN, i, 0));
      }
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Recording.class.getName(),
                file.toString(),
                format.name(),
                compression,
                seed.toString()));
    command.addAll(0, List.of(before));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @ParameterizedTest
  @CsvSource({"PCAP_MICROS, none", "PCAPNG, none", "PCAPNG, gzip"})
  void keepsAllThatWasWrittenWhenItIsKilled(SavefileFormat format, String compression)
      throws Exception {
    Path file = directory.resolve("killed");
    Process process = start(file, format, compression);
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("recording");
      Eventually.await("200 kB are in the file", () -> Files.size(file) >= 200_000);
    } finally {
      process.destroyForcibly(); // SIGKILL
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    long size = Files.size(file);
    long expected = 0;
    long whole = 0;
    try (SavefileReader reader = SavefileReader.open(file)) {
      while (reader.next()) {
        assertThat(reader.caplen()).isEqualTo(CAPLEN);
        assertThat(reader.memory().get(JAVA_LONG_UNALIGNED, reader.offset())).isEqualTo(expected++);
        whole = reader.recordOffset();
      }
    } catch (MalformedSavefile e) {
      // The kernel may have been in the middle of a write.
      assertThat(e).hasMessageContaining(": truncated at offset ");
    }
    assertThat(expected).isPositive();
    if (compression.equals("none")) {
      assertThat(size - whole).isBetween(0L, 2L * (CAPLEN + 64) + FILLER);
    }
  }

  /// A file system of 3 MiB, in a mount namespace that ends with the process.
  @Test
  void keepsWhatADiskTakesAndSaysWhatItDoesNot() throws Exception {
    Requirement.root();
    Requirement.tool("unshare");
    Path mount = Files.createDirectory(directory.resolve("disk"));
    Path copy = directory.resolve("copy");
    Path file = mount.resolve("x.pcapng");
    String script =
        "mount -t tmpfs -o size=3m none '%s' && \"$@\" && cp '%s' '%s'"
            .formatted(mount, file, copy);
    Process process =
        start(file, SavefileFormat.PCAPNG, "none", "unshare", "-m", "sh", "-c", script, "sh");
    List<String> lines = process.inputReader().readAllLines();
    assertThat(process.waitFor()).isZero();

    assertThat(lines).hasSize(4);
    assertThat(lines.get(1))
        .matches(
            ".*/x.pcapng: no space left on device; it holds its first \\d+ packets whole"
                + " \\(\\d+ bytes\\), \\d+ could not be written");
    assertThat(lines.get(2)).isEqualTo("true");
    long expected = 0;
    try (SavefileReader reader = SavefileReader.open(copy)) {
      while (reader.next()) {
        assertThat(reader.memory().get(JAVA_LONG_UNALIGNED, reader.offset())).isEqualTo(expected++);
      }
    }
    assertThat(lines.get(3)).isEqualTo(Long.toString(expected));
    assertThat(Files.size(copy)).isBetween(3_000_000L, 3L << 20);
  }

  @Test
  void saysThatADeviceIsFull() throws Exception {
    assertThatThrownBy(
            () -> SavefileOutput.open(Path.of("/dev/full"), options(SavefileFormat.PCAP_NANOS)))
        .hasMessage(
            "/dev/full: no space left on device; it holds its first 0 packets whole (0 bytes), 0"
                + " could not be written");
  }
}
