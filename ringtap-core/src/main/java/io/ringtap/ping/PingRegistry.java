package io.ringtap.ping;

import java.util.concurrent.atomic.AtomicInteger;

/// The requests that are running, by index, and those lately ended: an index is used again as late
/// as [#RESTING] allows, so that replies after a request's end still find it.
final class PingRegistry {
  private static final int RESTING = 16_384;

  private final Ping[] pings;
  private final IntRing freed;
  private final AtomicInteger pending = new AtomicInteger();
  private int fresh; // indices never used so far; the sending thread's

  PingRegistry(int capacity) {
    pings = new Ping[capacity];
    freed = new IntRing(capacity);
  }

  int capacity() {
    return pings.length;
  }

  /// Requests admitted and not yet ended. Any thread.
  int pending() {
    return pending.get();
  }

  /// Admits a request if there is room for one more. Any thread.
  boolean tryAdmit() {
    if (pending.incrementAndGet() <= pings.length) {
      return true;
    }
    pending.decrementAndGet();
    return false;
  }

  /// Gives an admitted request its index. The sending thread's.
  void register(Ping ping) {
    boolean reuse = fresh == pings.length || freed.size() > RESTING;
    ping.index = reuse ? freed.take() : fresh++;
    pings[ping.index] = ping;
  }

  /// The request that has, or last had, an index that was registered. The sending and the receiving
  /// thread's; what the one registers, the other sees through the probe table.
  Ping get(int index) {
    return pings[index];
  }

  /// How many indices have been used; for the receiving thread when the sending one has ended.
  int used() {
    return fresh;
  }

  /// A registered request has ended. The receiving thread's.
  void release(Ping ping) {
    freed.add(ping.index);
    pending.decrementAndGet();
  }

  /// An admitted request has ended before it was registered.
  void dismiss() {
    pending.decrementAndGet();
  }
}
