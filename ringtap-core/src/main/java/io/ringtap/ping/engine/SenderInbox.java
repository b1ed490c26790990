package io.ringtap.ping.engine;

import io.ringtap.linux.EventFd;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// What other threads ask of the sending thread, which is woken when it sleeps. Any thread posts;
/// the sender takes, and after its end the receiver.
final class SenderInbox {
  /// Something to do.
  sealed interface Command {
    /// Begin a series that has been admitted, or draw from a source.
    record Begin(Work work) implements Command {}

    /// Send no more of a series, or of all from a source.
    ///
    /// @param withdraw whether what is in flight ends too
    record Stop(Work work, boolean withdraw) implements Command {}

    /// Send no more, and draw no more.
    record StopAll() implements Command {}
  }

  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private final EventFd wake;
  private volatile boolean asleep;
  private volatile boolean closing;

  SenderInbox(EventFd wake) {
    this.wake = wake;
  }

  void post(Command command) {
    commands.add(command);
    if (asleep) {
      wake.signal();
    }
  }

  @Nullable Command take() {
    return commands.poll();
  }

  /// Asks the sender to end.
  void close() {
    closing = true;
    wake.signal();
  }

  boolean isClosing() {
    return closing;
  }

  /// The sender is about to sleep on [#number].
  ///
  /// @return false if it must not, because there is something to do
  boolean fallAsleep() {
    // Both this store and the queue's are volatile: either the poster sees the one or we see the
    // other.
    asleep = true;
    return commands.isEmpty() && !closing;
  }

  /// The sender is awake again.
  ///
  /// @param isSignalled whether [#number] was readable
  void awake(boolean isSignalled) {
    asleep = false;
    if (isSignalled) {
      wake.drain();
    }
  }

  /// Wakes the sender.
  void signal() {
    wake.signal();
  }

  int number() {
    return wake.number();
  }
}
