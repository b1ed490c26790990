package io.ringtap.lab.experiment;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingOptions;
import io.ringtap.ping.PingOutcome;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingSummary;
import io.ringtap.ping.Pinger;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// The library's pinger in a JVM that hardly gets to run: a thread asks for one full garbage
/// collection after the other, of a heap with enough in it that each stops all threads for
/// milliseconds.
///
/// Arguments: count and interval in milliseconds, then targets.
public final class CollectedPinger {
  private static final int BALLAST_OBJECTS = 200_000;
  private static final int BALLAST_BYTES = 32; // of each, besides its header
  private static final long BETWEEN_MILLIS = 20;

  private CollectedPinger() {}

  /// Pings, prints each reply's time and ends with 1 if something was lost.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int count = Integer.parseInt(arguments[0]);
    Duration interval = Duration.ofMillis(Long.parseLong(arguments[1]));
    List<byte[]> ballast = new ArrayList<>();
    for (int i = 0; i < BALLAST_OBJECTS; i++) {
      ballast.add(new byte[BALLAST_BYTES]);
    }
    CountDownLatch hasCollected = new CountDownLatch(1);
    Thread _ =
        Thread.ofPlatform().daemon().name("collector").start(() -> collect(ballast, hasCollected));
    hasCollected.await();
    PingOptions options = PingOptions.DEFAULT.withCount(count).withInterval(interval);
    boolean isWhole = true;
    try (Pinger pinger = Pinger.open()) {
      List<CompletableFuture<PingSummary>> pings = new ArrayList<>();
      List<Times> times = new ArrayList<>();
      for (String target : List.of(arguments).subList(2, arguments.length)) {
        Times own = new Times(target, count);
        times.add(own);
        pings.add(pinger.ping(PingRequest.to(IpAddress.parse(target)).with(options), own));
      }
      for (CompletableFuture<PingSummary> ping : pings) {
        isWhole &= ping.join().counts().received() == count;
      }
      times.forEach(Times::print);
    }
    tellCollections();
    System.exit(isWhole ? 0 : 1);
  }

  /// The round-trip times of one target.
  private static final class Times implements PingListener {
    private final String target;
    private final long[] rttNanos; // by sequence number, from 1

    Times(String target, int count) {
      this.target = target;
      rttNanos = new long[count + 1];
    }

    @Override
    public void onOutcome(PingRequest request, PingOutcome outcome) {
      if (outcome instanceof PingOutcome.Reply reply) {
        rttNanos[(int) reply.sequence()] = reply.rttNanos();
      }
    }

    void print() {
      for (int sequence = 1; sequence < rttNanos.length; sequence++) {
        if (rttNanos[sequence] > 0) {
          IO.println("%s seq=%d rtt_ns=%d".formatted(target, sequence, rttNanos[sequence]));
        }
      }
    }
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
