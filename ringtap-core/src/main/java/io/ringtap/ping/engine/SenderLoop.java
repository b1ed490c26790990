package io.ringtap.ping.engine;

import io.ringtap.ping.engine.probe.SenderInbox;
import io.ringtap.socket.PollSet;
import java.lang.foreign.Arena;

/// The sending thread: takes commands, keeps the schedule, sends what is due, and receives too
/// while there is little to do.
final class SenderLoop {
  /// If the next probe is due this soon, what is answered meanwhile is read then, which saves
  /// waking up for it. Stamps are the kernel's, so nothing is measured later for that.
  private static final long SOON_NANOS = 1_000_000;

  /// How often the rate of probes is looked at.
  private static final long WINDOW_NANOS = 100_000_000;

  /// So few probes in a window are work for one thread.
  private static final int FEW_PROBES = 2000;

  private final SenderInbox inbox;
  private final SeriesQueue queue;
  private final Sender sender;
  private final Receiver receiver;
  private final ReceivingDuty duty;
  private final PollSet descriptors = new PollSet(Arena.ofAuto());
  private long windowBegan;
  private long windowTaken;

  SenderLoop(
      SenderInbox inbox, SeriesQueue queue, Sender sender, Receiver receiver, ReceivingDuty duty) {
    this.inbox = inbox;
    this.queue = queue;
    this.sender = sender;
    this.receiver = receiver;
    this.duty = duty;
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
    if (duty.isSenders()) {
      receiveToo(wait);
    } else {
      recallIfQuiet();
      sleep(wait, false);
    }
  }

  private void receiveToo(long wait) {
    int packets = receiver.pass();
    if (packets >= Receiver.BUSY_PACKETS) {
      duty.handOver();
      return;
    }
    if (packets > 0 && sender.isHeldUp()) {
      return; // there is room now
    }
    long expiry = receiver.nextExpiryNanos();
    long untilExpiry = expiry == Long.MAX_VALUE ? expiry : Math.max(0, expiry - System.nanoTime());
    sleep(Math.min(wait, untilExpiry), wait > SOON_NANOS);
  }

  private void recallIfQuiet() {
    long now = System.nanoTime();
    if (now - windowBegan < WINDOW_NANOS) {
      return;
    }
    long taken = sender.taken();
    if (taken - windowTaken < FEW_PROBES && !queue.hasSources()) {
      duty.recall();
    }
    windowBegan = now;
    windowTaken = taken;
  }

  /// @param nanos how long at the most
  /// @param forAnswers whether answers end it
  private void sleep(long nanos, boolean forAnswers) {
    if (nanos == 0) {
      return;
    }
    boolean isSignalled = true;
    if (inbox.fallAsleep(Long.MAX_VALUE)) {
      PollSet _ = descriptors.clear().add(inbox.number());
      if (forAnswers) {
        receiver.watch(descriptors);
      }
      descriptors.sleep(nanos);
      isSignalled = descriptors.isFirstReady();
    }
    inbox.awake(isSignalled);
  }
}
