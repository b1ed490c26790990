package io.ringtap.fleet.delivery;

import io.ringtap.fleet.record.EventRecord;
import io.ringtap.fleet.record.Origin;
import io.ringtap.fleet.record.WindowRecord;
import io.ringtap.monitor.collect.CollectorListener;
import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.EventListener;
import io.ringtap.monitor.store.FolderLock;
import io.ringtap.monitor.store.series.FolderVolume;
import io.ringtap.monitor.store.series.MemoryVolume;
import io.ringtap.monitor.store.series.Volume;
import io.ringtap.monitor.target.Target;
import io.ringtap.monitor.window.Window;
import io.ringtap.packet.IpAddress;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Brings results to the topics of the fleet: windows, events and, if that is asked for, single
/// probes. It numbers them in the order in which it hears of them, and that is the order in which
/// they arrive in each partition.
///
/// What no broker takes is kept in a folder, or in memory, and delivered later, also by the next
/// process. What finds no room there is dropped, the oldest first, and a
/// [GapRecord][io.ringtap.fleet.record.GapRecord] takes its place. After a crash some results may
/// be delivered a second time, with the same number.
///
/// It is a listener of the collector, whose thread it never holds up: a thread of its own does the
/// rest.
public final class Delivery implements CollectorListener, EventListener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.ringtap.fleet.delivery");

  /// The smallest size of the folder, in bytes.
  public static final long LEAST_SPOOL_BYTES = 16L << 20;

  /// What is kept without a folder, in bytes.
  private static final long MEMORY_BYTES = 64L << 20;

  /// Results that may wait for this class's own thread, some 60 MB.
  private static final int MOST_WAITING = 200_000;

  /// What may be on its way to the broker, in bytes before they are compressed.
  private static final long MOST_SENT_BYTES = 8L << 20;

  /// For how long the end of the process waits for the broker.
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private static final long PAUSE_MILLIS = 1_000; // after a fault of ours

  private final Run run;
  private final ToIntFunction<Target> generation;
  private final boolean probes;
  private final @Nullable FolderLock lock;
  private final Accounts accounts = new Accounts();
  private final HandoverQueue queue = new HandoverQueue(MOST_WAITING, accounts);
  private final Spool spool;
  private final Courier courier;
  private final Thread thread =
      Thread.ofPlatform().name("ringtap-delivery").daemon().unstarted(this::run);
  private volatile long spoolBytes;
  private volatile boolean isClosing;

  // Those of the collector's thread.
  private final Map<Integer, IpAddress> addresses = new HashMap<>(); // by the target's number
  private final Set<Integer> removed = new HashSet<>(); // targets whose last window is to come
  private @Nullable ProbeBatch batch;
  private volatile long lastSequence;

  /// Opens it and starts its thread.
  ///
  /// @throws IllegalArgumentException if the folder may not be so small
  /// @throws IOException if the folder cannot be used, or another process uses it; the message is
  ///   one line
  public static Delivery open(DeliverySetup setup) throws IOException {
    Delivery delivery = new Delivery(setup);
    delivery.thread.start();
    return delivery;
  }

  private Delivery(DeliverySetup setup) throws IOException {
    run = new Run(setup.site(), setup.agent(), setup.run(), setup.topics());
    generation = setup.generation();
    probes = setup.probes();
    Path folder = setup.spool();
    lock = folder == null ? null : lock(folder, setup.spoolBytes());
    Volume volume =
        folder == null ? new MemoryVolume() : new FolderVolume(folder, SpoolFormat.SUFFIX);
    long now = System.nanoTime();
    try {
      spool = Spool.open(volume, run, folder == null ? MEMORY_BYTES : setup.spoolBytes(), accounts);
    } catch (IOException e) {
      unlock();
      throw e;
    }
    spoolBytes = spool.bytes();
    Broker broker = new Broker.Kafka(setup.connection());
    Sending sending = new Sending(broker, MOST_SENT_BYTES, now);
    courier = new Courier(broker, queue, spool, sending, accounts, run, now);
    long recovered = accounts.sums().recovered();
    if (recovered > 0) {
      LOG.log(Level.INFO, "delivery: " + recovered + " results of earlier runs are in " + folder);
    }
  }

  private static FolderLock lock(Path folder, long bytes) throws IOException {
    if (bytes < LEAST_SPOOL_BYTES) {
      throw new IllegalArgumentException(
          "a spool of %d bytes is too small: %d MB is the least"
              .formatted(bytes, LEAST_SPOOL_BYTES >> 20));
    }
    Files.createDirectories(folder);
    return FolderLock.take(folder, "agent");
  }

  private void unlock() {
    if (lock != null) {
      lock.close();
    }
  }

  @Override
  public void onAddress(Target target, @Nullable IpAddress before, IpAddress now) {
    addresses.put(target.id(), now);
  }

  @Override
  public void onTargetAdded(Target target) {
    removed.remove(target.id());
  }

  @Override
  public void onTargetRemoved(Target target) {
    removed.add(target.id());
  }

  @Override
  public void onWindow(Target target, Window window) {
    endBatch();
    IpAddress address = addresses.get(target.id());
    queue.add(
        new Handed.Result(new WindowRecord(nextOrigin(target), target.key(), address, window)));
  }

  @Override
  public void onWindowsClosed(long startSeconds) {
    removed.forEach(addresses::remove);
    removed.clear();
  }

  @Override
  public void onEvent(Event event) {
    endBatch();
    queue.add(
        new Handed.Occurrence(
            new EventRecord(
                nextOrigin(event.target()),
                event.target().key(),
                event.kind(),
                event.isBegin(),
                event.sinceNanos(),
                event.epochNanos(),
                event.detail())));
  }

  @Override
  public void onProbe(ProbeView probe) {
    if (!probes) {
      return;
    }
    ProbeBatch running = batch;
    if (running == null) {
      running = queue.batch();
      running.begin(lastSequence + 1);
      batch = running;
    }
    long _ = nextSequence();
    running.add(probe, generation.applyAsInt(probe.target()));
    if (running.isFull()) {
      endBatch();
    }
  }

  @Override
  public void onTick(long epochNanos) {
    endBatch();
  }

  private void endBatch() {
    if (batch != null) {
      queue.add(batch);
      batch = null;
    }
  }

  private Origin nextOrigin(Target target) {
    return run.origin(nextSequence(), generation.applyAsInt(target));
  }

  private long nextSequence() {
    long next = lastSequence + 1;
    lastSequence = next;
    return next;
  }

  /// How results fare. Any thread.
  public DeliveryStatus status() {
    Accounts.Sums sums = accounts.sums();
    return new DeliveryStatus(
        lastSequence,
        sums.handedOver(),
        sums.recovered(),
        sums.delivered(),
        sums.dropped(),
        sums.inMemory(),
        sums.inSpool(),
        spoolBytes,
        courier.brokerTrouble(),
        courier.spoolTrouble());
  }

  private void run() {
    try {
      while (!isClosing) {
        boolean isWell = pass(false);
        queue.await(isWell ? courier.restMillis() : PAUSE_MILLIS);
      }
      finish();
    } catch (InterruptedException e) {
      // Nobody interrupts it but the end of the process.
    }
  }

  private boolean pass(boolean isLast) {
    try {
      courier.pass(System.nanoTime(), isLast);
      spoolBytes = spool.bytes();
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "delivery: a fault of ours, please report it", e);
      return false;
    }
  }

  private void finish() throws InterruptedException {
    long end = System.nanoTime() + CLOSING.toNanos();
    while (System.nanoTime() - end < 0 && pass(true) && !courier.isFinished(System.nanoTime())) {
      queue.await(1);
    }
    long now = System.nanoTime();
    courier.finish(Duration.ofNanos(Math.max(0, end - now)), now);
    spoolBytes = spool.bytes();
    long lost = accounts.dropRest(lock != null);
    long kept = accounts.sums().inSpool();
    if (lost > 0) {
      LOG.log(Level.WARNING, "delivery: " + lost + " results are lost, as the agent ends");
    }
    if (kept > 0) {
      LOG.log(Level.INFO, "delivery: " + kept + " results are kept for the next run");
    }
  }

  /// Ends it: what the broker takes within three seconds is delivered, the rest is kept in the
  /// folder, or lost without one. The collector is to be closed before. Closing twice is harmless.
  @Override
  public void close() {
    if (!isClosing) {
      endBatch();
    }
    isClosing = true;
    queue.wake();
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    unlock();
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
