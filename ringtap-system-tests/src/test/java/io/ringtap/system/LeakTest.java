package io.ringtap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.packet.LinkType;
import io.ringtap.record.PacketRecorder;
import io.ringtap.record.RecorderOptions;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.savefile.SavefileWriter;
import io.ringtap.testing.OpenDescriptors;
import io.ringtap.testing.Requirement;
import io.ringtap.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What opens sockets, rings and files gives all of it back, also where it fails half-way.
@RequiresRoot
class LeakTest {
  private static final int RECORDERS = 50;

  @ParameterizedTest
  @EnumSource
  void aCaptureThatWasOpenedAndNeverStarted(CaptureMode mode) throws Exception {
    OpenDescriptors.assertNoneLeft(() -> Capture.open(on(mode, "lo")).close());
  }

  @ParameterizedTest
  @EnumSource
  void aCaptureWhoseSecondInterfaceDoesNotExist(CaptureMode mode) throws Exception {
    OpenDescriptors.assertNoneLeft(() ->
        assertThatThrownBy(() -> Capture.open(on(mode, "lo", "none0")))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("none0"));
  }

  private static CaptureOptions on(CaptureMode mode, String... interfaces) {
    return CaptureOptions.on(interfaces).withMode(mode).withThreads(2).withBuffer(4 << 20);
  }

  @Test
  void aReaderOfAFileThatIsNoSavefile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("x"), "this is no savefile at all");

    OpenDescriptors.assertNoneLeft(
        () -> assertThatThrownBy(() -> SavefileReader.open(file)).isInstanceOf(IOException.class));
  }

  @Test
  void aWriterWhoseDiskIsFull() throws Exception {
    SavefileOptions options =
        SavefileOptions.of(
            SavefileFormat.PCAPNG, List.of(SavefileInterface.of(LinkType.ETHERNET, 262_144)));

    OpenDescriptors.assertNoneLeft(() ->
        assertThatThrownBy(() -> SavefileWriter.open(Path.of("/dev/full"), options))
            .isInstanceOf(IOException.class));
  }

  @Test
  void aRecorderOfACaptureThatHasBeenStarted(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("x.pcapng");
    try (Capture capture = Capture.open(CaptureOptions.on("lo").withMode(CaptureMode.RECV))) {
      capture.start(_ -> {});
      long before = addressSpace();

      OpenDescriptors.assertNoneLeft(() -> {
        for (int i = 0; i < RECORDERS; i++) {
          assertThatThrownBy(() -> PacketRecorder.record(capture, file, Rotation.NONE))
              .isInstanceOf(IllegalStateException.class);
        }
      });

      // Of all their buffers, which are anonymous mappings, less than half can be left.
      long buffers = 4L * RECORDERS * RecorderOptions.DEFAULT_BUFFER_BYTES;
      assertThat(addressSpace() - before).isLessThan(buffers / 2);
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().equals("ringtap-recorder"));
    }
  }

  /// Bytes of memory that are mapped in this process.
  private static long addressSpace() throws IOException {
    long pages = Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", 2)[0]);
    return pages * 4096;
  }

  @Test
  void whateverRunsOutOfDescriptors(@TempDir Path directory) throws Exception {
    Requirement.tool("prlimit");
    Process process =
        new ProcessBuilder(
                "prlimit",
                "--nofile=128",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OutOfDescriptors.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines = process.inputReader().lines().toList();

    assertThat(process.waitFor()).as("%s", lines).isZero();
    assertThat(lines).noneMatch(line -> line.startsWith("LEAK"));
    assertThat(lines.getLast()).matches("failed half-way: \\d{2,}");
  }
}
