package io.ringtap.lab.experiment;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.Pinger;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The library's pinger in a JVM that hardly gets to run: a thread asks for one full garbage
/// collection after the other, of a heap with enough in it that each stops all threads for
/// milliseconds.
///
/// Arguments: target, count and interval in milliseconds.
public final class CollectedPinger {
  private static final int BALLAST_OBJECTS = 500_000;
  private static final int BALLAST_BYTES = 32; // of each, besides its header
  private static final long BETWEEN_MILLIS = 10;

  private CollectedPinger() {}

  /// Pings, tells each reply's time as other pingers do, and ends with 1 if something was lost.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String target = arguments[0];
    int count = Integer.parseInt(arguments[1]);
    Duration interval = Duration.ofMillis(Long.parseLong(arguments[2]));
    List<byte[]> ballast = new ArrayList<>();
    for (int i = 0; i < BALLAST_OBJECTS; i++) {
      ballast.add(new byte[BALLAST_BYTES]);
    }
    CountDownLatch hasCollected = new CountDownLatch(1);
    Thread _ =
        Thread.ofPlatform().daemon().name("collector").start(() -> collect(ballast, hasCollected));
    hasCollected.await();
    long[] rttNanos = new long[count + 1];
    PingListener listener =
        new PingListener() {
          @Override
          public void onOutcome(PingRequest request, PingOutcome outcome) {
            if (outcome instanceof PingOutcome.Reply reply) {
              rttNanos[reply.sequence()] = reply.rttNanos();
            }
          }
        };
    PingOptions options = PingOptions.defaults().withCount(count).withInterval(interval);
    long received;
    try (Pinger pinger = Pinger.open()) {
      received =
          pinger
              .start(PingRequest.to(IpAddress.parse(target)).with(options), listener)
              .summary()
              .join()
              .received();
    }
    for (int sequence = 1; sequence <= count; sequence++) {
      if (rttNanos[sequence] > 0) {
        IO.println("seq=%d time=%.6f ms".formatted(sequence, rttNanos[sequence] / 1e6));
      }
    }
    tellCollections();
    System.exit(received == count ? 0 : 1);
  }

  private static void collect(List<byte[]> ballast, CountDownLatch hasCollected) {
    while (!ballast.isEmpty()) {
      System.gc();
      hasCollected.countDown();
      try {
        Thread.sleep(BETWEEN_MILLIS);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private static void tellCollections() {
    long collections = 0;
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections += collector.getCollectionCount();
      millis += collector.getCollectionTime();
    }
    IO.println("%d collections, %d ms".formatted(collections, millis));
  }
}
