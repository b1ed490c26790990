package io.ringtap.cli.pps;

import io.ringtap.cli.terminal.Figures;
import io.ringtap.device.InterfaceCounters;
import io.ringtap.device.QueueCounters;
import io.ringtap.device.SoftnetCounters;
import java.util.List;

/// What was counted from one sample to the next.
///
/// @param epochNanos the end
/// @param elapsedNanos how long it was, as measured
/// @param flows what each interface counted, with its queues
/// @param cpus what each CPU counted
/// @param changes what happened to the interfaces
record Tick(
    long epochNanos,
    long elapsedNanos,
    List<Flow> flows,
    List<SoftnetCounters> cpus,
    List<Change> changes) {
  /// One interface's part.
  record Flow(int index, String name, InterfaceCounters counted, List<QueueCounters> queues) {
    /// Packets that arrived and that nobody got, as `/proc/net/dev` adds them up.
    long rxDropped() {
      return counted.rxDropped() + counted.rxMissedErrors();
    }
  }

  /// Something that happened to an interface.
  sealed interface Change {
    int index();

    String name();

    record Appeared(int index, String name) implements Change {}

    record Vanished(int index, String name) implements Change {}

    record Renamed(int index, String old, String name) implements Change {}
  }

  /// So many in a second.
  double perSecond(long count) {
    return Figures.perSecond(count, elapsedNanos);
  }

  /// Bytes as bits in a second.
  double bitsPerSecond(long bytes) {
    return perSecond(bytes) * 8;
  }
}
