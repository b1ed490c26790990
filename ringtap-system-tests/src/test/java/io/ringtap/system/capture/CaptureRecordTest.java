package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.RingShape;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.record.PacketRecorder;
import io.ringtap.record.RecorderOptions;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterfaceStatistics;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import io.ringtap.savefile.SavefileReader;
import io.ringtap.system.FrameSender;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
        assertThat(tcpdump.waitFor(60, TimeUnit.SECONDS)).isTrue();
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

  /// What was sent over each cable is in the file or counted as dropped, of each interface.
  @Test
  void countsEachInterfaceInTheFile() throws Exception {
    Requirement.tool("capinfos");
    Path file = directory.resolve("x.pcapng");
    CountDownLatch mayGoOn = new CountDownLatch(1);
    CaptureOptions options =
        CaptureOptions.on("near0", "near1").withRing(new RingShape(4096, 16, 5)).withThreads(2);
    CaptureCounters counters;
    VethPair second = lab.cable("far1", "near1");
    try (FrameSender other = FrameSender.on(second.a());
        Capture capture = lab.open(options)) {
      SavefileOptions form = PacketRecorder.savefileOptions(capture, SavefileFormat.PCAPNG);
      PacketRecorder recorder =
          PacketRecorder.open(
              () -> SavefileOutput.open(file, form),
              RecorderOptions.of(2),
              PacketRecorder.ending(capture));
      capture.start(thread -> delayed(recorder.handler(thread), mayGoOn), _ -> {});
      sender.number(0, 4000);
      other.number(0, 3000);
      mayGoOn.countDown();
      capture.stop();
      capture.await();
      recorder.close();
      counters = capture.counters();
    }

    long[] written = new long[2];
    List<SavefileInterfaceStatistics> statistics;
    try (SavefileReader reader = SavefileReader.open(file)) {
      while (reader.next()) {
        written[reader.interfaceId()]++;
      }
      statistics = reader.statistics();
    }
    assertThat(statistics).hasSize(2);
    assertThat(statistics.get(0).acceptedByFilter()).isEqualTo(4000);
    assertThat(statistics.get(1).acceptedByFilter()).isEqualTo(3000);
    for (SavefileInterfaceStatistics each : statistics) {
      assertThat(each.droppedBySystem()).isPositive();
      assertThat(written[each.interfaceId()] + each.droppedBySystem())
          .isEqualTo(each.acceptedByFilter());
    }
    assertThat(statistics.stream().mapToLong(SavefileInterfaceStatistics::droppedBySystem).sum())
        .isEqualTo(counters.droppedByKernel());
    Process capinfos = new ProcessBuilder("capinfos", "-I", file.toString()).start();
    assertThat(capinfos.inputReader().lines())
        .filteredOn(line -> line.strip().equals("Number of stat entries = 1"))
        .hasSize(2);
  }

  private static PacketHandler delayed(PacketHandler inner, CountDownLatch mayGoOn) {
    return new PacketHandler() {
      @Override
      public void onPacket(Frame packet) {
        try {
          mayGoOn.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        inner.onPacket(packet);
      }

      @Override
      public void onDrained(long completeUntil) {
        inner.onDrained(completeUntil);
      }
    };
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
