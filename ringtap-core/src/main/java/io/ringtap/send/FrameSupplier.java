package io.ringtap.send;

import io.ringtap.packet.Frame;
import io.ringtap.savefile.SavefileReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Supplies frames, one after the other, to one thread.
@FunctionalInterface
public interface FrameSupplier {
  /// The next frame, which is lent until the next call; null at the end.
  ///
  /// @throws IOException if the source fails
  @Nullable Frame next() throws IOException;

  /// Whether [#next] may block, for example when it reads a pipe. Then each frame is sent before
  /// the next is asked for.
  default boolean mayWait() {
    return false;
  }

  /// The remaining frames of a savefile. The caller closes the reader.
  static FrameSupplier of(SavefileReader reader) {
    return () -> reader.next() ? reader : null;
  }
}
