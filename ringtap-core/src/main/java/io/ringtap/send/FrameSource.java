package io.ringtap.send;

import io.ringtap.packet.Frame;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Gives frames, one after the other. One thread asks.
@FunctionalInterface
public interface FrameSource {
  /// The next frame, which is lent until the next call; null at the end.
  ///
  /// @throws IOException if the source fails
  @Nullable Frame next() throws IOException;

  /// Whether [#next] may wait long for a frame, as at the end of a pipe. Then each frame goes out
  /// before the next is asked for.
  default boolean mayWait() {
    return false;
  }

  /// The frames of a savefile, from where `reader` stands. Closing the reader stays the caller's.
  static FrameSource of(SavefileReader reader) {
    return () -> reader.next() ? reader : null;
  }
}
