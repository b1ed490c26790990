package io.ringtap.capture;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import org.jspecify.annotations.Nullable;

/// The filter of the sockets on one interface.
///
/// @param whole direction, filter and snaplen, for packets as a socket has them; null passes all
///   packets, uncut
/// @param restored a filter in addition to `whole`, for packets as a handler sees them, if the
///   kernel cannot run it on packets as a socket has them; null passes all packets
/// @param coarse the part that the kernel can always run: direction and snaplen
/// @param classic does what `whole` does, for a kernel that does not take eBPF with sets; null if
///   there is no such program
/// @param isForTaggedOnly whether the kernel can run the filter on packets without VLAN tags, so
///   that `restored` needs to judge only the others
record SocketFilter(
    @Nullable BpfProgram whole,
    @Nullable BpfProgram restored,
    @Nullable BpfProgram coarse,
    @Nullable BpfProgram classic,
    boolean isForTaggedOnly) {
  /// Passes no packet.
  static SocketFilter ofNothing() {
    BpfProgram nothing = new BpfAssembler().ret(0).assemble();
    return new SocketFilter(nothing, null, nothing, null, false);
  }

  /// Whether it is known that no packet passes.
  boolean matchesNothing() {
    return whole != null && whole.matchesNothing();
  }

  /// Where it must run, as far as is known without asking the kernel.
  FilterPlace place() {
    if ((restored != null && restored.loops()) || (whole != null && whole.loops())) {
      return FilterPlace.USER_SPACE_FOR_LOOP;
    }
    if (whole != null && whole.isTooLong()) {
      return FilterPlace.USER_SPACE_FOR_LENGTH;
    }
    return restored == null || isForTaggedOnly
        ? FilterPlace.KERNEL
        : FilterPlace.USER_SPACE_FOR_LOADS;
  }

  /// Whether the socket's part looks something up, so that it takes eBPF in the kernel.
  boolean looksUp() {
    return whole != null && whole.looksUp();
  }

  /// Creates the filter for user space, for use by one thread; null if all packets pass.
  @Nullable UserSpaceFilter inUserSpace() {
    if (restored != null) {
      return new UserSpaceFilter(restored, true, isForTaggedOnly);
    }
    return whole == null ? null : new UserSpaceFilter(whole, false, false);
  }
}
