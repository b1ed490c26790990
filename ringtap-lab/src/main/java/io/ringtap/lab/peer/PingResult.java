package io.ringtap.lab.peer;

import java.util.Map;
import java.util.OptionalLong;

/// What a pinger reports about its probes to one target.
///
/// @param sent probes, as it says; empty if it does not
/// @param received replies that it took for its own, duplicates aside; empty if it does not say
/// @param rttNanos its round-trip times by the number of the probe, from 0
public record PingResult(OptionalLong sent, OptionalLong received, Map<Integer, Long> rttNanos) {
  /// Keeps a copy of the map.
  public PingResult {
    rttNanos = Map.copyOf(rttNanos);
  }
}
