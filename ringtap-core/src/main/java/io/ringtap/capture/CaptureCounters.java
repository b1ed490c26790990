package io.ringtap.capture;

/// Counters of a capture since it was opened, 64 bits each, never reset.
///
/// `offered = captured + discarded + waiting + droppedByKernel`
///
/// @param captured packets shown to handlers
/// @param discarded packets that the kernel passed on and no handler saw, because the capture was
///   aborted
/// @param waiting packets that the kernel holds for the capture; 0 once it is closed
/// @param droppedByKernel packets that passed the kernel's filter and were dropped because the ring
///   was full, or the socket's buffer in [CaptureMode#RECV]. In [CaptureMode#XDP] the host has them
///   nevertheless, unless they were to be stolen
/// @param freezes how often a ring was full and the kernel stopped filling it
/// @param rejectedInUserSpace packets that the kernel passed on and the filter rejected in user
///   space: if the kernel cannot run it ([FilterPlace]), and while it is being replaced. The counts
///   above do not include them
/// @param droppedByInterface packets that the interfaces dropped before any socket could see them
/// @param seenByInterface packets that the interfaces counted, in the captured directions
public record CaptureCounters(
    long captured,
    long discarded,
    long waiting,
    long droppedByKernel,
    long freezes,
    long rejectedInUserSpace,
    long droppedByInterface,
    long seenByInterface) {
  /// Packets that passed the filter and for which the kernel had room.
  public long received() {
    return captured + discarded + waiting;
  }

  /// Packets that passed the kernel's filter. Dropped and waiting packets are included even if a
  /// filter in user space would have rejected them.
  public long offered() {
    return received() + droppedByKernel;
  }

  /// Packets that the filter rejected, estimated from the interfaces' counters: these are read at
  /// another moment, count merged packets (GRO) as one or as many, and include packets from before
  /// the filter was in place.
  public long filtered() {
    return Math.max(0, seenByInterface - offered());
  }
}
