package io.ringtap.fleet.delivery;

import io.ringtap.monitor.store.FileTrouble;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Takes results from the queue to the broker, by way of the spool where that must be. Its order is
/// that of the numbers: what is on its way, then what is unread in the spool, then what was taken
/// from the queue, then the queue. One thread uses it.
final class Courier {
  private static final System.Logger LOG = System.getLogger("io.ringtap.fleet.delivery");

  /// Results that make a block of the spool.
  private static final int BLOCK = 1_000;

  /// How many blocks are taken from the queue in a pass.
  private static final int BLOCKS = 20;

  /// For how long the broker may acknowledge nothing before the spool takes what there is.
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long SPOOL_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SYNC_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Acknowledgements wake nobody: it looks for them at this pace.
  private static final long BUSY_MILLIS = 50;

  private static final long STALLED_MILLIS = 500;

  private final Broker broker;
  private final HandoverQueue queue;
  private final Spool spool;
  private final Sending sending;
  private final Accounts accounts;
  private final Run run;
  private final Trouble brokerTrouble = new Trouble();
  private final Trouble spoolTrouble = new Trouble();

  private List<Outgoing> taken = new ArrayList<>(); // from the queue, in no other place yet
  private long spoolPauseEndNanos;
  private long syncNanos;
  private boolean hasMore;
  private boolean isUnsynced;
  private List<Class<?>> told = List.of(); // the broker's trouble that was explained
  private boolean isRefusalTold;

  Courier(
      Broker broker,
      HandoverQueue queue,
      Spool spool,
      Sending sending,
      Accounts accounts,
      Run run,
      long nowNanos) {
    this.broker = broker;
    this.queue = queue;
    this.spool = spool;
    this.sending = sending;
    this.accounts = accounts;
    this.run = run;
    spoolPauseEndNanos = nowNanos;
    syncNanos = nowNanos;
  }

  /// Why no broker takes results, in words; null if one does. Any thread.
  @Nullable String brokerTrouble() {
    return brokerTrouble.text();
  }

  /// Why the spool takes no results, in words; null if it does. Any thread.
  @Nullable String spoolTrouble() {
    return spoolTrouble.text();
  }

  /// Moves all on that can be.
  ///
  /// @param isLast whether only what is on its way is to arrive, and the rest to be kept
  void pass(long nowNanos, boolean isLast) {
    sending.settle(nowNanos, record -> settle(record, nowNanos));
    boolean isStalled = sending.stalledNanos(nowNanos) >= PATIENCE_NANOS;
    if (isStalled) {
      boolean _ = keepWhatIsSent(nowNanos);
    }
    hasMore = true;
    for (int i = 0; i < BLOCKS && hasMore; i++) { // for more may come as fast as this goes
      hasMore = takeFromQueue() && place(isStalled, nowNanos);
      taken = hasMore ? new ArrayList<>() : taken;
    }
    if (!isLast) {
      readSpool(nowNanos);
    }
    sending.send(nowNanos);
    sync(nowNanos);
    tellOfBroker(isStalled);
  }

  /// How long it may wait for more from the queue before the next pass, in milliseconds; 0 for
  /// ever.
  long restMillis() {
    if (hasMore) {
      return 1;
    }
    if (isUnsynced || !taken.isEmpty() || !sending.isEmpty() || spool.hasUnread()) {
      return brokerTrouble.text() == null ? BUSY_MILLIS : STALLED_MILLIS;
    }
    return 0;
  }

  private void tellOfBroker(boolean isStalled) {
    if (!isStalled) {
      brokerTrouble.end("the broker takes results again");
      told = List.of();
      return;
    }
    Exception trouble = sending.trouble();
    List<Class<?>> kind = kind(trouble);
    if (brokerTrouble.text() == null || !kind.equals(told)) {
      brokerTrouble.begin(broker.explain(trouble, sending.topic()), "results wait");
      told = kind;
    }
  }

  private static List<Class<?>> kind(@Nullable Throwable trouble) {
    List<Class<?>> kinds = new ArrayList<>();
    for (Throwable each = trouble; each != null; each = each.getCause()) {
      kinds.add(each.getClass());
    }
    return kinds;
  }

