package io.ringtap.ping.engine.probe;

import org.jspecify.annotations.Nullable;

/// Series that the sending thread draws as it has room for them, so that a source of any size costs
/// no more than what runs of it.
public non-sealed interface SeriesSource extends Work {
  /// The next series; null when there is none, and then it is not asked again. On the sending
  /// thread, which it holds up while it blocks; it must not throw.
  @Nullable ProbeSeries next();

  /// Nothing more will be drawn. Called once, on the thread that found it out.
  void onExhausted();
}
