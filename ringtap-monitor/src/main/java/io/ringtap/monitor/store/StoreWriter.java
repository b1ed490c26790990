package io.ringtap.monitor.store;

import io.ringtap.monitor.config.StoreConfig;
import io.ringtap.monitor.store.Handover.Batch;
import io.ringtap.monitor.store.series.BlockWriter;
import io.ringtap.monitor.window.Window;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The store's thread: writes what is handed over, and goes on when that has failed.
final class StoreWriter {
  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor.store");

  /// Windows that may wait for the disk, some 60 MB; beyond that they are lost.
  private static final int MOST_WAITING = 200_000;

  private static final int MOST_EVENTS_WAITING = 100_000;

  private final StoreConfig config;
  private final StoreKind kind;
  private final InstantSource clock;
  private final Inventory inventory;
  private final ProbePool pool;
  private final BlockingQueue<Handover> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger(); // windows in the queue
  private final Queue<StoredEvent> events = new ConcurrentLinkedQueue<>();
  private final LongAdder windowsWritten = new LongAdder();
  private final LongAdder windowsLost = new LongAdder();
  private final LongAdder probesWritten = new LongAdder();
  private final LongAdder probesLost = new LongAdder();
  private final BlockWriter block = new BlockWriter();
  private final BatchEncoder encoder = new BatchEncoder();
  private final Limits limits;
  private final Thread thread =
      Thread.ofPlatform().name("ringtap-store").daemon().unstarted(this::run);
  private final long storeId;
  private volatile StoreParts parts; // empty ones while the folder is gone
  private boolean isGone; // the thread's
  private volatile @Nullable String trouble;
  private volatile boolean isClosing;

  StoreWriter(
      StoreConfig config,
      StoreKind kind,
      InstantSource clock,
      StoreParts parts,
      Inventory inventory,
      ProbePool pool) {
    this.config = config;
    this.kind = kind;
    this.clock = clock;
    this.limits = new Limits(config, clock);
    this.parts = parts;
    this.storeId = parts.ledger().storeId();
    this.inventory = inventory;
    this.pool = pool;
  }

  void start() {
    thread.start();
  }

  /// What is open now.
  StoreParts parts() {
    return parts;
  }

  StoreStatus status() {
    StoreParts now = parts;
    return new StoreStatus(
        now.series().bytes() + now.ledger().bytes(),
        windowsWritten.sum(),
        windowsLost.sum(),
        probesWritten.sum(),
        probesLost.sum(),
        now.series().damaged(),
        trouble);
  }

  /// Takes over a batch, unless too much waits already.
  void put(Batch batch) {
    if (!waiting.compareAndSet(0, batch.count) && waiting.addAndGet(batch.count) > MOST_WAITING) {
      waiting.addAndGet(-batch.count);
      lose(batch);
      trouble = "the disk is too slow";
      return;
    }
    queue.add(batch);
  }

  private void lose(Batch batch) {
    windowsLost.add(batch.count);
    probesLost.add(batch.probeCount());
    pool.giveBack(batch.probes);
  }

  /// Takes over what is answered when it is done.
  void put(Handover handover) {
    queue.add(handover);
  }

  /// Counts probes for which there was no room.
  void lostProbe() {
    probesLost.increment();
  }

  /// Takes over an event. For any thread.
  void put(StoredEvent event) {
    if (events.size() < MOST_EVENTS_WAITING) {
      events.add(event);
      queue.add(new Handover.Wake());
    }
  }

