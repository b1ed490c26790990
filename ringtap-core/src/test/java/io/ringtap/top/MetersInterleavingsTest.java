package io.ringtap.top;

import io.ringtap.packet.Frame;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.MemoryFrame;
import java.util.List;
import java.util.Random;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Runs a capture thread that counts and the thread that ends intervals in many orders of their
/// steps.
@Tag("interleavings")
class MetersInterleavingsTest {
  private static final int ORDERS = 100;
  private static final int PACKETS = 2;
  private static final int TURNS = 1;
  private static final int BYTES = 100;
  private static final KeyHash HASH = new KeyHash(KeyKind.SOURCE.words(), new Random(1));
  private static final Frame PACKET =
      new MemoryFrame(
          LinkType.ETHERNET, TestFrames.udp4("0a000001", "0a000002", 1, 2), 0, 42, BYTES, 0, 0);

  @Test
  void losesAndDoublesNothing() {
    Lincheck.runConcurrentTest(ORDERS, MetersInterleavingsTest::run);
  }

  private static void run() {
    Meters meters = new Meters(KeyKind.SOURCE, Order.PACKETS, 4, 1, HASH);
    meters.begin();
    Thread capture = new CaptureThread(meters);
    capture.start();
    Totals totals = new Totals();
    try {
      for (int i = 0; i < TURNS; i++) {
        meters.turn(totals::add);
      }
      capture.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    meters.rest(totals::add);
    if (totals.packets != PACKETS || totals.bytes != PACKETS * BYTES || totals.keys != PACKETS) {
      throw new AssertionError("counted " + totals.packets + ", in keys " + totals.keys);
    }
  }

  /// Knows the meters by a field, because the checker cannot see what a lambda captures, and takes
  /// for one thread's own what it cannot see shared.
  private static final class CaptureThread extends Thread {
    private final Meters meters;

    CaptureThread(Meters meters) {
      this.meters = meters;
    }

    @Override
    public void run() {
      for (int i = 0; i < PACKETS; i++) {
        meters.of(0).onPacket(PACKET);
      }
      meters.onThreadsEnded();
    }
  }

  private static final class Totals {
    private long packets;
    private long bytes;
    private long keys;

    void add(List<IntervalCount> counts) {
      for (IntervalCount count : counts) {
        packets += count.packets;
        bytes += count.bytes;
        keys += count.keys.total();
      }
    }
  }
}
