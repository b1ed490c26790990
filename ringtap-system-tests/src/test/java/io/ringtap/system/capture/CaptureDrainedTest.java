package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.system.FrameSender;
import io.ringtap.testing.Requirement;
import io.ringtap.testnet.VethPair;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a thread tells of how far it is holds for all its interfaces.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureDrainedTest {
  private static final int FRAMES = 20_000; // of each sender
  private static final int BURST = 100;

  /// Compares each stamp with what was told before.
  private static final class Promises implements PacketHandler {
    private long packets;
    private long last;
    private long told;
    private long times;
    private long broken;
    private long worstNanos;
    private long afterTheEnd;

    @Override
    public synchronized void onPacket(Frame packet) {
      packets++;
      if (told == Long.MAX_VALUE) {
        afterTheEnd++;
      } else if (packet.epochNanos() < told) {
        broken++;
        worstNanos = Math.max(worstNanos, told - packet.epochNanos());
      }
      last = Math.max(last, packet.epochNanos());
    }

    @Override
    public synchronized void onDrained(long completeUntil) {
      times++;
      told = Math.max(told, completeUntil);
    }

    /// Whether it was told, before the end, that all that was shown is complete.
    synchronized boolean isComplete() {
      return told > last;
    }

    synchronized long told() {
      return told;
    }
  }

  @ParameterizedTest
  @EnumSource(value = CaptureMode.class, mode = EnumSource.Mode.EXCLUDE, names = "XDP")
  void noPacketFollowsThatIsOlderThanWasTold(CaptureMode mode) throws Exception {
    Requirement.root();
    List<Promises> threads = List.of(new Promises(), new Promises());
    CaptureOptions options =
        CaptureOptions.on("near0", "near1")
            .withMode(mode)
            .withThreads(2)
            .withFanout(Fanout.by(FanoutMode.HASH))
            .withBuffer(128 << 20)
            .withRetire(Duration.ofMillis(5));
    try (CaptureLab lab = CaptureLab.create()) {
      VethPair second = lab.cable("far1", "near1");
      try (Capture capture = lab.open(options);
          FrameSender a = FrameSender.on(lab.far());
          FrameSender b = FrameSender.on(lab.far());
          FrameSender c = FrameSender.on(second.a());
          FrameSender d = FrameSender.on(second.a())) {
        capture.start(threads::get, CaptureLab.DEAF);
        List<Thread> sending = new ArrayList<>();
        for (FrameSender sender : List.of(a, b, c, d)) {
          int pauseMillis = sending.size(); // the first two of an interface with one that pauses
          sending.add(Thread.ofPlatform().start(() -> burst(sender, pauseMillis)));
        }
        for (Thread thread : sending) {
          thread.join();
        }
        await()
            .atMost(CaptureLab.PATIENCE)
            .until(() -> threads.stream().allMatch(Promises::isComplete));
        assertThat(threads).noneMatch(thread -> thread.told() == Long.MAX_VALUE);
        capture.stop();
        capture.await();
        assertThat(capture.counters().droppedByKernel()).isZero();
      }
    }
    assertThat(threads.stream().mapToLong(thread -> thread.packets).sum()).isEqualTo(4L * FRAMES);
    for (Promises thread : threads) {
      assertThat(thread.broken).as("packets late by up to %d ns", thread.worstNanos).isZero();
      assertThat(thread.afterTheEnd).isZero();
      assertThat(thread.packets).isPositive();
      assertThat(thread.times).isGreaterThan(3);
      assertThat(thread.told).isEqualTo(Long.MAX_VALUE);
    }
  }

  /// Sends bursts, so that threads come to wait now and then.
  private static void burst(FrameSender sender, int pauseMillis) {
    try {
      for (int first = 0; first < FRAMES; first += BURST) {
        sender.number(first, BURST, 60, 64);
        Thread.sleep(pauseMillis); // the silence in which the threads fall asleep
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
