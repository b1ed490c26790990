package io.ringtap.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final int THREADS = 2;
  private static final int PACKETS = 2_000_000;
  private static final int SOURCES = 50_000;

  private final Meters meters = new Meters(KeyKind.SOURCE, Order.PACKETS, 256, THREADS);
  private final AtomicLong packets = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong weights = new AtomicLong();

  private void add(List<IntervalCount> counts) {
    for (IntervalCount count : counts) {
      long weight = 0;
      for (int i = 0; i < count.keys.size(); i++) {
        weight += count.keys.weight(i);
      }
      assertThat(count.keys.total()).isEqualTo(count.packets);
      assertThat(weight).isLessThanOrEqualTo(count.packets);
      assertThat(count.keys.threshold()).isLessThanOrEqualTo(count.packets / 256);
      assertThat(count.endNanos).isGreaterThanOrEqualTo(count.beginNanos);
      packets.addAndGet(count.packets);
      bytes.addAndGet(count.bytes);
      weights.addAndGet(weight);
    }
  }

  private void feed(Meter meter) {
    MemorySegment frame = TestFrames.udp4("0a000001", "0a000002", 1, 2);
    Frame packet = new MemoryFrame(LinkType.ETHERNET, frame, 0, 42, 100, 0, 0);
    for (int i = 0; i < PACKETS; i++) {
      frame.set(ValueLayout.JAVA_INT_UNALIGNED, 26, i % SOURCES);
      meter.onPacket(packet);
    }
  }

  @Test
  void losesAndDoublesNothingWhileThreadsCountAndIntervalsEnd() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    meters.begin();
    for (int i = 0; i < THREADS; i++) {
      Meter meter = meters.of(i);
      threads.add(Thread.ofPlatform().start(() -> feed(meter)));
    }
    Thread waiter =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (Thread thread : threads) {
                  thread.join();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              meters.onThreadsEnded();
            });

    int turns = 0;
    while (waiter.isAlive()) {
      meters.turn(this::add);
      turns++;
    }
    meters.rest(this::add);

    assertThat(turns).isGreaterThan(1);
    assertThat(packets).hasValue((long) THREADS * PACKETS);
    assertThat(bytes).hasValue(100L * THREADS * PACKETS);
    assertThat(weights).hasPositiveValue();
  }

  @Test
  void showsWhatThreadsLeftThatEndedInTheMiddleOfATurn() throws InterruptedException {
    MemorySegment frame = TestFrames.icmp4("0a000001", "0a000002");
    meters.of(0).onPacket(new MemoryFrame(LinkType.ETHERNET, frame, 0, 42, 100, 0, 0));
    meters.onThreadsEnded();

    meters.turn(this::add);
    assertThat(packets).hasValue(1);
    meters.rest(this::add);

    assertThat(packets).hasValue(1);
  }
}
