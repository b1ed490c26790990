package io.ringtap.record;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import io.ringtap.record.RecordedPackets.Recorded;
import io.ringtap.savefile.SavefileFormat;
import io.ringtap.savefile.SavefileInterface;
import io.ringtap.savefile.SavefileOptions;
import io.ringtap.savefile.SavefileOutput;
import io.ringtap.testing.Property;
import io.ringtap.testing.Randomized;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Runs all threads of a recording on one thread, so that every case can be repeated.
class RecordMergerTest {
  private static final long STEP = 1_000_000_000_000L; // numbers of one thread
  private static final SavefileOptions OPTIONS =
      SavefileOptions.of(
          SavefileFormat.PCAPNG, List.of(SavefileInterface.of(LinkType.ETHERNET, 262_144)));

  /// One capture thread's side of a queue.
  private static final class Filler {
    private final RecordQueue queue;
    private final long first;
    private int used;
    private int count;
    private long complete = Long.MIN_VALUE;

    private Filler(RecordQueue queue, long first) {
      this.queue = queue;
      this.first = first;
    }

    private Recorded show(SavefileOutput output, long number, long stamp) {
      MemorySegment frame = MemorySegment.ofArray(new byte[20]);
      frame.set(JAVA_LONG_UNALIGNED, 0, first + number);
      frame.asSlice(8).fill((byte) 0x5A);
      long at = queue.start(queue.filling()) + used;
      used +=
          output
              .encoder()
              .packet(
                  queue.memory(),
                  at,
                  new MemoryFrame(LinkType.ETHERNET, frame, 0, 20, 20, stamp, 0),
                  0);
      count++;
      return new Recorded(first + number, stamp, 0, 20, 20, 0);
    }

    private void handOver(long completeUntil) {
      if (count > 0) {
        queue.handOver(used, count);
        used = 0;
        count = 0;
      }
      complete = completeUntil;
    }
  }

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /// The stamps of the threads are out of order, but not more than they report.
  @Test
  @Randomized
  void ordersByStampThenThreadThenArrivalAndGivesAllBuffersBack() {
    Property.forAll(random -> merge(random, 16));
  }

  private void merge(SplittableRandom random, int slots) throws Exception {
    file.reset();
    List<Filler> threads = new ArrayList<>();
    List<RecordQueue> queues = new ArrayList<>();
    List<Recorded> shown = new ArrayList<>();
    try (Arena arena = Arena.ofConfined();
        SavefileOutput output = SavefileOutput.to(Channels.newChannel(file), "memory", OPTIONS)) {
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        RecordQueue queue = new RecordQueue((long) slots * RecordQueue.BUFFER_BYTES);
        queues.add(queue);
        threads.add(new Filler(queue, threads.size() * STEP));
      }
      RecordMerger merger = new RecordMerger(queues, output, arena);
      long now = random.nextLong(1L << 60);
      for (int step = random.nextInt(200); step > 0; step--) {
        Filler thread = threads.get(random.nextInt(threads.size()));
        switch (random.nextInt(8)) {
          case 0 -> {
            now += random.nextInt(30);
            if (thread.queue.handedOver() - thread.queue.givenBack() < slots - 2) {
              thread.handOver(now);
            }
          }
          case 1 -> {
            boolean _ =
                merger.doWork(
                    threads.stream().mapToLong(each -> each.complete).min().orElseThrow());
          }
          default -> shown.add(thread.show(output, 1000 - step, now + random.nextInt(20)));
        }
      }
      threads.forEach(each -> each.handOver(Long.MAX_VALUE));
      boolean _ = merger.doWork(Long.MAX_VALUE);
      for (RecordQueue queue : queues) {
        assertThat(queue.givenBack()).isEqualTo(queue.handedOver());
      }
    } finally {
      queues.forEach(RecordQueue::close);
    }

    shown.sort(Comparator.comparingLong(Recorded::epochNanos).thenComparingLong(Recorded::number));
    assertThat(RecordedPackets.read(file.toByteArray())).isEqualTo(shown);
  }

  @Test
  void letsTheOrderYieldToAThreadThatHasNoBufferLeft() throws Exception {
    try (Arena arena = Arena.ofConfined();
        RecordQueue busy = new RecordQueue(2 * RecordQueue.BUFFER_BYTES);
        RecordQueue idle = new RecordQueue(2 * RecordQueue.BUFFER_BYTES);
        SavefileOutput output = SavefileOutput.to(Channels.newChannel(file), "memory", OPTIONS)) {
      RecordMerger merger = new RecordMerger(List.of(busy, idle), output, arena);
      Filler thread = new Filler(busy, 0);
      for (int i = 0; i < 2; i++) {
        Recorded _ = thread.show(output, i, 100 + i);
        thread.handOver(i);
      }
      assertThat(busy.isFull()).isTrue();

      assertThat(merger.doWork(Long.MIN_VALUE)).isTrue();

      assertThat(busy.isFull()).isFalse();
      assertThat(output.packets()).isEqualTo(1);
      assertThat(merger.doWork(Long.MIN_VALUE)).isFalse();
    }
  }
}
