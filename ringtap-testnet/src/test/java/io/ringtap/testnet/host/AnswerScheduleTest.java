package io.ringtap.testnet.host;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerScheduleTest {
  private record Packet(long due, int number, int length) {}

  private final Arena arena = Arena.ofConfined();
  private final AnswerSchedule schedule = new AnswerSchedule(arena);
  private final MemorySegment buffer = arena.allocate(EchoPacket.CAPACITY);

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void givesBackWhatItTookByTimeThenByOrder() {
    SplittableRandom random = new SplittableRandom(5);
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int length = i % 100 == 0 ? EchoPacket.CAPACITY : 4 + random.nextInt(3_000);
      packets.add(add(random.nextLong(1_000), i, length));
    }

    List<Packet> out = drain();

    packets.sort(Comparator.comparingLong(Packet::due).thenComparingInt(Packet::number));
    assertThat(out).isEqualTo(packets);
  }

  @Test
  void mixesComingAndGoing() {
    SplittableRandom random = new SplittableRandom(6);
    List<Packet> waiting = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      if (random.nextInt(100) < 52 || waiting.isEmpty()) {
        waiting.add(add(random.nextLong(50), i, 4 + random.nextInt(200)));
        continue;
      }
      Packet first =
          waiting.stream()
              .min(Comparator.comparingLong(Packet::due).thenComparingInt(Packet::number))
              .orElseThrow();

      assertThat(takeFirst()).isEqualTo(first);

      waiting.remove(first);
    }
    assertThat(waiting).hasSameSizeAs(drain());
  }

  @Test
  void comparesTimesAcrossTheOverflowOfTheClock() {
    Packet late = add(Long.MIN_VALUE + 5, 1, 64);
    Packet early = add(Long.MAX_VALUE - 5, 2, 64);

    assertThat(drain()).containsExactly(early, late);
  }

  private Packet add(long due, int number, int length) {
    buffer.set(JAVA_INT, 0, number);
    schedule.add(due, buffer, length);
    return new Packet(due, number, length);
  }

  private Packet takeFirst() {
    Packet packet =
        new Packet(
            schedule.firstDueNanos(), schedule.first().get(JAVA_INT, 0), schedule.firstLength());
    schedule.removeFirst();
    return packet;
  }

  private List<Packet> drain() {
    List<Packet> out = new ArrayList<>();
    while (!schedule.isEmpty()) {
      out.add(takeFirst());
    }
    return out;
  }
}
