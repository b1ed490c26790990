package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.Capture;
import io.ringtap.record.PacketRecorder;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.system.FrameSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recording a capture by the one call that a user needs.
class CaptureRecordTest extends CaptureLabTest {
  private static final int PACKETS = 10_000;

  @TempDir Path directory;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void writesWhatTcpdumpReadsWithOneThreadAndWithSeveral() throws Exception {
    for (String name : List.of("x.pcapng", "x.pcap")) {
      for (int threads = 1; threads <= 2; threads++) {
        Path file = directory.resolve(threads + name);
        try (Capture capture = lab.open(CaptureLab.options().withThreads(threads))) {
          PacketRecorder recorder = PacketRecorder.record(capture, file, Rotation.NONE);
          sender.number(0, PACKETS);
          recorder.close();

          assertThat(recorder.counters().written()).isEqualTo(PACKETS);
          assertThat(capture.counters().captured()).isEqualTo(PACKETS);
        }

        Process tcpdump = new ProcessBuilder("tcpdump", "-nr", file.toString()).start();
        assertThat(tcpdump.inputReader().lines()).hasSize(PACKETS);
        assertThat(tcpdump.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void leavesAnExistingFileAsItIsWhenTheCaptureCannotBeStarted() throws Exception {
    Path file = Files.writeString(directory.resolve("x.pcapng"), "kept");
    try (Capture capture = lab.open(CaptureLab.options())) {
      capture.start(_ -> {});

      assertThatIllegalStateException()
          .isThrownBy(() -> PacketRecorder.record(capture, file, Rotation.NONE))
          .withMessage("the capture is started already");
    }
    assertThat(file).hasContent("kept");
  }

  @Test
  void keepsTheNewestFiles() throws Exception {
    Rotation rotation = Rotation.everyBytes(100_000).keep(3);
    long files;
    try (Capture capture = lab.open(CaptureLab.options())) {
      PacketRecorder recorder =
          PacketRecorder.record(capture, directory.resolve("x.pcapng"), rotation);
      sender.number(0, PACKETS);
      recorder.close();
      assertThat(recorder.counters().written()).isEqualTo(PACKETS);
      files = recorder.counters().files();
    }

    assertThat(files).isGreaterThan(3);
    assertThat(files()).hasSize(3);
    for (Path file : files()) {
      assertThat(Files.size(file)).isLessThanOrEqualTo(100_000);
    }
    long last = -1;
    try (SavefileReader reader = SavefileReader.open(files().getLast())) {
      while (reader.next()) {
        last = ByteBuffer.wrap(reader.toArray()).getLong(FrameSender.SEQUENCE_OFFSET);
      }
    }
    assertThat(last).isEqualTo(PACKETS - 1);
  }

  @Test
  void endsTheCaptureAndStartsOnlyOnce() throws Exception {
    try (Capture capture = lab.open(CaptureLab.options())) {
      PacketRecorder recorder =
          PacketRecorder.record(capture, directory.resolve("x.pcapng"), Rotation.NONE);
      assertThatIllegalStateException()
          .isThrownBy(
              () -> PacketRecorder.record(capture, directory.resolve("y.pcapng"), Rotation.NONE));

      recorder.close();

      capture.await(); // returns at once
      recorder.close(); // harmless
    }
  }

  @Test
  void leavesTheCaptureAsItWasWhereThereCanBeNoFile() throws Exception {
    try (Capture capture = lab.open(CaptureLab.options())) {
      Path nowhere = directory.resolve("no/x.pcapng");
      assertThatThrownBy(() -> PacketRecorder.record(capture, nowhere, Rotation.NONE))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(NoSuchFileException.class)
          .hasMessageContaining(nowhere.toString());

      capture.start(_ -> {});
      capture.stop();
      capture.await();
    }
    assertThat(files()).isEmpty();
  }
}
