package io.ringtap.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final int THREADS = 2;
  private static final int PACKETS = 2_000_000;
  private static final int SOURCES = 50_000;

  private final Meters meters = meters(THREADS);
  private final AtomicLong packets = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong weights = new AtomicLong();

  private static Meters meters(int threads) {
    KeyHash hash = new KeyHash(KeyKind.SOURCE.words(), new SplittableRandom(3));
    return new Meters(KeyKind.SOURCE, Order.PACKETS, 256, hash, threads);
  }

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
  void goesOnWithATurnThatWasInterrupted() throws InterruptedException {
    Meters two = meters(2);
    Frame packet = icmp();
    two.of(0).onPacket(packet);
    two.of(1).onPacket(packet);

    beginTurn(two);
    two.of(0).onPacket(packet); // hands over the first, counts the second
    beginTurn(two);
    two.of(0).onPacket(packet);
    two.of(1).onDrained(0);
    assertThat(packets).hasValue(0);
    two.turn(this::add);

    assertThat(packets).hasValue(2);
    two.rest(this::add);
    assertThat(packets).hasValue(4);
  }

  /// The steps of the two threads in the orders that matter, on one thread.
  @Test
  void neverShowsOrClearsWhatTheThreadCountsInto() throws InterruptedException {
    Meters one = meters(1);
    one.begin();
    for (int turn = 1; turn <= 4; turn++) {
      one.of(0).onPacket(icmp());
      beginTurn(one);
      one.of(0).onPacket(icmp()); // hands over, counts into the other sketch
      one.turn(counts -> {
        one.of(0).onPacket(icmp()); // while the counts are read
        add(counts);
      });
      // All but the two that were counted after the hand-over.
      assertThat(packets).hasValue(3L * turn - 2);
    }

    one.rest(this::add);
    assertThat(packets).hasValue(12);
  }

  /// Raises the turn number and does not wait for the counts.
  private void beginTurn(Meters of) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> of.turn(this::add)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void showsTheRestOfATurnThatWasInterrupted() {
    Meters one = meters(1);
    one.begin();
    one.of(0).onPacket(icmp());

    beginTurn(one);
    one.of(0).onPacket(icmp());
    one.rest(this::add);
    one.rest(this::add);

    assertThat(packets).hasValue(2);
  }

  private static Frame icmp() {
    MemorySegment frame = TestFrames.icmp4("0a000001", "0a000002");
    return new MemoryFrame(LinkType.ETHERNET, frame, 0, 42, 100, 0, 0);
  }

  @Test
  void showsWhatThreadsLeftThatEndedInTheMiddleOfATurn() throws InterruptedException {
    meters.of(0).onPacket(icmp());
    meters.onThreadsEnded();

    meters.turn(this::add);
    assertThat(packets).hasValue(1);
    meters.rest(this::add);

    assertThat(packets).hasValue(1);
  }
}
