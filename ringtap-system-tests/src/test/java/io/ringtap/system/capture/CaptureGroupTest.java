package io.ringtap.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringtap.capture.Capture;
import io.ringtap.capture.CaptureMode;
import io.ringtap.capture.CaptureOptions;
import io.ringtap.capture.Fanout;
import io.ringtap.capture.FanoutMode;
import io.ringtap.packet.PacketHandler;
import io.ringtap.system.FrameSender;
import io.ringtap.testing.Requirement;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Captures that share a fanout group lose nothing when another joins them, and show nothing twice
/// but what comes in the moment of joining.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaptureGroupTest {
  private static final int WAITING = 1000; // netdev_max_backlog
  private static final int ROUNDS = 5;

  private static PacketHandler counting(AtomicIntegerArray times, AtomicLong received) {
    return packet -> {
      int _ = times.incrementAndGet((int) CaptureLab.sequence(packet));
      long _ = received.incrementAndGet();
    };
  }

  @ParameterizedTest
  @EnumSource(value = CaptureMode.class, mode = EnumSource.Mode.EXCLUDE, names = "XDP")
  void aCaptureThatJoinsTakesNoFrameFromAnyCapture(CaptureMode mode) throws Exception {
    Requirement.root();
    for (int round = 0; round < ROUNDS; round++) {
      join(mode);
    }
  }

  private static void join(CaptureMode mode) throws Exception {
    AtomicIntegerArray first = new AtomicIntegerArray(Flood.MOST);
    AtomicIntegerArray second = new AtomicIntegerArray(Flood.MOST);
    AtomicLong received = new AtomicLong();
    Fanout fanout = new Fanout(FanoutMode.LB, false, false, 4711, null);
    CaptureOptions options =
        CaptureLab.options().withMode(mode).withThreads(2).withFanout(fanout).withBuffer(128 << 20);
    long before;
    long after;
    long sent;
    try (CaptureLab lab = CaptureLab.create();
        FrameSender sender = FrameSender.on(lab.far());
        Capture one = lab.open(options)) {
      one.start(_ -> counting(first, received), CaptureLab.DEAF);
      Flood flood = new Flood(sender, 64, received::get);
      try (flood) {
        flood.awaitMore();
        before = flood.sent() - WAITING;
        try (Capture other = lab.open(options)) {
          after = flood.sent() + Flood.BATCH;
          other.start(_ -> counting(second, received), CaptureLab.DEAF);
          flood.awaitMore();
          flood.close(); // what comes while a capture ends is its share still
          sent = flood.sent();
          other.stop();
          other.await();
          one.stop();
          one.await();
          assertThat(one.counters().droppedByKernel()).isZero();
          assertThat(other.counters().droppedByKernel()).isZero();
        }
      }
    }
    long lost = 0;
    long twiceApart = 0;
    long joined = 0;
    for (int i = 0; i < sent; i++) {
      int times = first.get(i) + second.get(i);
      lost += times == 0 ? 1 : 0;
      // One that comes between a socket's filter and its joining may be shown by two.
      twiceApart += times > 1 && (i < before || i > after) ? 1 : 0;
      joined += second.get(i) > 0 ? 1 : 0;
    }
    assertThat(lost).as("frames lost").isZero();
    assertThat(twiceApart).as("frames shown twice, before or after the other joined").isZero();
    assertThat(joined).as("frames of the capture that joined").isPositive();
  }
}
