package io.ringtap.ping;

import io.ringtap.linux.EventFd;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Mail to the sending thread, which is woken when it sleeps. Any thread posts; the sender takes,
/// and after its end the receiver.
final class Mailbox {
  private final Queue<Mail> mail = new ConcurrentLinkedQueue<>();
  private final EventFd wake;
  private volatile boolean asleep;
  private volatile boolean closing;

  Mailbox(EventFd wake) {
    this.wake = wake;
  }

  void post(Mail item) {
    mail.add(item);
    if (asleep) {
      wake.signal();
    }
  }

  @Nullable Mail take() {
    return mail.poll();
  }

  /// Tells the sender to end.
  void close() {
    closing = true;
    wake.signal();
  }

  boolean isClosing() {
    return closing;
  }

  /// The sender is about to sleep on [#number].
  ///
  /// @return false if it must not, because there is mail
  boolean fallAsleep() {
    // Both this store and the queue's are volatile: either the poster sees the one or we see the
    // other.
    asleep = true;
    return mail.isEmpty() && !closing;
  }

  void awake() {
    asleep = false;
    wake.drain();
  }

  int number() {
    return wake.number();
  }
}
