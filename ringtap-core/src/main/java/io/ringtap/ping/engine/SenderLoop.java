package io.ringtap.ping.engine;

import io.ringtap.ping.engine.probe.SenderInbox;
import io.ringtap.socket.PollSet;
import io.ringtap.timing.Cadence;
import java.lang.foreign.Arena;

/// The sending thread: takes commands, keeps the schedule, sends what is due, and receives too
/// while there is little to do.
final class SenderLoop {
  /// If the next probe is due this soon, what is answered meanwhile is read then, which saves
  /// waking up for it. Stamps are the kernel's, so nothing is measured later for that.
  private static final long SOON_NANOS = 1_000_000;

  /// How often the rate of probes is looked at.
  private static final long WINDOW_NANOS = 100_000_000;

  private static final double NANOS_PER_SECOND = 1e9;

  /// Fewer probes in a window are work for one thread.
  private static final int FEW_PROBES = 2000;

  private final SenderInbox inbox;
  private final SeriesQueue queue;
  private final Sender sender;
  private final Receiver receiver;
  private final ReceivingDuty duty;
  private final Cadence cadence;
  private final PollSet descriptors = new PollSet(Arena.ofAuto());
  private long windowBegan = System.nanoTime();
  private long windowTaken;
  private boolean isBusy; // whether many probes left in the last window

  SenderLoop(
      SeriesQueue queue, Sender sender, Receiver receiver, ReceivingDuty duty, Cadence cadence) {
    this.inbox = duty.sender();
    this.queue = queue;
    this.sender = sender;
    this.receiver = receiver;
    this.duty = duty;
    this.cadence = cadence;
  }

  /// Works until the engine closes.
  void run() {
    try {
      sender.warmUp();
      while (!inbox.isClosing()) {
        work();
      }
    } finally {
      queue.endSources();
    }
  }

  private void work() {
    queue.takeCommands();
    if (queue.hasSources()) { // which may block, and come with much to do
      duty.handOver();
      queue.draw();
    }
    queue.advance();
    long wait = sender.sendReady();
    lookAtRate();
    if (duty.isSenders()) {
      receiveToo(wait);
    } else {
      boolean _ = sleep(wait, false);
    }
  }

  private void receiveToo(long wait) {
    int packets = receiver.pass();
    // With slack, many come together however few there are.
    if (packets >= Receiver.BUSY_PACKETS && (isBusy || cadence.stepNanos() == 0)) {
      duty.handOver();
      return;
    }
    if (packets > 0 && sender.isHeldUp()) {
      return; // there is room now
    }
    long nap = Math.min(wait, until(cadence.wakeNanos(receiver.nextExpiryNanos())));
    boolean forAnswers = wait > Math.max(SOON_NANOS, cadence.stepNanos());
    if (sleep(nap, forAnswers) && cadence.stepNanos() > 0) { // more answers may come until then
      boolean _ = sleep(until(cadence.wakeNanos(System.nanoTime())), false);
    }
  }

  private static long until(long nanos) {
    return nanos == Long.MAX_VALUE ? nanos : Math.max(0, nanos - System.nanoTime());
  }

  private void lookAtRate() {
    long now = System.nanoTime();
    if (now - windowBegan < WINDOW_NANOS) {
      return;
    }
    long probes = sender.taken() - windowTaken;
    isBusy = probes >= FEW_PROBES;
    cadence.adapt(probes * NANOS_PER_SECOND / (now - windowBegan));
    if (!isBusy && !queue.hasSources()) {
      duty.recall();
    }
    windowBegan = now;
    windowTaken += probes;
  }

  /// @param nanos how long at the most
  /// @param forAnswers whether answers end it
  /// @return whether answers have ended it
  private boolean sleep(long nanos, boolean forAnswers) {
    if (nanos == 0) {
      return false;
    }
    boolean isSignalled = true;
    boolean isAnswered = false;
    if (inbox.fallAsleep(Long.MAX_VALUE)) {
      PollSet _ = descriptors.clear().add(inbox.number());
      if (forAnswers) {
        receiver.watch(descriptors);
      }
      descriptors.sleep(nanos);
      isSignalled = descriptors.isFirstReady();
      isAnswered = forAnswers && !isSignalled && descriptors.isAnyReady();
    }
    inbox.awake(isSignalled);
    return isAnswered;
  }
}