  /// Waits for the answer to what was put.
  ///
  /// @return what it says; false if the thread has ended without one
  boolean await(CompletableFuture<Boolean> done) throws InterruptedException {
    while (thread.isAlive()) {
      try {
        return done.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException _) {
        // it may have ended meanwhile
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    return done.getNow(false);
  }

  /// Waits until all that was put before is written, or has failed to be.
  void flush() {
    CountDownLatch done = new CountDownLatch(1);
    queue.add(new Handover.Mark(done));
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        if (done.await(1, TimeUnit.SECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Writes all that was put, and closes.
  void close() {
    flush();
    isClosing = true;
    queue.add(new Handover.Wake());
    boolean wasInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }
    parts.close();
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosing) {
      try {
        switch (queue.take()) {
          case Batch batch -> {
            write(batch);
            waiting.addAndGet(-batch.count);
          }
          case Handover.Reported reported -> answer(reported.done(), () -> write(reported));
          case Handover.Marks(Map<String, byte[]> changed, CompletableFuture<Boolean> done) ->
              answer(done, () -> attempt(this::saveLedger) && attempt(() -> saveMarks(changed)));
          case Handover.Wake _ -> attempt(this::saveLedger);
          case Handover.Mark(CountDownLatch done) -> {
            attempt(this::saveLedger);
            done.countDown();
          }
        }
      } catch (InterruptedException e) {
        return; // nobody interrupts it but the end of the process
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "history: a fault of ours, please report it", e);
      }
    }
  }

  /// Says whether something has worked, also where it ends by a fault of ours.
  private static void answer(CompletableFuture<Boolean> done, BooleanSupplier work) {
    try {
      done.complete(work.getAsBoolean());
    } finally {
      done.complete(false);
    }
  }

  private interface Step {
    void take() throws IOException;
  }

  /// Tries something. What keeps it from working is told once, until it works again.
  private boolean attempt(Step step) {
    try {
      step.take();
      return true;
    } catch (IOException e) {
      fail(FileTrouble.text(e));
      return false;
    }
  }

  private void fail(String now) {
    if (!now.equals(trouble)) {
      trouble = now;
      String meanwhile = kind == StoreKind.FLEET ? "waits with it" : "what is lost is counted";
      LOG.log(Level.WARNING, "history: cannot write, " + meanwhile + ": " + now);
    }
  }

  private void write(Batch batch) {
    long probes = batch.probeCount();
    boolean isReady = attempt(this::saveLedger);
    boolean isWritten = isReady && attempt(() -> writeWindows(batch));
    (isWritten ? windowsWritten : windowsLost).add(batch.count);
    boolean areProbesWritten = isWritten && attempt(() -> writeProbes(batch));
    if (keepsProbes()) {
      (areProbesWritten ? probesWritten : probesLost).add(probes);
    }
    pool.giveBack(batch.probes);
    boolean isWell = areProbesWritten && attempt(() -> parts.series().sumUp(block));
    long end = batch.startSeconds + Window.BASE_SECONDS;
    isWell &= attempt(() -> limits.keep(parts, end));
    if (kind == StoreKind.MONITOR && isWell) {
      endTrouble();
    }
  }

  private void endTrouble() {
    if (trouble != null) {
      trouble = null;
      LOG.log(
          Level.INFO,
          "history: writes again; lost %d windows and %d probes so far"
              .formatted(windowsLost.sum(), probesLost.sum()));
    }
  }

  /// Writes what others have counted. What does not work is told and tried again by who has it.
  private boolean write(Handover.Reported reported) {
    boolean isWritten = attempt(this::saveLedger) && attempt(() -> writeWindows(reported));
    if (isWritten) {
      windowsWritten.add(reported.windows().size());
      boolean isWell = attempt(() -> parts.series().sumUp(block));
      // What comes late ends at any time, so this goes by the clock.
      isWell &= attempt(() -> limits.keep(parts, clock.instant().getEpochSecond()));
      if (isWell) {
        endTrouble();
      }
    }
    return isWritten;
  }

  private void writeWindows(Handover.Reported reported) throws IOException {
    BatchEncoder.windows(reported, block);
    if (reported.isLate()) {
      parts.series().appendLateWindows(block);
    } else {
      parts.series().appendWindows(block);
    }
    long end = reported.startSeconds() + Window.BASE_SECONDS;
    reported.windows().keySet().forEach(id -> inventory.seen(id, end));
  }

  private void saveMarks(Map<String, byte[]> changed) throws IOException {
    StoreParts now = parts;
    now.series().sync();
    Map<String, byte[]> all = new HashMap<>(changed);
    all.put(Reports.OWN, Reports.ownMark(now.series().marks(), now.ledger().lastNumber()));
    now.ledger().saveMarks(all);
  }

  private boolean keepsProbes() {
    return config.raw().isPositive();
  }

  private void writeWindows(Batch batch) throws IOException {
    if (batch.count > 0) {
      BatchEncoder.windows(batch, block);
      parts.series().appendWindows(block);
      long end = batch.startSeconds + Window.BASE_SECONDS;
      for (int i = 0; i < batch.count; i++) {
        inventory.seen(batch.ids[i], end);
      }
    }
  }

  private void writeProbes(Batch batch) throws IOException {
    if (!batch.probes.isEmpty() && keepsProbes()) {
      encoder.probes(batch, block);
      parts.series().appendProbes(block);
    }
  }

  /// Makes another store of the same targets if the folder has been removed, or another one has
  /// come in its place. Until that works there is no history to be read.
  private void beginAnewIfGone() throws IOException {
    if (!isGone) {
      StoreParts gone = parts;
      if (gone.isThere()) {
        return;
      }
      isGone = true;
      parts = StoreParts.empty();
      gone.close(); // before another is made: deleted files take up the disk until they are closed
      inventory.unsaveAll();
    }
    parts = StoreParts.open(config, kind, storeId);
    isGone = false;
    LOG.log(Level.WARNING, "history: the folder was gone; begins anew in " + config.folder());
  }

  private void saveLedger() throws IOException {
    beginAnewIfGone(); // a database that is deleted would still take it
    List<StoredTarget> targets = inventory.takeUnsaved();
    if (!targets.isEmpty()) {
      try {
        parts.ledger().saveTargets(targets);
      } catch (IOException e) {
        inventory.putBack(targets);
        throw e;
      }
    }
    List<StoredEvent> more = new ArrayList<>(events);
    if (!more.isEmpty()) {
      parts.ledger().addEvents(more);
      more.forEach(_ -> events.remove());
    }
  }
}
