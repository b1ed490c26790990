package io.ringtap.cli.iputils;

import io.ringtap.packet.IpAddress;
import io.ringtap.ping.HopRecord;
import io.ringtap.ping.RecordedHop;
import java.util.List;

/// What the headers of replies have recorded of the way, as ping prints it after a reply: `RR:` and
/// `TS:`. One thread uses it.
final class RecordLines {
  private static final String NEXT = "\n\t";

  private final Labels labels;
  private List<RecordedHop> lastRoute = List.of();

  /// Addresses as the other lines have them.
  interface Labels {
    String of(IpAddress address) throws InterruptedException;
  }

  RecordLines(Labels labels) {
    this.labels = labels;
  }

  /// Appends a record, if there is one; of a route that is that of the reply before, only so much.
  ///
  /// @param isTimed whether it has times
  void append(StringBuilder text, HopRecord recorded, boolean isTimed) throws InterruptedException {
    List<RecordedHop> hops = recorded.hops();
    if (hops.isEmpty()) {
      return;
    }
    if (isTimed) {
      times(text, hops);
      if (recorded.unrecorded() > 0) {
        text.append("\nUnrecorded hops: ").append(recorded.unrecorded());
      }
      text.append('\n');
    } else if (hops.equals(lastRoute)) {
      text.append("\t(same route)");
    } else {
      lastRoute = hops;
      String before = "\nRR: \t";
      for (RecordedHop hop : hops) {
        address(text.append(before), hop);
        before = NEXT;
      }
      text.append('\n');
    }
  }

  /// The first time of either kind as it is, those after it as the difference to the one before.
  private void times(StringBuilder text, List<RecordedHop> hops) throws InterruptedException {
    int standard = 0;
    int other = 0;
    String before = "\nTS: \t";
    for (RecordedHop hop : hops) {
      text.append(before);
      before = NEXT;
      if (hop.address() != null) {
        address(text, hop);
        text.append('\t');
      }
      int millis = hop.millis() & Integer.MAX_VALUE;
      if (hop.millis() >= 0) {
        text.append(millis - standard).append(standard == 0 ? " absolute" : "");
        standard = millis;
      } else {
        text.append(millis - other).append(other == 0 ? " absolute" : "").append(" not-standard");
        other = millis;
      }
    }
  }

  private void address(StringBuilder text, RecordedHop hop) throws InterruptedException {
    IpAddress address = hop.address();
    if (address != null) {
      text.append(address.low() == 0 ? "0.0.0.0" : labels.of(address));
    }
  }
}
