package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The filter of the sockets on one interface.
///
/// @param whole what a packet must pass: direction, filter and snaplen; null passes all, uncut
/// @param coarse what the kernel can always run of it: direction and snaplen
record SocketFilter(@Nullable BpfProgram whole, @Nullable BpfProgram coarse) {
  /// Whether the kernel refuses it for its loop.
  boolean hasLoop() {
    return whole != null && whole.loops();
  }

  /// Runs the filter on packets where they lie. One thread uses it.
  Screen screen() {
    return new Screen(Objects.requireNonNull(whole));
  }
}
