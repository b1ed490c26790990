package io.ringtap.ping.engine;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.TimeClocks;
import io.ringtap.linux.abi.Timespec;
import io.ringtap.ping.engine.EngineCounters.Counter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The receiving thread: drains what has arrived, takes the sender's news, expires what is overdue,
/// and sleeps until one of the three has more for it.
final class Receiver implements Runnable {
  private static final long DROPS_READ_NANOS = 100_000_000;

  /// From this many packets in a pass on, more are on their way, and there is room for many
  /// milliseconds of them. A nap then saves the sender from being interrupted time and again: the
  /// kernel likes to run whom it wakes where it runs itself, which is on the sender's CPU.
  private static final int BUSY_PACKETS = 64;

  private static final long BUSY_NAP_NANOS = 1_000_000;

  private final EchoSockets sockets;
  private final ProbeJudge judge;
  private final ReceiverInbox inbox;
  private final EngineCounters counters;
  private final Runnable afterwards;
  private final MemorySegment callState;
  private final MemorySegment pollFds;
  private final MemorySegment nap;
  private long dropsReadNanos;
  private long drops;

  /// @param afterwards run by the thread at its end
  Receiver(
      EchoSockets sockets,
      ProbeJudge judge,
      ReceiverInbox inbox,
      EngineCounters counters,
      Runnable afterwards) {
    this.sockets = sockets;
    this.judge = judge;
    this.inbox = inbox;
    this.counters = counters;
    this.afterwards = afterwards;
    Arena arena = Arena.ofAuto();
    callState = CallState.allocate(arena);
    pollFds = arena.allocate(PollFd.LAYOUT, EchoSockets.MAX_WATCHED + 1);
    nap = arena.allocate(Timespec.LAYOUT);
  }

  @Override
  public void run() {
    try {
      while (!inbox.isClosing()) {
        if (pass() >= BUSY_PACKETS && sockets.seesDepartures()) {
          nap();
        } else {
          sleep(judge.nextExpiryNanos());
        }
      }
    } finally {
      afterwards.run();
    }
  }

  /// Reads, judges and expires once.
  ///
  /// @return packets shown
  private int pass() {
    EngineEvents.Drained event = EngineEvents.drained();
    long complete = judge.observe();
    int packets = sockets.drain(judge);
    inbox.take(judge);
    judge.expire(sockets.completeUntil(complete, judge.shownNanos()));
    if (event != null) {
      event.packets = packets;
      event.commit();
    }
    if (packets > 0) {
      readDrops(complete);
    }
    return packets;
  }

  private void nap() {
    Timespec.nanos(nap, 0, BUSY_NAP_NANOS);
    // A signal may cut it short, which does no harm.
    int _ = Libc.clockNanosleep(callState, TimeClocks.CLOCK_MONOTONIC, 0, nap, MemorySegment.NULL);
  }

  private void readDrops(long now) {
    if (now - dropsReadNanos < DROPS_READ_NANOS) {
      return;
    }
    dropsReadNanos = now;
    long dropped = sockets.dropped();
    if (dropped > drops) {
      EngineEvents.ringDrop(dropped - drops);
      drops = dropped;
      counters.set(Counter.RING_DROPPED, dropped);
    }
  }

  private void sleep(long untilNanos) {
    if (inbox.fallAsleep(untilNanos)) {
      PollFd.set(pollFds, 0, inbox.number(), PollFd.POLLIN);
      int count = sockets.watch(pollFds, 1);
      MemorySegment timeout = MemorySegment.NULL;
      if (untilNanos != Long.MAX_VALUE) {
        Timespec.nanos(nap, 0, Math.max(0, untilNanos - System.nanoTime()));
        timeout = nap;
      }
      int _ = Libc.ppoll(callState, pollFds, count, timeout, MemorySegment.NULL);
    }
    inbox.awake();
  }
}
