package io.ringtap.monitor.window;

/// What became of a probe, or what came after its end. Each probe has exactly one of the outcomes
/// up to [#UNSENT]; those from [#LATE] on come over and above. The order is that in which counts
/// are stored, so new ones are added at the end.
public enum Outcome {
  /// An intact reply in time.
  REPLY(0),
  /// Nothing came back in time.
  LOST(1),
  /// A router or the target refused the probe, or this machine's routes did.
  ERROR(2),
  /// A reply that does not bring back what was sent.
  CORRUPTED(3),
  /// An intact reply from another address than the target's.
  ELSEWHERE(4),
  /// Nothing was read in time, and this machine may have dropped the answer.
  DROPPED(5),
  /// In flight when its target was removed, changed or the monitor ended.
  WITHDRAWN(6),
  /// The kernel did not take the probe.
  UNSENT(7),
  /// A reply after the probe's end.
  LATE(8),
  /// An ICMP error after the probe's end.
  LATE_ERROR(9),
  /// One more reply to a probe that had one.
  DUPLICATE(10);

  private static final Outcome[] ALL = values();

  /// How many there are.
  public static final int COUNT = ALL.length;

  private final int index;

  Outcome(int index) {
    this.index = index;
  }

  /// The one with this [#index].
  public static Outcome of(int index) {
    return ALL[index];
  }

  /// Its place among stored counts, from 0 on.
  public int index() {
    return index;
  }

  /// Whether a probe ends by it.
  public boolean isEnd() {
    return compareTo(UNSENT) <= 0;
  }

  /// Whether it says something of the network: a probe that ended so counts for its loss ratio, and
  /// one that this machine lost, withdrew or never sent does not.
  public boolean isDecided() {
    return compareTo(ELSEWHERE) <= 0;
  }
}
