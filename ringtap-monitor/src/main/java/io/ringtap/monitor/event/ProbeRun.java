package io.ringtap.monitor.event;

import io.ringtap.monitor.config.ProbeSettings;

/// How many probes in a row had the same fate, in the order in which they were sent. With several
/// in flight, what became of them is known in another order: a reply is known at once, and a loss
/// after the timeout.
final class ProbeRun {
  private static final int SLACK = 16;

  private long newestReply; // sequence numbers; 0 before the first
  private long newestLost;
  private int lost;
  private int replies;
  private long lostSinceNanos;
  private long inFlight;

  /// Is of a target that is probed in this way.
  void fit(ProbeSettings settings) {
    inFlight = settings.timeout().dividedBy(settings.interval()) + SLACK;
    restart();
  }

  /// The numbers of probes begin again; the run goes on.
  void restart() {
    newestReply = 0;
    newestLost = 0;
  }

  /// A probe had a reply.
  void reply(long sequence) {
    expect(sequence);
    lost = 0;
    // One that was sent before the newest lost probe does not show that things are well again.
    if (sequence > newestLost) {
      replies++;
    }
    newestReply = Math.max(newestReply, sequence);
  }

  /// A probe had none.
  ///
  /// @param sentNanos when it was sent, in nanoseconds since the epoch
  /// @return whether it is one of the row; not if one that was sent later had a reply
  boolean lost(long sequence, long sentNanos) {
    expect(sequence);
    if (sequence < newestReply) {
      return false;
    }
    if (lost == 0) {
      lostSinceNanos = sentNanos;
    }
    lost++;
    replies = 0;
    newestLost = Math.max(newestLost, sequence);
    return true;
  }

  /// Notices numbers that began again unannounced, as when an interface has come again: none in
  /// flight can be so far behind.
  private void expect(long sequence) {
    if (sequence == 1 || Math.max(newestReply, newestLost) - sequence > inFlight) {
      restart();
    }
  }

  /// How many of the last ones had no reply.
  int lost() {
    return lost;
  }

  /// How many of the last ones had one.
  int replies() {
    return replies;
  }

  /// When the first of those without a reply was sent.
  long lostSinceNanos() {
    return lostSinceNanos;
  }
}
