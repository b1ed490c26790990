package io.ringtap.monitor.collect;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who owns all counts, wherever they come from. Any thread may ask.
public interface Counting {
  /// Runs something while nothing is counted, and waits for it.
  ///
  /// @return what it gives
  <T extends @Nullable Object> T call(Supplier<T> question);

  /// How things stand; to be read in a [#call] only.
  Board board();
}
