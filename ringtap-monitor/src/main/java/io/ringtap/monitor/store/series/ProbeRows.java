package io.ringtap.monitor.store.series;

import io.ringtap.monitor.window.Outcome;

/// How the outcomes of one target in a block stand in a row.
///
/// ```
/// how many; for each: one byte of flags and outcome;
///   sequence - the one before, signed, unless it is 1 more (flag 0x10);
///   hop limit, one byte, unless it is the one before (flag 0x20);
///   ICMP type + 1, code, errno, if any of them is there (flag 0x40);
///   when it was sent: how much later than the one before, less how much that was later than the
///   one before it; signed, in nanoseconds since the block's begin;
///   round-trip time in nanoseconds
/// ```
///
/// "The one before" the first has sequence, hop limit and time 0.
public final class ProbeRows {
  private static final int OUTCOME = 0x0F;
  private static final int NEXT = 0x10;
  private static final int SAME_HOP_LIMIT = 0x20;
  private static final int CAUSE = 0x40;
  private static final long SECOND = 1_000_000_000L;

  /// Hears the outcomes of a row.
  public interface Visitor {
    /// One of them.
    ///
    /// @param id whose it is
    /// @param fields all else; the same object each time
    void visit(int id, Fields fields);
  }

  /// What is kept of one outcome, as of a [StoredProbe][io.ringtap.monitor.store.StoredProbe].
  public static final class Fields {
    /// What became of the probe.
    public Outcome outcome = Outcome.REPLY;

    /// Its number.
    public long sequence;

    /// When the outcome was known.
    public long epochNanos;

    /// Round-trip time.
    public long rttNanos;

    /// TTL or hop limit; 0 if unknown.
    public int hopLimit;

    /// ICMP type; -1 if there was none.
    public int icmpType = -1;

    /// ICMP code.
    public int icmpCode;

    /// Error number.
    public int errno;

    /// A reply of nothing.
    public Fields() {}
  }

  private final BlockWriter block;
  private final long startNanos;
  private Bytes row = new Bytes();
  private long lastSequence;
  private long lastSent;
  private long lastGap;
  private int lastHopLimit;

  /// Writes into a block that has been begun.
  public ProbeRows(BlockWriter block) {
    this.block = block;
    this.startNanos = block.startSeconds() * SECOND;
  }

  /// Begins a target's row.
  ///
  /// @param count how many outcomes follow
  public void begin(int id, int count) {
    row = block.beginRow(id);
    row.putNumber(count);
    lastSequence = 0;
    lastSent = 0;
    lastGap = 0;
    lastHopLimit = 0;
  }

  /// Writes one outcome.
  public void write(Fields probe) {
    boolean isNext = probe.sequence == lastSequence + 1;
    boolean isSame = probe.hopLimit == lastHopLimit;
    boolean hasCause = probe.icmpType >= 0 || probe.errno != 0;
    row.putByte(
        probe.outcome.index()
            | (isNext ? NEXT : 0)
            | (isSame ? SAME_HOP_LIMIT : 0)
            | (hasCause ? CAUSE : 0));
    if (!isNext) {
      row.putSigned(probe.sequence - lastSequence);
    }
    if (!isSame) {
      row.putByte(probe.hopLimit);
    }
    if (hasCause) {
      row.putNumber(probe.icmpType + 1);
      row.putByte(probe.icmpCode);
      row.putNumber(probe.errno);
    }
    long sent = probe.epochNanos - probe.rttNanos - startNanos;
    row.putSigned(sent - lastSent - lastGap);
    row.putNumber(probe.rttNanos);
    lastGap = sent - lastSent;
    lastSent = sent;
    lastSequence = probe.sequence;
    lastHopLimit = probe.hopLimit;
  }

  /// Ends the row.
  public void end() {
    block.endRow();
  }

  static void read(BlockReader block, Fields probe, Visitor visitor) {
    RowReader row = block.row();
    long startNanos = block.startSeconds() * SECOND;
    long count = row.nextNumber();
    long sent = 0;
    long gap = 0;
    probe.sequence = 0;
    probe.hopLimit = 0;
    for (long i = 0; i < count; i++) {
      int flags = row.nextByte();
      probe.outcome = Outcome.of(flags & OUTCOME);
      probe.sequence += (flags & NEXT) != 0 ? 1 : row.nextSigned();
      if ((flags & SAME_HOP_LIMIT) == 0) {
        probe.hopLimit = row.nextByte();
      }
      boolean hasCause = (flags & CAUSE) != 0;
      probe.icmpType = hasCause ? (int) row.nextNumber() - 1 : -1;
      probe.icmpCode = hasCause ? row.nextByte() : 0;
      probe.errno = hasCause ? (int) row.nextNumber() : 0;
      gap += row.nextSigned();
      sent += gap;
      probe.rttNanos = row.nextNumber();
      probe.epochNanos = startNanos + sent + probe.rttNanos;
      visitor.visit(block.id(), probe);
    }
  }
}
