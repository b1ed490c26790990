package io.ringtap.ping.engine;

import io.ringtap.linux.CallState;
import io.ringtap.linux.Clock;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.TimeClocks;
import io.ringtap.linux.abi.Timespec;
import io.ringtap.ping.engine.probe.EngineCounters;
import io.ringtap.ping.engine.probe.EngineCounters.Counter;
import io.ringtap.ping.engine.probe.EngineEvents;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.ping.engine.probe.ReceiverInbox;
import io.ringtap.ping.engine.socket.EchoSockets;
import io.ringtap.socket.PollSet;
import io.ringtap.timing.SuspendWatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What receives: drains what has arrived, takes the sender's news, and expires what is overdue.
/// The thread with the [ReceivingDuty] calls it.
final class Receiver {
  /// From this many packets in a pass on, more are on their way, and there is room for many
  /// milliseconds of them. A nap then saves the sender from being interrupted time and again: the
  /// kernel likes to run whom it wakes where it runs itself, which is on the sender's CPU.
  static final int BUSY_PACKETS = 64;

  private static final long DROPS_READ_NANOS = 100_000_000;
  private static final long BUSY_NAP_NANOS = 1_000_000;

  private final EchoSockets sockets;
  private final ProbeJudge judge;
  private final ReceiverInbox inbox;
  private final EngineCounters counters;
  private final MemorySegment callState;
  private final MemorySegment nap;
  private final PollSet descriptors;
  private final SuspendWatch suspend;
  private long dropsReadNanos;
  private long drops;

  Receiver(EchoSockets sockets, ProbeJudge judge, ReceiverInbox inbox, EngineCounters counters) {
    this.sockets = sockets;
    this.judge = judge;
    this.inbox = inbox;
    this.counters = counters;
    Arena arena = Arena.ofAuto();
    callState = CallState.allocate(arena);
    nap = arena.allocate(Timespec.LAYOUT);
    dropsReadNanos = System.nanoTime();
    descriptors = new PollSet(arena);
    Clock clock = new Clock(arena);
    suspend = new SuspendWatch(System::nanoTime, clock::bootNanos);
  }

  /// The receiving thread's work, until the engine closes.
  void run(ReceivingDuty duty) {
    while (!inbox.isClosing()) {
      if (duty.isSenders()) {
        descriptors.clear().add(inbox.number()).sleep(Long.MAX_VALUE);
        inbox.awake(true);
      } else if (pass() >= BUSY_PACKETS) {
        nap();
        duty.giveBackIfRecalled();
      } else {
        sleep(judge.nextExpiryNanos());
        duty.giveBackIfRecalled();
      }
    }
  }

  /// Reads, judges and expires once.
  ///
  /// @return packets shown
  int pass() {
    EngineEvents.Drained event = EngineEvents.drained();
    long complete = judge.observe();
    if (suspend.wasSuspended()) {
      judge.onSuspend();
    }
    int packets = sockets.drain(judge);
    inbox.take(judge);
    // Before any probe is called lost, and now and then.
    if (judge.nextExpiryNanos() <= complete || complete - dropsReadNanos >= DROPS_READ_NANOS) {
      readDrops(complete);
    }
    judge.expire(sockets.completeUntil(complete, judge.shownNanos()));
    if (event != null) {
      event.packets = packets;
      event.commit();
    }
    return packets;
  }

  /// When there is something to expire; `Long.MAX_VALUE` if nothing is in flight.
  long nextExpiryNanos() {
    return judge.nextExpiryNanos();
  }

  /// Adds what becomes readable when something arrives.
  void watch(PollSet set) {
    sockets.watch(set);
  }

  private void nap() {
    Timespec.nanos(nap, 0, BUSY_NAP_NANOS);
    // A signal may cut it short, which does no harm.
    int _ = Libc.clockNanosleep(callState, TimeClocks.CLOCK_MONOTONIC, 0, nap, MemorySegment.NULL);
  }

  private void readDrops(long now) {
    long dropped = sockets.answersDropped();
    if (dropped > drops) {
      EngineEvents.answerDrop(dropped - drops);
      // Until the count was read, not until the pass began: drops are counted while one lasts.
      judge.onDrops(dropped - drops, dropsReadNanos, System.nanoTime());
      drops = dropped;
      counters.set(Counter.ANSWERS_DROPPED, dropped);
    }
    counters.set(Counter.DEPARTURES_DROPPED, sockets.departuresDropped());
    dropsReadNanos = now;
  }

  private void sleep(long untilNanos) {
    boolean isSignalled = true;
    if (inbox.fallAsleep(untilNanos)) {
      PollSet _ = descriptors.clear().add(inbox.number());
      sockets.watch(descriptors);
      descriptors.sleep(
          untilNanos == Long.MAX_VALUE ? Long.MAX_VALUE : untilNanos - System.nanoTime());
      isSignalled = descriptors.isFirstReady();
    }
    inbox.awake(isSignalled);
  }
}
