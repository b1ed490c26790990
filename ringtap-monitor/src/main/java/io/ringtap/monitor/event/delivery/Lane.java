package io.ringtap.monitor.event.delivery;

import io.ringtap.monitor.event.Event;
import io.ringtap.monitor.event.delivery.EventQueue.Entry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A queue and the virtual thread that empties it, in order: what comes later waits until what came
/// before is delivered, refused or given up. A destination that fails is tried again after a time
/// that doubles.
final class Lane {
  private static final System.Logger LOG = System.getLogger("io.ringtap.monitor.event");

  private static final Duration ENDING = Duration.ofSeconds(1);

  private final String name;
  private final EventQueue queue;
  private final int most;
  private final Sender sender;
  private final Patience patience;
  private final Thread thread;

  // Written by the thread only.
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong givenUp = new AtomicLong();
  private volatile @Nullable String failing;
  private volatile List<Entry> inHand = List.of();

  /// @param name for the log
  /// @param most events that are sent together
  Lane(String name, EventQueue queue, int most, Sender sender, Patience patience) {
    this.name = name;
    this.queue = queue;
    this.most = most;
    this.sender = sender;
    this.patience = patience;
    this.thread = Thread.ofVirtual().name("delivery to " + name).start(this::run);
  }

  /// @param queuedNanos since when it waits, by [System#nanoTime]
  void add(Event event, long queuedNanos) {
    queue.add(event, queuedNanos);
  }

  private void run() {
    try {
      while (true) {
        deliver(queue.take(most));
      }
    } catch (InterruptedException _) {
      // closed
    }
  }

  private void deliver(List<Entry> taken) throws InterruptedException {
    Duration pause = patience.first();
    List<Entry> entries = taken;
    while (true) {
      List<Entry> young = entries.stream().filter(this::isYoung).toList();
      giveUp(entries.size() - young.size());
      entries = young;
      inHand = entries;
      if (entries.isEmpty()) {
        return;
      }
      switch (send(entries)) {
        case Receipt.Delivered() -> {
          if (failing != null) {
            LOG.log(Level.INFO, name + ": delivers again, " + queue.size() + " events wait");
          }
          failing = null;
          inHand = List.of();
          delivered.addAndGet(entries.size());
          return;
        }
        case Receipt.Refused(String why) -> {
          String lost = "; " + entries.size() + " events not delivered";
          LOG.log(Level.WARNING, name + ": " + why + lost);
          failing = why;
          inHand = List.of();
          refused.addAndGet(entries.size());
          return;
        }
        case Receipt.Failed(String why) -> {
          if (failing == null) { // not a line for each attempt
            LOG.log(Level.WARNING, name + ": " + why + "; will be tried again");
          }
          failing = why;
          Thread.sleep(pause);
          Duration doubled = pause.multipliedBy(2);
          pause = doubled.compareTo(patience.longest()) < 0 ? doubled : patience.longest();
        }
      }
    }
  }

  private Receipt send(List<Entry> entries) throws InterruptedException {
    try {
      return sender.send(entries.stream().map(Entry::event).toList());
    } catch (RuntimeException e) {
      return new Receipt.Refused(OneLine.of(e.toString()));
    }
  }

  private boolean isYoung(Entry entry) {
    return System.nanoTime() - entry.queuedNanos() < patience.giveUp().toNanos();
  }

  private void giveUp(int events) {
    if (events > 0) {
      givenUp.addAndGet(events);
      String why = failing == null ? "waited too long" : failing;
      LOG.log(Level.WARNING, name + ": " + why + "; " + events + " events given up");
    }
  }

  DeliveryStatus status(String kind) {
    // First what only grows from what was queued, so that nothing pending is less than none.
    long done = delivered.get();
    long no = refused.get();
    long old = givenUp.get();
    EventQueue.Counts counts = queue.counts();
    return new DeliveryStatus(
        kind,
        name,
        counts.queued(),
        done,
        no,
        counts.dropped() + old,
        counts.replaced(),
        counts.queued() - done - no - old - counts.dropped() - counts.replaced(),
        failing);
  }

  /// Whether nothing is left to deliver, or it cannot be delivered now.
  boolean needsNoTime() {
    return failing != null || status("").pending() == 0;
  }

  /// Ends the thread.
  ///
  /// @return what it has not delivered, the oldest first. What was being sent at this moment is
  ///   among it, so it may come twice
  List<Event> close() {
    thread.interrupt();
    try {
      boolean _ = thread.join(ENDING);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Stream.concat(inHand.stream(), queue.drain().stream()).map(Entry::event).toList();
  }
}
