package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import org.jspecify.annotations.Nullable;

/// The filter of the sockets on one interface.
///
/// @param whole what a packet must pass as a socket has it: direction, filter and snaplen; null
///   passes all, uncut
/// @param restored what a packet must pass as a handler sees it, beside `whole`, where the kernel
///   cannot run it on the packet as a socket has it; null passes all
/// @param coarse what the kernel can always run of the filter: direction and snaplen
record SocketFilter(
    @Nullable BpfProgram whole, @Nullable BpfProgram restored, @Nullable BpfProgram coarse) {
  /// Where it is to run, as far as is known without asking the kernel.
  FilterPlace place() {
    if ((restored != null && restored.loops()) || (whole != null && whole.loops())) {
      return FilterPlace.CAPTURE_FOR_ITS_LOOP;
    }
    return restored == null ? FilterPlace.KERNEL : FilterPlace.CAPTURE_FOR_ITS_LOADS;
  }

  /// Runs the filter on packets where they lie; null if all pass. One thread uses it.
  @Nullable UserSpaceFilter screen() {
    if (restored != null) {
      return new UserSpaceFilter(restored, true);
    }
    return whole == null ? null : new UserSpaceFilter(whole, false);
  }
}
