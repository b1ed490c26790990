package io.ringtap.monitor.collect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Outcomes on their way from a pinger to the collector, without a lock and without an object for
/// each. One thread at a time writes, and one reads; a pinger has one of its own.
///
/// What finds it full is counted as [missed][#missed] and nowhere else: it is a loss of the
/// monitor's making, and says nothing of the network.
public final class ProbeRing {
  private static final VarHandle WRITTEN;
  private static final VarHandle READ;
  private static final VarHandle MISSED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      WRITTEN = lookup.findVarHandle(ProbeRing.class, "written", long.class);
      READ = lookup.findVarHandle(ProbeRing.class, "read", long.class);
      MISSED = lookup.findVarHandle(ProbeRing.class, "missed", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long[] words;
  private final int mask;
  private long written; // outcomes so far; the writer's
  private long read; // likewise the reader's
  private long missed; // the writer's
  private long knownRead; // what the writer knew last of the reader

  /// @param outcomes how many it has room for, a power of two; each takes 32 bytes
  ProbeRing(int outcomes) {
    if (Integer.bitCount(outcomes) != 1) {
      throw new IllegalArgumentException(outcomes + " is no power of two");
    }
    words = new long[outcomes * ProbeWords.COUNT];
    mask = outcomes - 1;
  }

  /// Writer: appends an outcome, or counts it as missed.
  ///
  /// @param target by [ProbeWords#target(int, io.ringtap.monitor.window.Outcome, int, int)]
  /// @param number by [ProbeWords#number]
  /// @param epochNanos when it was known, in nanoseconds since the epoch
  /// @param rttNanos 0 if no packet brought it
  public void add(long target, long number, long epochNanos, long rttNanos) {
    long position = written;
    if (position - knownRead > mask) {
      knownRead = (long) READ.getAcquire(this);
      if (position - knownRead > mask) {
        MISSED.setRelease(this, missed + 1);
        return;
      }
    }
    int at = at(position);
    words[at + ProbeWords.TARGET] = target;
    words[at + ProbeWords.NUMBER] = number;
    words[at + ProbeWords.EPOCH] = epochNanos;
    words[at + ProbeWords.RTT] = rttNanos;
    WRITTEN.setRelease(this, position + 1);
  }

  private int at(long position) {
    return ((int) position & mask) * ProbeWords.COUNT;
  }

  /// How many outcomes found it full. Any thread.
  public long missed() {
    return (long) MISSED.getAcquire(this);
  }

  /// Reader: up to where it has been written, to be handed to [#hasNext].
  long limit() {
    return (long) WRITTEN.getAcquire(this);
  }

  /// Reader: whether there is an outcome before that limit.
  boolean hasNext(long limit) {
    return read < limit;
  }

  /// Reader: when the next one was known, in nanoseconds since the epoch.
  long nextEpochNanos() {
    return words[at(read) + ProbeWords.EPOCH];
  }

  /// Reader: takes the next one.
  void take(LentProbe probe) {
    int at = at(read);
    probe.set(
        words[at + ProbeWords.TARGET],
        words[at + ProbeWords.NUMBER],
        words[at + ProbeWords.EPOCH],
        words[at + ProbeWords.RTT]);
    READ.setRelease(this, read + 1);
  }
}
