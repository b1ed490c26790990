package io.ringtap.cli.trace;

import io.ringtap.trace.TraceReport;

/// Shows what has become of a target's probes when the trace has ended.
@FunctionalInterface
interface TraceView {
  /// The trace of a target has ended.
  ///
  /// @param name the target as the user wrote it
  void onReport(String name, TraceReport report);
}
