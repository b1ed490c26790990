package io.ringtap.fleet.delivery;

import io.ringtap.fleet.record.ProbeRecord;
import io.ringtap.monitor.collect.ProbeView;
import io.ringtap.monitor.target.TargetKey;
import io.ringtap.monitor.window.Outcome;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Single probes with numbers that follow each other. It is used again and again, so that nothing
/// is allocated for a probe: the collector's thread fills it, that of the delivery empties it.
final class ProbeBatch implements Handed {
  /// How many it has room for.
  static final int ROOM = 256;

  private final @Nullable TargetKey[] targets = new @Nullable TargetKey[ROOM];
  private final @Nullable Outcome[] outcomes = new @Nullable Outcome[ROOM];
  private final long[] numbers = new long[ROOM];
  private final long[] epochNanos = new long[ROOM];
  private final long[] rttNanos = new long[ROOM];
  private final int[] hopLimits = new int[ROOM];
  private final int[] icmpTypes = new int[ROOM];
  private final int[] icmpCodes = new int[ROOM];
  private final int[] errnos = new int[ROOM];
  private final int[] generations = new int[ROOM];
  private long first;
  private int count;

  ProbeBatch() {}

  /// Empties it.
  ///
  /// @param firstNumber of the next that comes in
  void begin(long firstNumber) {
    first = firstNumber;
    count = 0;
  }

  boolean isFull() {
    return count == ROOM;
  }

  /// @param generation in which the agent had its target
  void add(ProbeView probe, int generation) {
    int at = count++;
    targets[at] = probe.target().key();
    outcomes[at] = probe.outcome();
    numbers[at] = probe.sequence();
    epochNanos[at] = probe.epochNanos();
    rttNanos[at] = probe.rttNanos();
    hopLimits[at] = probe.hopLimit();
    icmpTypes[at] = probe.icmpType();
    icmpCodes[at] = probe.icmpCode();
    errnos[at] = probe.errno();
    generations[at] = generation;
  }

  @Override
  public long first() {
    return first;
  }

  @Override
  public long last() {
    return first + count - 1;
  }

  @Override
  public int results() {
    return count;
  }

  @Override
  public void encode(Run run, Consumer<Outgoing> records) {
    for (int i = 0; i < count; i++) {
      ProbeRecord probe = record(run, i);
      records.accept(new Outgoing(run.topics().results(), probe.key(), probe.encode(), first + i));
    }
  }

  private ProbeRecord record(Run run, int index) {
    return new ProbeRecord(
        run.origin(first + index, generations[index]),
        Objects.requireNonNull(targets[index]),
        Objects.requireNonNull(outcomes[index]),
        numbers[index],
        epochNanos[index],
        rttNanos[index],
        hopLimits[index],
        icmpTypes[index],
        icmpCodes[index],
        errnos[index]);
  }
}
