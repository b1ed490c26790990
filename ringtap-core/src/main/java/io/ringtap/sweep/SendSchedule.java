package io.ringtap.sweep;

/// Which target is due: all once in the order of their positions, and again, as often as wanted,
/// those that have not answered when their time is over.
///
/// Nothing is kept of a target. Each round of retries follows the one before it at a distance in
/// time, which it knows from milestones: positions with the time when that round had passed them.
/// The sending thread owns it.
final class SendSchedule {
  /// Milestones in a timeout.
  private static final int RESOLUTION = 512;

  /// Targets that are looked at in one call and need no probe: half a millisecond's worth.
  private static final int MOST_SKIPPED = 4096;

  /// A pass over the targets.
  private static final class Round {
    private final long[] positions = new long[2 * RESOLUTION];
    private final long[] times = new long[2 * RESOLUTION];
    private int first; // the oldest milestone
    private int count;
    private long cursor; // the position that is due next
    private long marked; // the position of the latest milestone
    private long settled; // below it, all have been passed for longer than a timeout

    Round(long position) {
      cursor = position;
      marked = position;
      settled = position;
    }

    private int place(int index) {
      return (first + index) % positions.length;
    }

    /// Notes that all below the cursor had been sent by then.
    void mark(long nowNanos, long stepNanos) {
      if (cursor == marked) {
        return;
      }
      if (count > 0 && nowNanos - times[place(count - 1)] < stepNanos) {
        return;
      }
      // Without room the latest gets a time that is too late for some of its positions, which then
      // only wait longer.
      count = Math.min(count + 1, positions.length);
      times[place(count - 1)] = nowNanos;
      positions[place(count - 1)] = cursor;
      marked = cursor;
    }

    /// Takes the milestones that have been passed by then.
    void settle(long untilNanos) {
      while (count > 0 && times[first] <= untilNanos) {
        settled = positions[first];
        first = place(1);
        count--;
      }
    }
  }

  private final SweepTargets targets;
  private final AnsweredSet answered;
  private final int probes;
  private final long timeoutNanos;
  private final long stepNanos;
  private final Round[] rounds;
  private final SweepTarget target = new SweepTarget();
  private int probe; // of those to the present target
  private int current; // the round of the present target
  private int attempt;

  SendSchedule(
      SweepTargets targets,
      AnsweredSet answered,
      SweepOptions.Schedule schedule,
      long firstPosition) {
    this.targets = targets;
    this.answered = answered;
    probes = schedule.probes();
    timeoutNanos = schedule.timeout().toNanos();
    stepNanos = timeoutNanos / RESOLUTION;
    rounds = new Round[schedule.retries() + 1];
    for (int i = 0; i < rounds.length; i++) {
      rounds[i] = new Round(Math.min(firstPosition, targets.size()));
    }
  }

  /// Finds the next probe that is due.
  ///
  /// @return false if none is, now
  boolean next() {
    if (probe > 0) { // of a target that is sent several at a time
      attempt = current * probes + probe;
      advance();
      return true;
    }
    int looked = 0;
    for (int i = rounds.length - 1; i > 0; i--) {
      Round round = rounds[i];
      long limit = rounds[i - 1].settled;
      while (round.cursor < limit && looked++ < MOST_SKIPPED) {
        targets.read(round.cursor, target);
        if (!hasAnswered()) {
          begin(i);
          return true;
        }
        round.cursor++;
      }
    }
    if (rounds[0].cursor < targets.size()) {
      targets.read(rounds[0].cursor, target);
      begin(0);
      return true;
    }
    return false;
  }

  private boolean hasAnswered() {
    long index = targets.indexOf(target.isIpv6(), target.high(), target.low(), target.port());
    return index >= 0 && answered.contains(index);
  }

  private void begin(int round) {
    current = round;
    attempt = round * probes;
    advance();
  }

  private void advance() {
    probe++;
    if (probe == probes) {
      probe = 0;
      rounds[current].cursor++;
    }
  }

  /// The target of the probe that is due, valid until the next is asked for.
  SweepTarget target() {
    return target;
  }

  /// The number of the probe that is due, among those to its target.
  int attempt() {
    return attempt;
  }

  /// Notes the time. All probes that were due have been sent or refused.
  ///
  /// @param nowNanos the present time
  /// @param shownUntilNanos all answers that had arrived by then have been shown
  void update(long nowNanos, long shownUntilNanos) {
    for (Round round : rounds) {
      round.mark(nowNanos, stepNanos);
      round.settle(shownUntilNanos - timeoutNanos);
    }
  }

  /// Notes that no more will be sent.
  void finish(long nowNanos) {
    for (Round round : rounds) {
      round.mark(nowNanos, Long.MIN_VALUE);
    }
  }

  /// Whether nothing more will be due.
  boolean isFinished() {
    for (Round round : rounds) {
      if (round.cursor < targets.size()) {
        return false;
      }
    }
    return true;
  }

  /// The first position to which nothing has been sent.
  long position() {
    return rounds[0].cursor;
  }

  /// The position below which all is decided.
  long completed() {
    return rounds[rounds.length - 1].settled;
  }
}
