package io.ringtap.cli.capture;

import io.ringtap.capture.CaptureCounters;

/// Prints the counts.
interface Report {
  /// What became of the packets, in the words of the summary. It adds up: `receivedByFilter =
  /// captured + discarded + waiting + droppedByKernel`.
  ///
  /// @param captured packets that were shown or written, or are on their way there
  /// @param discarded packets that came after the last that was wanted
  /// @param waiting packets that the kernel holds
  /// @param written packets in files; [#NOT_WRITING] where there are none
  record Totals(
      long captured,
      long discarded,
      long waiting,
      long receivedByFilter,
      long droppedByKernel,
      long freezes,
      long droppedByInterface,
      long written) {
    static final long NOT_WRITING = -1;
    static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, NOT_WRITING);

    /// The same of a source that has ended: what the kernel holds will not be taken.
    Totals settled() {
      return new Totals(
          captured,
          discarded + waiting,
          0,
          receivedByFilter,
          droppedByKernel,
          freezes,
          droppedByInterface,
          written);
    }

    /// @param refused packets that handlers were shown and did not take
    static Totals of(CaptureCounters counters, long refused, long written) {
      return new Totals(
          counters.captured() - refused,
          counters.discarded() + refused,
          counters.waiting(),
          counters.offered(),
          counters.droppedByKernel(),
          counters.freezes(),
          counters.droppedByInterface(),
          written);
    }
  }

  /// Prints them while the capture runs.
  ///
  /// @param before what they were `nanos` ago
  void stats(Totals now, Totals before, long nanos);

  /// Prints them at the end.
  void summary(Totals totals);

  /// Prints the counts of a file that was read.
  ///
  /// @param read packets in the file, up to where it was read
  /// @param totals those of it that were shown or written
  /// @param wasStopped whether a signal ended the reading
  void summary(long read, Totals totals, boolean wasStopped);
}
