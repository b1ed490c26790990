package io.ringtap.timing;

/// Answers that this machine has dropped, and that no probe has been held to be without yet. Which
/// probes they would have answered nobody knows; as many of those that were in flight meanwhile and
/// had no answer are taken to be.
public final class DropLedger {
  private long open; // drops without a probe
  private long since;
  private long until;
  private long voidUntil = Long.MIN_VALUE;

  /// No answer to a probe sent by then can be expected any more.
  public void voidAll(long nowNanos) {
    voidUntil = nowNanos;
  }

  /// Notes drops that happened within a time.
  public void add(long count, long sinceNanos, long untilNanos) {
    since = open == 0 ? sinceNanos : Math.min(since, sinceNanos);
    until = untilNanos;
    open += count;
  }

  /// Whether a probe without an answer may be one whose answer was dropped; if so, it is set
  /// against one of them.
  ///
  /// @param sentNanos when it was sent
  /// @param dueNanos when its time was over
  public boolean takes(long sentNanos, long dueNanos) {
    if (sentNanos <= voidUntil) {
      return true;
    }
    if (open == 0 || sentNanos > until || dueNanos < since) {
      return false;
    }
    open--;
    return true;
  }
}
