package io.ringtap.fleet.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// From the thread that has results to the one that delivers them. It never holds up the first:
/// when it is full, the oldest are dropped, and a gap takes their place.
final class HandoverQueue {
  private static final int MOST_FREE = 64;

  private final int most; // results
  private final Accounts accounts;
  private final Deque<Handed> waiting = new ArrayDeque<>();
  private final Deque<ProbeBatch> free = new ArrayDeque<>();
  private int results;
  private long gapFirst; // 0 if there is none
  private long gapLast;
  private boolean isNew;

  /// @param most how many results it has room for
  HandoverQueue(int most, Accounts accounts) {
    this.most = most;
    this.accounts = accounts;
  }

  /// Hands over. Numbers rise from one call to the next.
  synchronized void add(Handed handed) {
    accounts.handOver(handed.results());
    waiting.add(handed);
    results += handed.results();
    while (results > most) {
      drop(waiting.remove());
    }
    if (!isNew) {
      isNew = true;
      notifyAll();
    }
  }

  private void drop(Handed oldest) {
    gapFirst = gapFirst == 0 ? oldest.first() : gapFirst;
    gapLast = oldest.last();
    results -= oldest.results();
    accounts.dropFromMemory(oldest.results());
    giveBack(oldest);
  }

  /// Takes out the oldest.
  ///
  /// @param atLeast how many results, if there are as many
  synchronized List<Handed> take(int atLeast) {
    List<Handed> taken = new ArrayList<>();
    if (gapFirst != 0) {
      taken.add(new Handed.Gap(gapFirst, gapLast));
      gapFirst = 0;
    }
    for (int count = 0; count < atLeast && !waiting.isEmpty(); ) {
      Handed oldest = waiting.remove();
      count += oldest.results();
      results -= oldest.results();
      taken.add(oldest);
    }
    return taken;
  }

  /// Whether so much waits that it had better be put elsewhere.
  synchronized boolean isHalfFull() {
    return results > most / 2;
  }

  /// A batch for probes.
  synchronized ProbeBatch batch() {
    ProbeBatch used = free.poll();
    return used == null ? new ProbeBatch() : used;
  }

  /// Takes back what is not used any more.
  synchronized void giveBack(Handed done) {
    if (done instanceof ProbeBatch batch && free.size() < MOST_FREE) {
      free.add(batch);
    }
  }

  /// Waits until more has been handed over since this was called last, or [#wake] is called.
  ///
  /// @param millis for how long at most; 0 for ever
  synchronized void await(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!isNew) {
      long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (millis > 0 && rest <= 0) {
        return;
      }
      wait(millis == 0 ? 0 : rest);
    }
    isNew = false;
  }

  synchronized void wake() {
    isNew = true;
    notifyAll();
  }
}
