package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import org.jspecify.annotations.Nullable;

/// The filter of the sockets on one interface.
///
/// @param whole what a packet must pass as a socket has it: direction, filter and snaplen; null
///   passes all, uncut
/// @param restored what a packet must pass as a handler sees it, beside `whole`; null passes all.
///   The kernel cannot run it
/// @param coarse what the kernel can always run of the filter: direction and snaplen
record SocketFilter(
    @Nullable BpfProgram whole, @Nullable BpfProgram restored, @Nullable BpfProgram coarse) {
  /// Whether the kernel refuses it for its loop.
  boolean hasLoop() {
    return restored != null || (whole != null && whole.loops());
  }

  /// Runs the filter on packets where they lie; null if all pass. One thread uses it.
  @Nullable Screen screen() {
    if (restored != null) {
      return new Screen(restored, true);
    }
    return whole == null ? null : new Screen(whole, false);
  }
}
