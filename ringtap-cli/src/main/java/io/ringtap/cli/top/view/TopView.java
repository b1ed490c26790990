package io.ringtap.cli.top.view;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.top.Interval;

/// Shows what a run finds. Any thread may call it.
public interface TopView {
  /// An interval has ended.
  void onInterval(Interval interval);

  /// The run has ended.
  void onEnd(CaptureCounters counters);

  /// Something went wrong, or befell an interface; a line for standard error.
  void onNotice(String line);
}
