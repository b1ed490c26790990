package io.ringtap.ping.engine.probe;

import io.ringtap.linux.WakeUp;
import java.lang.invoke.VarHandle;

/// How a thread that sleeps on a descriptor and the threads that give it work agree when it must be
/// woken: never while it is awake, which saves a system call for each item, and always when it
/// would sleep too long.
///
/// Each side stores first and looks second: the owner stores that it falls asleep and looks for
/// work, another thread stores the work and looks whether the owner sleeps. So at least one of them
/// sees the other.
abstract sealed class Inbox permits SenderInbox, ReceiverInbox {
  private static final long AWAKE = Long.MIN_VALUE;

  private final WakeUp wakeUp;
  private volatile long sleepsUntil = AWAKE; // written by the owner
  private volatile boolean closing;

  Inbox(WakeUp wakeUp) {
    this.wakeUp = wakeUp;
  }

  /// Owner: whether there is nothing to take.
  abstract boolean isEmpty();

  /// Another thread: wakes the owner if it would sleep past this time. The work must have been
  /// stored.
  ///
  /// @param nanos when the work is due
  public final void wakeBefore(long nanos) {
    VarHandle.fullFence(); // the work is stored before the look; pairs with the one in fallAsleep
    if (sleepsUntil > nanos) {
      wakeUp.signal();
    }
  }

  /// Another thread: wakes the owner if it sleeps. The work must have been stored.
  public final void wake() {
    wakeBefore(AWAKE);
  }

  /// Any thread: asks the owner to end.
  public final void close() {
    closing = true;
    wakeUp.signal();
  }

  public final boolean isClosing() {
    return closing;
  }

  /// Owner: it is about to sleep on [#number] until then.
  ///
  /// @return false if it must not, because there is something to do
  public final boolean fallAsleep(long untilNanos) {
    sleepsUntil = untilNanos;
    VarHandle.fullFence(); // the time is stored before the look; pairs with the one in wakeBefore
    return isEmpty() && !closing;
  }

  /// Owner: it is awake again.
  ///
  /// @param isSignalled whether [#number] was readable
  public final void awake(boolean isSignalled) {
    sleepsUntil = AWAKE;
    if (isSignalled) {
      wakeUp.drain();
    }
  }

  /// Wakes the owner, whether it sleeps or is about to.
  public final void signal() {
    wakeUp.signal();
  }

  public final int number() {
    return wakeUp.number();
  }
}
