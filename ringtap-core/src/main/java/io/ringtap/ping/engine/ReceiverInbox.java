package io.ringtap.ping.engine;

import io.ringtap.linux.EventFd;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What the sending thread reports to the receiving one: which probes have gone out, which series
/// have sent their last, and which are withdrawn. It wakes the receiver only when that would sleep
/// too long.
final class ReceiverInbox {
  private static final long AWAKE = Long.MIN_VALUE;

  /// A probe's index, or the complement of the index of a series that has sent its last.
  private final IntRing news;

  /// Objects, because the index of a series may pass on to another.
  private final Queue<Work> withdrawn = new ConcurrentLinkedQueue<>();

  private final EventFd wake;
  private volatile long sleepsUntil = AWAKE;
  private volatile boolean closing;

  /// @param probes the most that can be on their way over
  /// @param series likewise
  ReceiverInbox(int probes, int series, EventFd wake) {
    news = new IntRing(probes + series);
    this.wake = wake;
  }

  /// Sender: a probe was sent or refused.
  void probe(int probe) {
    news.add(probe);
  }

  /// Sender: a series has handed over its last probe.
  void seal(int series) {
    news.add(~series);
  }

  /// Sender: news that the receiver has not taken yet.
  int backlog() {
    return news.size();
  }

  /// Sender: all probes of this that have been handed over are to end. It has been sealed.
  void withdraw(Work what) {
    withdrawn.add(what);
    wakeReceiver();
  }

  /// Sender: something happened by then that the receiver must attend to.
  void wakeReceiverBefore(long nanos) {
    // Orders the news before the look: either this thread sees the sleeper or that one sees the
    // news.
    VarHandle.fullFence();
    if (sleepsUntil > nanos) {
      wake.signal();
    }
  }

  /// Sender: the receiver has something to do now.
  void wakeReceiver() {
    wakeReceiverBefore(AWAKE);
  }

  /// Any thread: asks the receiver to end.
  void close() {
    closing = true;
    wake.signal();
  }

  boolean isClosing() {
    return closing;
  }

  /// Receiver: passes on all news.
  void take(ProbeJudge judge) {
    takeNews(judge);
    for (Work what = withdrawn.poll(); what != null; what = withdrawn.poll()) {
      takeNews(judge); // what was handed over before it was withdrawn
      judge.withdraw(what);
    }
  }

  private void takeNews(ProbeJudge judge) {
    while (!news.isEmpty()) {
      int item = news.take();
      if (item >= 0) {
        judge.adopt(item);
      } else {
        judge.seal(~item);
      }
    }
  }

  /// Receiver: it is about to sleep on [#number] until then.
  ///
  /// @return false if it must not, because there is news
  boolean fallAsleep(long nanos) {
    sleepsUntil = nanos;
    VarHandle.fullFence();
    return news.isEmpty() && withdrawn.isEmpty() && !closing;
  }

  /// Receiver: it is awake again.
  ///
  /// @param isSignalled whether [#number] was readable
  void awake(boolean isSignalled) {
    sleepsUntil = AWAKE;
    if (isSignalled) {
      wake.drain();
    }
  }

  /// Wakes the receiver.
  void signal() {
    wake.signal();
  }

  int number() {
    return wake.number();
  }
}
