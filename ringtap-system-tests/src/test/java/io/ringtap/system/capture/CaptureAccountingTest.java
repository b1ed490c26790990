package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureCounters;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.capture.RingShape;
import io.ringtap.packet.PacketHandler;
import io.ringtap.system.FrameSender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every frame that was sent is accounted for, once.
class CaptureAccountingTest extends CaptureLabTest {
  private static void assertAddsUp(CaptureCounters counters, long sent) {
    assertThat(
            counters.captured()
                + counters.discarded()
                + counters.waiting()
                + counters.droppedByKernel())
        .isEqualTo(sent);
    assertThat(counters.offered()).isEqualTo(sent);
  }

  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void stoppingShowsAllThatCameInOrder(CaptureMode mode) throws Exception {
    int frames = 100_000;
    long[] next = {0};
    boolean[] isInOrder = {true};
    CaptureOptions options =
        CaptureLab.options().withMode(mode).withBuffer(128 << 20).withRetire(Duration.ofSeconds(1));
    Capture capture = lab.open(options);
    try (capture) {
      capture.start(
          _ -> packet -> isInOrder[0] &= CaptureLab.sequence(packet) == next[0]++, CaptureLab.DEAF);
      sender.number(0, frames);
      capture.stop();
      capture.await();

      assertThat(next[0]).isEqualTo(frames);
      assertThat(isInOrder[0]).isTrue();
      assertThat(capture.counters().captured()).isEqualTo(frames);
      assertAddsUp(capture.counters(), frames);
    }
    assertAddsUp(capture.counters(), frames);
    assertThat(capture.counters().droppedByKernel()).isZero();
  }

  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void aFullBufferIsCounted(CaptureMode mode) throws Exception {
    int frames = 20_000;
    CountDownLatch isBlocked = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    CaptureOptions options =
        CaptureLab.options()
            .withMode(mode)
            .withBuffer(64 << 10)
            .withRing(new RingShape(4096, 4, 5));
    try (Capture capture = lab.open(options)) {
      capture.start(
          _ ->
              _ -> {
                isBlocked.countDown();
                waitFor(mayGoOn);
              },
          CaptureLab.DEAF);
      sender.number(0, 1);
      isBlocked.await();
      sender.number(1, frames - 1);
      CaptureCounters blocked = capture.counters();
      mayGoOn.countDown();
      capture.stop();
      capture.await();

      assertAddsUp(blocked, frames);
      assertThat(blocked.droppedByKernel()).isPositive();
      assertThat(blocked.waiting()).isPositive();
      assertThat(blocked.freezes() > 0).isEqualTo(mode == CaptureMode.RING);
      assertAddsUp(capture.counters(), frames);
      assertThat(capture.counters().waiting()).isZero();
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(CaptureMode.class)
  void whatIsNotShownAfterAnAbortIsDiscarded(CaptureMode mode) throws Exception {
    AtomicLong shown = new AtomicLong();
    Capture capture =
        lab.open(CaptureLab.options().withMode(mode).withRetire(Duration.ofMillis(200)));
    try (capture) {
      capture.start(
          _ ->
              _ -> {
                if (shown.incrementAndGet() == 10) {
                  capture.abort();
                }
              },
          CaptureLab.DEAF);
      sender.number(0, 1000);
      capture.await();
      assertThat(capture.counters().captured()).isEqualTo(10);
      assertAddsUp(capture.counters(), 1000);
    }

    CaptureCounters closed = capture.counters();
    assertThat(shown).hasValue(10);
    assertThat(closed.discarded()).isEqualTo(990);
    assertThat(closed.waiting()).isZero();
    assertAddsUp(closed, 1000);
  }

  static List<Fanout> fanouts() {
    List<Fanout> all = new ArrayList<>();
    for (FanoutMode mode : FanoutMode.values()) {
      if (mode == FanoutMode.CBPF) {
        // Received packets begin with their network header here: the low byte of the source port.
        all.add(Fanout.by(new BpfAssembler().ldByte(21).retA().assemble()));
      } else {
        all.add(Fanout.by(mode));
        all.add(new Fanout(mode, true, mode != FanoutMode.ROLLOVER, Fanout.UNIQUE, null));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("fanouts")
  void threadsShareTheFrames(Fanout fanout) throws Exception {
    int frames = 10_000;
    AtomicIntegerArray times = new AtomicIntegerArray(frames);
    AtomicIntegerArray ofThread = new AtomicIntegerArray(3);
    CaptureOptions options = CaptureLab.options().withThreads(3).withFanout(fanout);
    try (Capture capture = lab.open(options)) {
      capture.start(thread -> counting(times, ofThread, thread), CaptureLab.DEAF);
      sender.number(0, frames, 60, 64);
      capture.stop();
      capture.await();

      assertAddsUp(capture.counters(), frames);
      assertThat(capture.counters().captured()).isEqualTo(frames);
    }
    for (int i = 0; i < frames; i++) {
      assertThat(times.get(i)).as("frame %d", i).isOne();
    }
    if (List.of(FanoutMode.HASH, FanoutMode.LB, FanoutMode.RND, FanoutMode.CBPF)
        .contains(fanout.mode())) {
      for (int i = 0; i < 3; i++) {
        assertThat(ofThread.get(i)).as("frames of thread %d", i).isPositive();
      }
    }
  }

  private static PacketHandler counting(
      AtomicIntegerArray times, AtomicIntegerArray ofThread, int thread) {
    return packet -> {
      int _ = times.incrementAndGet((int) CaptureLab.sequence(packet));
      int _ = ofThread.incrementAndGet(thread);
    };
  }

  @Test
  void capturesAtOnceHaveGroupsOfTheirOwnOrShareOne() throws Exception {
    int frames = 2_000;
    for (int group : new int[] {Fanout.UNIQUE, 4711}) {
      AtomicIntegerArray times = new AtomicIntegerArray(frames);
      AtomicIntegerArray ofThread = new AtomicIntegerArray(2);
      CaptureOptions options =
          CaptureLab.options()
              .withThreads(2)
              .withFanout(new Fanout(FanoutMode.LB, false, false, group, null));
      try (Capture one = lab.open(options);
          Capture other = lab.open(options)) {
        one.start(_ -> counting(times, ofThread, 0), CaptureLab.DEAF);
        other.start(_ -> counting(times, ofThread, 1), CaptureLab.DEAF);
        sender.number(0, frames);
        one.stop();
        other.stop();
        one.await();
        other.await();
      }
      int each = group == Fanout.UNIQUE ? 2 : 1;
      for (int i = 0; i < frames; i++) {
        assertThat(times.get(i)).isEqualTo(each);
      }
      assertThat(ofThread.get(0)).isEqualTo(frames * each / 2);
    }
  }

  @Test
  void nothingUnfilteredSlipsThroughWhileOpening() throws Exception {
    // Frames of an even sequence number.
    BpfProgram even =
        new BpfAssembler()
            .ldByte(FrameSender.SEQUENCE_OFFSET + 7)
            .jset(1, "drop", BpfAssembler.NEXT)
            .ret(BpfAssembler.KEEP_ALL)
            .bind("drop")
            .ret(0)
            .assemble();
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicLong odd = new AtomicLong();
    AtomicLong seen = new AtomicLong();
    Thread flood =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (long first = 0; !isOver.get(); first += 100) {
                  sender.number(first, 100, 60, 64);
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    try {
      for (int i = 0; i < 20; i++) {
        long before = seen.get();
        CaptureOptions options =
            CaptureLab.options()
                .withThreads(1 + i % 3)
                .withFilter(even)
                .withRetire(Duration.ofMillis(1));
        try (Capture capture = lab.open(options)) {
          capture.start(
              _ ->
                  packet -> {
                    if (CaptureLab.sequence(packet) % 2 != 0) {
                      odd.incrementAndGet();
                    }
                    seen.incrementAndGet();
                  },
              CaptureLab.DEAF);
          await().atMost(CaptureLab.PATIENCE).until(() -> seen.get() > before + 10);
        }
      }
    } finally {
      isOver.set(true);
      flood.join();
    }
    assertThat(odd).hasValue(0);
  }
}
