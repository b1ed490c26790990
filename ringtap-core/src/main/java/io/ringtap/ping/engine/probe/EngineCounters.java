package io.ringtap.ping.engine.probe;

import java.util.concurrent.atomic.AtomicLongArray;

/// What an engine counts, from its beginning on. The sending thread writes [Counter#SENT] and
/// [Counter#UNSENT], the receiving one all others; any thread reads.
@SuppressWarnings("EnumOrdinal") // places in an array that lives no longer than the enum
public final class EngineCounters {
  /// The counters.
  public enum Counter {
    /// Probes that the kernel took.
    SENT,
    /// Probes that the kernel did not take.
    UNSENT,
    /// Replies, duplicates, late replies and errors that were matched to a probe.
    ANSWERS,
    /// First replies after their probe's end.
    LATE,
    /// Further replies.
    DUPLICATES,
    /// Packets that passed the kernel's filter and answer no probe of ours.
    FOREIGN,
    /// Entries of the probe table that have gone back to the sender.
    RELEASED,
    /// What replies to the probes that the receiver has taken notice of may take up in buffers.
    ADOPTED_BYTES,
    /// Answers to us for which sockets or the tap had no room.
    ANSWERS_DROPPED,
    /// Departures that the tap had no room to show.
    DEPARTURES_DROPPED
  }

  private final AtomicLongArray values = new AtomicLongArray(Counter.values().length);

  /// Counters at zero.
  public EngineCounters() {}

  void increment(Counter counter) {
    add(counter, 1);
  }

  /// Adds to a counter.
  public void add(Counter counter, long more) {
    set(counter, values.getPlain(counter.ordinal()) + more);
  }

  public void set(Counter counter, long value) {
    // Release suffices for one writer; a reader sees each count no older than what it learned by
    // it.
    values.setRelease(counter.ordinal(), value);
  }

  /// A counter's value.
  public long get(Counter counter) {
    return values.getAcquire(counter.ordinal());
  }
}
