package io.ringtap.capture;

import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.RtnetlinkSocket;
import java.io.IOException;
import java.util.List;

/// What the interfaces of a capture have counted since it was opened. One thread at a time uses it.
final class InterfaceTally {
  private final RtnetlinkSocket rtnetlink;
  private final List<CaptureInterface> interfaces;
  private final Traffic traffic;
  private long seenBefore;
  private long droppedBefore;
  private long seen;
  private long dropped;

  /// Begins to count.
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

  /// Asks the kernel. Of an interface that has vanished nothing more is known; what all together
  /// have counted never falls.
  void update() throws IOException {
    long nowSeen = 0;
    long nowDropped = 0;
    for (RtnetlinkSocket.CountedLink entry : rtnetlink.countedLinks()) {
      if (isCaptured(entry.link().index())) {
        InterfaceCounters counters = entry.counters();
        // What leaves by a loopback interface is shown as it comes.
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

  /// Packets that the interfaces saw, in the directions that are captured.
  long seen() {
    return seen - seenBefore;
  }

  /// Packets that the interfaces lost.
  long dropped() {
    return dropped - droppedBefore;
  }
}
