package io.ringtap.ping.engine;

import io.ringtap.ping.engine.probe.ReceiverInbox;
import io.ringtap.ping.engine.probe.SenderInbox;

/// Which of the two threads receives.
///
/// Few probes are cheaper on one thread: it sends, reads what has been answered, and sleeps until
/// the next is due. So the sending thread receives too, until there is more to do than one thread
/// should; then it hands the duty over, and recalls it when things are quiet. Whoever has the duty
/// owns all that the receiver works with, and passes it on by the state of this.
final class ReceivingDuty {
  private enum State {
    SENDERS,
    RECEIVERS,
    RECALLED
  }

  private final SenderInbox sender;
  private final ReceiverInbox receiver;
  private volatile State state = State.SENDERS;

  ReceivingDuty(SenderInbox sender, ReceiverInbox receiver) {
    this.sender = sender;
    this.receiver = receiver;
  }

  /// Where the sending thread hears of what there is to do.
  SenderInbox sender() {
    return sender;
  }

  /// Whether the sending thread has it.
  boolean isSenders() {
    return state == State.SENDERS;
  }

  /// Sending thread: hands it over, if it has it.
  void handOver() {
    if (state == State.SENDERS) {
      state = State.RECEIVERS;
      receiver.signal();
    }
  }

  /// Sending thread: asks for it, if the other has it.
  void recall() {
    if (state == State.RECEIVERS) {
      state = State.RECALLED;
      receiver.signal();
    }
  }

  /// Receiving thread: gives it back, if it was recalled.
  void giveBackIfRecalled() {
    if (state == State.RECALLED) {
      state = State.SENDERS;
      sender.signal();
    }
  }
}
