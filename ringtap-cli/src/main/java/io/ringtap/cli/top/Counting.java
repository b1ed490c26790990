package io.ringtap.cli.top;

import io.ringtap.capture.CaptureCounters;
import io.ringtap.top.Interval;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who counts packets for a run.
interface Counting extends AutoCloseable {
  /// Begins the first interval.
  ///
  /// @param notices takes what is to be said, now and later; null for nothing
  void start(Consumer<@Nullable String> notices) throws IOException;

  /// Waits until counting has ended.
  void await() throws IOException, InterruptedException;

  /// Ends counting; what has come is still counted. Any thread may call it.
  void stop();

  /// Ends counting at once. Any thread may call it.
  void abort();

  /// Ends the interval and returns its result.
  Interval next() throws IOException, InterruptedException;

  /// The counts since the last interval, once counting has ended.
  Interval last() throws IOException;

  /// What has been counted since the start. Any thread may call it.
  CaptureCounters counters() throws IOException;

  /// Frees all.
  @Override
  void close();
}
