package io.ringtap.cli.pps;

import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.Link;
import io.ringtap.device.OperationalState;
import io.ringtap.device.RtnetlinkSocket;
import java.util.List;
import java.util.Map;

/// Readings of counters, made up.
final class Samples {
  static final long SECOND = 1_000_000_000;

  private Samples() {}

  static Link link(int index, String name) {
    return new Link(
        index, name, 1, 1500, 1, OperationalState.UP, "", 0, 0, false, 1, 1, "", List.of());
  }

  /// Counters of which those that are told apart here differ.
  static InterfaceCounters counters(long rxPackets, long rxBytes, long txPackets, long txBytes) {
    return new InterfaceCounters(
        rxPackets, txPackets, rxBytes, txBytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  static RtnetlinkSocket.CountedLink entry(int index, String name, long packets) {
    return new RtnetlinkSocket.CountedLink(
        link(index, name), counters(packets, packets * 100, packets * 2, packets * 200));
  }

  static Sampler.Sample at(long nanos, RtnetlinkSocket.CountedLink... entries) {
    return new Sampler.Sample(nanos, nanos, List.of(entries), Map.of(), List.of());
  }
}
