package io.ringtap.capture;

import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.RtnetlinkSocket;
import java.io.IOException;
import java.util.List;

/// The sums of the interfaces' counters since the capture was opened. Not thread-safe.
final class InterfaceTally {
  private final RtnetlinkSocket rtnetlink;
  private final List<CaptureInterface> interfaces;
  private final Traffic traffic;
  private long seenBefore;
  private long droppedBefore;
  private long seen;
  private long dropped;

  /// Reads the counters from which to count.
  ///
  /// @throws IOException if the kernel cannot be asked
  InterfaceTally(RtnetlinkSocket rtnetlink, List<CaptureInterface> interfaces, Traffic traffic)
      throws IOException {
    this.rtnetlink = rtnetlink;
    this.interfaces = interfaces;
    this.traffic = traffic;
    update();
    seenBefore = seen;
    droppedBefore = dropped;
  }

  /// Reads the counters again. The counts of an interface that has vanished are kept, so the sums
  /// never decrease.
  void update() throws IOException {
    long nowSeen = 0;
    long nowDropped = 0;
    for (RtnetlinkSocket.CountedLink entry : rtnetlink.countedLinks()) {
      if (isCaptured(entry.link().index())) {
        InterfaceCounters counters = entry.counters();
        // A packet sent on a loopback interface is shown as received.
        if (traffic != Traffic.OUT) {
          nowSeen += counters.rxPackets();
        }
        if (traffic == Traffic.OUT || (traffic == Traffic.INOUT && !entry.link().isLoopback())) {
          nowSeen += counters.txPackets();
        }
        nowDropped += counters.rxMissedErrors() + counters.rxFifoErrors();
      }
    }
    seen = Math.max(seen, nowSeen);
    dropped = Math.max(dropped, nowDropped);
  }

  private boolean isCaptured(int index) {
    for (CaptureInterface one : interfaces) {
      if (one.index() == index || one.index() == 0) {
        return true;
      }
    }
    return false;
  }

  /// Packets that the interfaces counted, in the captured directions.
  long seen() {
    return seen - seenBefore;
  }

  /// Packets that the interfaces dropped.
  long dropped() {
    return dropped - droppedBefore;
  }
}
