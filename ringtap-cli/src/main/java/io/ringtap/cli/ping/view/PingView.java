package io.ringtap.cli.ping.view;

import io.ringtap.ping.PingListener;
import io.ringtap.ping.PingRequest;
import io.ringtap.ping.PingTotals;

/// One way to show the results of `ringtap ping`. The methods may be called from several threads;
/// each returns quickly.
public interface PingView extends PingListener {
  /// A target is about to be pinged.
  default void onTarget(PingRequest request) {}

  /// The run is over.
  ///
  /// @param elapsedNanos since the run began
  default void onEnd(PingTotals totals, long elapsedNanos) {}
}
