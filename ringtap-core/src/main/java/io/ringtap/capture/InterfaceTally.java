package io.ringtap.capture;

import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.RtnetlinkSocket;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

/// The interfaces' counters since the capture was opened, of each and their sums. Not thread-safe.
final class InterfaceTally {
  private final RtnetlinkSocket rtnetlink;
  private final List<CaptureInterface> interfaces;
  private final Traffic traffic;
  private final long[] seenBefore; // in the order of the interfaces, as the others
  private final long[] droppedBefore;
  private final long[] seen;
  private final long[] dropped;

  /// Reads the counters from which to count.
  ///
  /// @throws IOException if the kernel cannot be asked
  InterfaceTally(RtnetlinkSocket rtnetlink, List<CaptureInterface> interfaces, Traffic traffic)
      throws IOException {
    this.rtnetlink = rtnetlink;
    this.interfaces = interfaces;
    this.traffic = traffic;
    seen = new long[interfaces.size()];
    dropped = new long[interfaces.size()];
    update();
    seenBefore = seen.clone();
    droppedBefore = dropped.clone();
  }

  /// Reads the counters again. The counts of an interface that has vanished are kept, so no count
  /// ever decreases.
  void update() throws IOException {
    long[] nowSeen = new long[interfaces.size()];
    long[] nowDropped = new long[interfaces.size()];
    for (RtnetlinkSocket.CountedLink entry : rtnetlink.countedLinks()) {
      int place = placeOf(entry.link().index());
      if (place >= 0) {
        InterfaceCounters counters = entry.counters();
        // A packet sent on a loopback interface is shown as received.
        if (traffic != Traffic.OUT) {
          nowSeen[place] += counters.rxPackets();
        }
        if (traffic == Traffic.OUT || (traffic == Traffic.INOUT && !entry.link().isLoopback())) {
          nowSeen[place] += counters.txPackets();
        }
        nowDropped[place] += counters.rxMissedErrors() + counters.rxFifoErrors();
      }
    }
    for (int i = 0; i < nowSeen.length; i++) {
      seen[i] = Math.max(seen[i], nowSeen[i]);
      dropped[i] = Math.max(dropped[i], nowDropped[i]);
    }
  }

  /// Which of the captured interfaces stands for the one with this number; -1 if none does.
  private int placeOf(int index) {
    for (int i = 0; i < interfaces.size(); i++) {
      int captured = interfaces.get(i).index();
      if (captured == index || captured == 0) {
        return i;
      }
    }
    return -1;
  }

  /// Packets that an interface counted, in the captured directions.
  long seen(int place) {
    return seen[place] - seenBefore[place];
  }

  /// Packets that an interface dropped.
  long dropped(int place) {
    return dropped[place] - droppedBefore[place];
  }

  /// Packets that all interfaces counted, in the captured directions.
  long seen() {
    return LongStream.of(seen).sum() - LongStream.of(seenBefore).sum();
  }

  /// Packets that all interfaces dropped.
  long dropped() {
    return LongStream.of(dropped).sum() - LongStream.of(droppedBefore).sum();
  }
}
