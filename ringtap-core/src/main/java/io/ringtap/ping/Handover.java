package io.ringtap.ping;

import io.ringtap.linux.EventFd;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What the sending thread tells the receiving one: which probes have gone out, and which requests
/// have sent their last. It wakes the receiver only when that would sleep too long.
final class Handover {
  private static final long AWAKE = Long.MIN_VALUE;

  private final IntRing
      news; // a probe's index, or the complement of a request's that has sent its last
  private final Queue<Ping> withdrawn =
      new ConcurrentLinkedQueue<>(); // the object: its index may pass on
  private final EventFd wake;
  private volatile long sleepsUntil = AWAKE;
  private volatile boolean closing;

  /// @param probes the most that can be on their way over
  /// @param requests likewise
  Handover(int probes, int requests, EventFd wake) {
    news = new IntRing(probes + requests);
    this.wake = wake;
  }

  /// Sender: a probe was sent or refused.
  void probe(int probe) {
    news.add(probe);
  }

  /// Sender: a request has handed over its last probe.
  void seal(int index) {
    news.add(~index);
  }

  /// Sender: news that the receiver has not taken yet.
  int backlog() {
    return news.size();
  }

  /// Sender: a request was withdrawn.
  void withdraw(Ping ping) {
    withdrawn.add(ping);
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

  /// Any thread: tells the receiver to end.
  void close() {
    closing = true;
    wake.signal();
  }

  boolean isClosing() {
    return closing;
  }

  /// Receiver: takes all news.
  void take(ProbeJudge judge) {
    while (!news.isEmpty()) {
      int item = news.take();
      if (item >= 0) {
        judge.adopt(item);
      } else {
        judge.seal(~item);
      }
    }
    for (Ping ping = withdrawn.poll(); ping != null; ping = withdrawn.poll()) {
      judge.withdrawn(ping);
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

  void awake() {
    sleepsUntil = AWAKE;
    wake.drain();
  }

  int number() {
    return wake.number();
  }
}
