package io.ringtap.cli.pps;

import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.QueueCounters;
import io.ringtap.device.SoftnetCounters;

/// What was counted between two readings of the same counters.
final class Difference {
  private static final long WORD = 1L << 32;

  private Difference() {}

  /// What was added from `before` to `now`. A counter that went backwards has either passed the end
  /// of 32 bits, if it was in the upper half of them and is now in the lower, or was set back to
  /// zero: then what it shows now has come since.
  static long of(long before, long now) {
    if (now >= before) {
      return now - before;
    }
    boolean hasWrapped = before < WORD && before >= WORD / 2 && now < WORD / 2;
    return hasWrapped ? now + WORD - before : now;
  }

  /// As the other, where -1 is an unknown.
  private static long ofKnown(long before, long now) {
    return before < 0 || now < 0 ? -1 : of(before, now);
  }

  static InterfaceCounters of(InterfaceCounters before, InterfaceCounters now) {
    return new InterfaceCounters(
        of(before.rxPackets(), now.rxPackets()),
        of(before.txPackets(), now.txPackets()),
        of(before.rxBytes(), now.rxBytes()),
        of(before.txBytes(), now.txBytes()),
        of(before.rxErrors(), now.rxErrors()),
        of(before.txErrors(), now.txErrors()),
        of(before.rxDropped(), now.rxDropped()),
        of(before.txDropped(), now.txDropped()),
        of(before.multicast(), now.multicast()),
        of(before.rxLengthErrors(), now.rxLengthErrors()),
        of(before.rxOverErrors(), now.rxOverErrors()),
        of(before.rxCrcErrors(), now.rxCrcErrors()),
        of(before.rxFrameErrors(), now.rxFrameErrors()),
        of(before.rxFifoErrors(), now.rxFifoErrors()),
        of(before.rxMissedErrors(), now.rxMissedErrors()),
        of(before.txCarrierErrors(), now.txCarrierErrors()),
        of(before.txFifoErrors(), now.txFifoErrors()),
        of(before.rxNohandler(), now.rxNohandler()));
  }

  static QueueCounters of(QueueCounters before, QueueCounters now) {
    return new QueueCounters(
        now.isReceive(),
        now.queue(),
        ofKnown(before.packets(), now.packets()),
        ofKnown(before.bytes(), now.bytes()),
        ofKnown(before.drops(), now.drops()));
  }

  static SoftnetCounters of(SoftnetCounters before, SoftnetCounters now) {
    return new SoftnetCounters(
        now.cpu(),
        of(before.processed(), now.processed()),
        of(before.dropped(), now.dropped()),
        of(before.timeSqueezed(), now.timeSqueezed()),
        of(before.steered(), now.steered()));
  }
}
