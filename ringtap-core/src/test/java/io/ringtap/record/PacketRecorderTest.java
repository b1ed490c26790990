package io.ringtap.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketHandler;
import io.ringtap.record.RecordedPackets.Recorded;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.Rotation;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import io.ringtap.testing.Allocation;
import io.ringtap.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketRecorderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final RecorderOptions SMALL = RecorderOptions.of(1).withBuffer(2 << 20);
  private static final RecorderListener NONE = failure -> {};

  /// A disk in memory, which can block and can be full.
  private static final class Disk implements WritableByteChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CountDownLatch released = new CountDownLatch(1);
    private final boolean isHeld;
    private final int room;

    private Disk(boolean isHeld, int room) {
      this.isHeld = isHeld;
      this.room = room;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      try {
        if (isHeld && taken.size() > 0) {
          released.await();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      int step = Math.min(from.remaining(), room - taken.size());
      if (step == 0) {
        throw new IOException("No space left on device");
      }
      byte[] bytes = new byte[step];
      from.get(bytes);
      taken.writeBytes(bytes);
      return step;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private final Disk disk = new Disk(false, Integer.MAX_VALUE);

  private static SavefileOptions options() {
    SavefileInterface ethernet = SavefileInterface.of(LinkType.ETHERNET, 262_144);
    return SavefileOptions.of(SavefileFormat.PCAPNG, List.of(ethernet, ethernet));
  }

  private static SavefileOutput to(Disk disk) throws IOException {
    return SavefileOutput.to(disk, "disk", options());
  }

  @Test
  void writesWhatItWasShownWithAllThatTheFormatTells() throws Exception {
    RecordedPackets packets = new RecordedPackets();
    PacketRecorder recorder = PacketRecorder.open(() -> to(disk), SMALL, NONE);
    PacketHandler handler = recorder.handler(0);
    packets.show(handler, 1, 5 * SECOND + 1, 0, 60, IfPacket.PACKET_OUTGOING);
    packets.show(handler, 2, 5 * SECOND + 2, 1, 61, IfPacket.PACKET_MULTICAST);
    packets.show(handler, 3, 5 * SECOND + 3, 0, 1500, 9);
    handler.onDrained(Long.MAX_VALUE);
    recorder.close();
    recorder.close();

    assertThat(recorder.counters().written()).isEqualTo(3);
    assertThat(recorder.counters().bytes()).isEqualTo(disk.taken.size());
    assertThat(recorder.counters().waiting()).isZero();

    assertThat(RecordedPackets.read(disk.taken.toByteArray()))
        .containsExactly(
            new Recorded(1, 5 * SECOND + 1, 0, 60, 1060, PacketFlags.OUTBOUND),
            new Recorded(2, 5 * SECOND + 2, 1, 61, 1061, PacketFlags.NONE),
            new Recorded(3, 5 * SECOND + 3, 0, 1500, 2500, 0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void losesNothingBetweenThreadsAndFile(boolean isOrdered) throws Exception {
    int threads = 3;
    int each = 100_000;
    RecorderOptions options =
        new RecorderOptions(threads, false, isOrdered, 2 << 20); // small enough to wait at times
    PacketRecorder recorder = PacketRecorder.open(() -> to(disk), options, NONE);

    run(
        threads,
        thread -> {
          RecordedPackets packets = new RecordedPackets();
          PacketHandler handler = recorder.handler(thread);
          for (int i = 0; i < each; i++) {
            packets.show(handler, thread * (long) each + i, i * 1000L, thread & 1, 60 + i % 100);
            if (i % 64 == 0) {
              handler.onDrained(i * 1000L);
            }
          }
          handler.onDrained(Long.MAX_VALUE);
        });
    recorder.close();

    RecorderCounters counters = recorder.counters();
    assertThat(counters.taken()).isEqualTo(threads * (long) each);
    assertThat(counters.written()).isEqualTo(threads * (long) each);
    assertThat(counters.lost()).isZero();
    Set<Long> numbers = new HashSet<>();
    long[] latest = new long[threads];
    for (Recorded record : RecordedPackets.read(disk.taken.toByteArray())) {
      assertThat(numbers.add(record.number())).isTrue();
      int thread = (int) (record.number() / each);
      assertThat(record.number() % each).isGreaterThanOrEqualTo(latest[thread]);
      latest[thread] = record.number() % each;
    }
    assertThat(numbers).hasSize(threads * each);
  }

  @Test
  void writesInOrderWhileAThreadIsIdle() throws Exception {
    PacketRecorder recorder =
        PacketRecorder.open(() -> to(disk), new RecorderOptions(2, true, true, 2 << 20), NONE);
    RecordedPackets packets = new RecordedPackets();

    packets.show(recorder.handler(0), 1, 100, 0, 60);
    packets.show(recorder.handler(0), 2, 200, 0, 60);
    Eventually.await(
        "the older packet is written",
        () -> {
          recorder.handler(0).onDrained(300);
          recorder.handler(1).onDrained(150);
          return recorder.counters().written() == 1;
        });
    Thread.sleep(150); // time for a second packet that must not come
    assertThat(recorder.counters().written()).isEqualTo(1);
    recorder.handler(1).onDrained(250);
    Eventually.await("both are written", () -> recorder.counters().written() == 2);

    recorder.close();
    assertThat(RecordedPackets.read(disk.taken.toByteArray())).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void letsTheCaptureThreadWaitForASlowDiskAndLosesNothing(boolean isOrdered) throws Exception {
    Disk slow = new Disk(true, Integer.MAX_VALUE);
    PacketRecorder recorder =
        PacketRecorder.open(() -> to(slow), SMALL.withOrdered(isOrdered), NONE);
    int count = 5000; // of 1100 bytes: more than the buffers hold
    Thread capture =
        Thread.ofPlatform()
            .start(() -> {
              RecordedPackets packets = new RecordedPackets();
              for (int i = 0; i < count; i++) {
                packets.show(recorder.handler(0), i, i, 0, 1100);
              }
            });

    Eventually.await("the capture thread waits", () -> recorder.counters().waits() > 0);
    assertThat(capture.isAlive()).isTrue();
    slow.released.countDown();
    capture.join();
    recorder.close();

    assertThat(recorder.counters().lost()).isZero();
    assertThat(RecordedPackets.read(slow.taken.toByteArray()))
        .extracting(Recorded::number)
        .hasSize(count)
        .isSorted();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goesOnWithoutWritingWhenTheDiskIsFull(boolean isOrdered) throws Exception {
    Disk full = new Disk(false, 3_000_000);
    List<IOException> heard = new ArrayList<>();
    PacketRecorder recorder =
        PacketRecorder.open(() -> to(full), SMALL.withOrdered(isOrdered), heard::add);
    RecordedPackets packets = new RecordedPackets();
    for (int i = 0; i < 10_000; i++) {
      packets.show(recorder.handler(0), i, i, 0, 1000);
    }

    assertThatThrownBy(recorder::close)
        .hasMessageStartingWith("disk: no space left on device; it holds its first ");

    assertThat(heard).containsExactly(recorder.failure());
    RecorderCounters counters = recorder.counters();
    assertThat(counters.taken()).isEqualTo(10_000);
    assertThat(counters.written() + counters.lost()).isEqualTo(10_000);
    assertThat(counters.written()).isBetween(2000L, 3000L);
  }

  @Test
  void letsNoCaptureThreadWaitForADiskThatHasStoppedAnswering() throws Exception {
    Disk stuck = new Disk(true, Integer.MAX_VALUE);
    PacketRecorder recorder = PacketRecorder.open(() -> to(stuck), SMALL, NONE);
    Thread capture =
        Thread.ofPlatform()
            .start(() -> {
              RecordedPackets packets = new RecordedPackets();
              for (int i = 0; i < 5000; i++) {
                packets.show(recorder.handler(0), i, i, 0, 1100);
              }
            });
    Eventually.await("the capture thread waits", () -> recorder.counters().waits() > 0);

    recorder.abort();

    capture.join();
    stuck.released.countDown();
    recorder.close();
    RecorderCounters counters = recorder.counters();
    assertThat(counters.lost()).isPositive();
    assertThat(counters.waiting()).isZero();
  }

  @Test
  void endsInOrderWhenTheSourceOfStatisticsThrows() throws Exception {
    SavefileOptions broken =
        options()
            .withStatistics(() -> {
              throw new IllegalStateException("no counters");
            });
    PacketRecorder recorder =
        PacketRecorder.open(() -> SavefileOutput.to(disk, "disk", broken), SMALL, NONE);
    new RecordedPackets().show(recorder.handler(0), 1, 1, 0, 60);

    assertThatThrownBy(recorder::close)
        .isInstanceOf(IOException.class)
        .hasMessage("the recording failed: java.lang.IllegalStateException: no counters");

    assertThat(recorder.counters().written()).isEqualTo(1);
    assertThat(recorder.counters().waiting()).isZero();
  }

  @Test
  void tellsWhenTheLastFileIsFull(@TempDir Path directory) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    SavefileOptions options =
        options().withRotation(new Rotation(0, Duration.ofSeconds(1), 2, true));
    RecorderListener listener =
        new RecorderListener() {
          @Override
          public void onFailure(IOException failure) {
            throw new AssertionError(failure);
          }

          @Override
          public void onEnd() {
            ended.countDown();
          }
        };
    PacketRecorder recorder =
        PacketRecorder.open(
            () -> SavefileOutput.open(directory.resolve("%s.pcapng"), options),
            SMALL.withPacketBuffered(true),
            listener);
    RecordedPackets packets = new RecordedPackets();
    for (int second = 0; second < 3; second++) {
      packets.show(recorder.handler(0), second, second * SECOND, 0, 60);
      recorder.handler(0).onDrained(second * SECOND);
    }

    ended.await();
    recorder.close();

    assertThat(recorder.counters().written()).isEqualTo(2);
    assertThat(recorder.counters().lost()).isEqualTo(1);
    assertThat(recorder.counters().files()).isEqualTo(2);
    assertThat(directory).isDirectoryContaining("glob:**/0.pcapng");
    assertThat(directory).isDirectoryContaining("glob:**/1.pcapng");
  }

  @Test
  void handsOverAtOnceWhenPacketBuffered() throws Exception {
    PacketRecorder recorder =
        PacketRecorder.open(() -> to(disk), SMALL.withPacketBuffered(true), NONE);
    RecordedPackets packets = new RecordedPackets();
    for (int i = 1; i < 10; i++) {
      int written = i;
      packets.show(recorder.handler(0), i, i, 0, 60);
      recorder.handler(0).onDrained(i);
      Eventually.await("all are written", () -> recorder.counters().written() == written);
    }
    recorder.close();
  }

  @Test
  void allocatesNothingOnTheCaptureThread() throws Exception {
    PacketRecorder recorder =
        PacketRecorder.open(
            () -> SavefileOutput.open(Path.of("/dev/null"), options()),
            RecorderOptions.of(1),
            NONE);
    PacketHandler handler = recorder.handler(0);
    RecordedPackets packets = new RecordedPackets();
    packets.show(handler, 1, 1, 0, 100);

    int rounds =
        Allocation.assertNone(() -> {
          for (int i = 0; i < 20_000; i++) {
            packets.showAgain(handler);
            if (i % 100 == 0) {
              handler.onDrained(i);
            }
          }
        });
    recorder.close();

    assertThat(recorder.counters().written()).isEqualTo(rounds * 20_000L + 1);
  }

  private interface Work {
    void run(int thread) throws Exception;
  }

  private static void run(int count, Work work) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger failed = new AtomicInteger();
    for (int i = 0; i < count; i++) {
      int number = i;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  work.run(number);
                } catch (Exception | AssertionError e) {
                  failed.incrementAndGet();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failed).hasValue(0);
  }

  @Test
  void leavesAnExistingFileAsItIsWithoutMemoryForTheBuffers(@TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("keep.pcapng"), "what was recorded before");
    // 255 times 1 TiB is more than a process can address.
    RecorderOptions tooMuch = RecorderOptions.of(255).withBuffer(1L << 40);

    assertThatThrownBy(
            () -> PacketRecorder.open(() -> SavefileOutput.open(file, options()), tooMuch, NONE))
        .isInstanceOf(LinuxException.class);

    assertThat(file).hasContent("what was recorded before");
  }
}
