package io.ringtap.capture;

/// What became of the packets of a capture, since it was opened. 64 bits wide, never set back.
///
/// `offered = captured + discarded + waiting + droppedByKernel`
///
/// @param captured packets that handlers were shown
/// @param discarded packets that the kernel handed over and no handler was shown, because the
///   capture was ended at once
/// @param waiting packets that the kernel holds for the capture; 0 once it is closed
/// @param droppedByKernel packets that passed the kernel's filter and found no room: in the ring,
///   or in the socket's buffer in [CaptureMode#RECV]
/// @param freezes how often a ring was full and the kernel stopped filling it
/// @param screenedOut packets that the kernel handed over and the capture's own threads found not
///   to pass the filter: where the kernel cannot run it ([FilterPlace]), and while it is changed.
///   The counts before do not include them
/// @param droppedByInterface packets that the interfaces lost before anybody could see them, for
///   whomever they were
/// @param seenByInterface packets that the interfaces counted, in the directions that are captured
public record CaptureCounters(
    long captured,
    long discarded,
    long waiting,
    long droppedByKernel,
    long freezes,
    long screenedOut,
    long droppedByInterface,
    long seenByInterface) {
  /// Packets that the filter passed and the kernel had room for.
  public long received() {
    return captured + discarded + waiting;
  }

  /// Packets that the filter passed; with those among the dropped and waiting ones that the
  /// capture's own threads would have judged.
  public long offered() {
    return received() + droppedByKernel;
  }

  /// Packets that the filter did not pass, as far as the interfaces' own counts show: they are read
  /// at another moment, count what joins packets together (GRO) as one or as many, and include what
  /// passed before the filter was in place.
  public long filtered() {
    return Math.max(0, seenByInterface - offered());
  }
}
