package io.ringtap.cli.fping;

import io.ringtap.ping.PingOutcome.Arrival;

/// How a run is shown while it goes on and at its end. One thread at a time.
interface Report {
  /// A reply that is shown in a line of its own.
  ///
  /// @param index the number of the probe, from 0
  void onReply(int host, long index, Arrival arrival);

  /// A probe to which there was none in time.
  ///
  /// @param index the number of the probe, from 0
  /// @param epochNanos when its time was over
  void onTimeout(int host, long index, long epochNanos);

  /// How all targets stand, on SIGQUIT or at an interval.
  ///
  /// @param scores since the last time, or since the beginning
  void onStanding(Scores scores, long epochNanos);

  /// What has become of each target, at the end.
  void onEnd(Times times);

  /// The totals, after that.
  void onTotals(Totals totals);
}