  private void settle(Outgoing record, long nowNanos) {
    boolean isRefused = record.state == Outgoing.State.REFUSED;
    SpoolSegment segment = record.segment;
    if (segment == null) {
      accounts.settleInMemory(record.results(), isRefused);
    } else {
      accounts.settleInSpool(record.results(), isRefused);
    }
    if (isRefused && !record.isGap) {
      tellOfRefusal(record);
      Outgoing gap = (segment == null ? run : segment.run()).gap(record.first, record.last);
      gap.segment = segment; // which is not done before
      sending.add(gap, nowNanos);
    } else if (segment != null) {
      try {
        spool.settle(segment);
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  private void tellOfRefusal(Outgoing record) {
    if (!isRefusalTold) {
      isRefusalTold = true;
      LOG.log(
          Level.WARNING,
          "delivery: the broker refuses a record of %d bytes for %s; it is dropped, as others will be"
              .formatted(record.bytes(), record.topic));
    }
  }

  private void fail(IOException e) {
    spoolTrouble.begin(
        "the spool: " + FileTrouble.text(e), "results wait in memory, and the oldest are dropped");
  }

  /// Takes some results from the queue, unless there are such.
  ///
  /// @return whether there are
  private boolean takeFromQueue() {
    if (taken.isEmpty()) {
      for (Handed handed : queue.take(BLOCK)) {
        handed.encode(run, taken::add);
        queue.giveBack(handed);
      }
    }
    return !taken.isEmpty();
  }

  /// Puts what was taken where it belongs.
  ///
  /// @return false if there is no room now
  private boolean place(boolean isStalled, long nowNanos) {
    if (isStalled || spool.hasUnread() || (!sending.hasRoom() && queue.isHalfFull())) {
      return keepWhatIsSent(nowNanos) && append(taken, false, nowNanos);
    }
    if (!sending.hasRoom()) {
      return false;
    }
    for (Outgoing record : taken) {
      sending.add(record, nowNanos);
    }
    return true;
  }

  /// Puts what is on its way into the spool too, for it may not arrive before the process ends.
  private boolean keepWhatIsSent(long nowNanos) {
    if (spool.hasUnread()) {
      return true; // has been done, before that was put there
    }
    List<Outgoing> block = new ArrayList<>();
    for (Outgoing record : sending.all()) {
      if (record.segment == null) {
        block.add(record);
      }
      if (block.size() == BLOCK) {
        if (!append(block, true, nowNanos)) {
          return false;
        }
        block = new ArrayList<>();
      }
    }
    return block.isEmpty() || append(block, true, nowNanos);
  }

  private boolean append(List<Outgoing> block, boolean isInMemory, long nowNanos) {
    if (nowNanos - spoolPauseEndNanos < 0) {
      return false;
    }
    try {
      spool.append(block, isInMemory);
      spoolTrouble.end("the spool takes results again");
      isUnsynced = true;
      return true;
    } catch (IOException e) {
      fail(e);
      spoolPauseEndNanos = nowNanos + SPOOL_PAUSE_NANOS;
      return false;
    }
  }

  private void readSpool(long nowNanos) {
    try {
      while (sending.hasRoom() && spool.hasUnread()) {
        spool.read().forEach(record -> sending.add(record, nowNanos));
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void sync(long nowNanos) {
    if (isUnsynced && nowNanos - syncNanos >= SYNC_NANOS) {
      try {
        spool.sync();
      } catch (IOException e) {
        fail(e);
      }
      isUnsynced = false;
      syncNanos = nowNanos;
    }
  }

  /// Whether nothing is left that could arrive soon.
  boolean isFinished(long nowNanos) {
    return sending.stalledNanos(nowNanos) >= PATIENCE_NANOS
        || (sending.isEmpty() && !takeFromQueue());
  }

  /// Ends the producer and puts what is left into the spool, as far as it takes it.
  ///
  /// @param patience for how long the producer may go on with what it has
  void finish(Duration patience, long nowNanos) {
    boolean isStalled = sending.stalledNanos(nowNanos) >= PATIENCE_NANOS;
    sending.close(isStalled ? Duration.ZERO : patience, record -> settle(record, nowNanos));
    spoolPauseEndNanos = nowNanos;
    while (takeFromQueue() && place(true, nowNanos)) {
      taken = new ArrayList<>();
    }
    boolean _ = keepWhatIsSent(nowNanos);
    sync(syncNanos + SYNC_NANOS);
  }
}
