package io.ringtap.lab.experiment.ladder;

import io.ringtap.lab.report.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one capture made of a load, in packets.
///
/// @param load what was offered
/// @param captured as whoever captured says; [#UNKNOWN] if it does not
/// @param dropped for want of room, as it says; [#UNKNOWN] if it does not
/// @param cpuNanos CPU time of whoever captured
record LadderRun(CaptureNetwork.Load load, long captured, long dropped, long cpuNanos) {
  static final long UNKNOWN = -1;

  static final String OFFERED = "offered";
  static final String CAPTURED = "captured";
  static final String DROPPED = "dropped";
  static final String CAPTURED_PERCENT = "captured_percent";
  static final String LIMIT_PERCENT = "limit_percent";
  static final String OFFERED_PPS = "offered_pps";
  static final String CAPTURED_PPS = "captured_pps";
  static final String CPU_NANOS = "cpu_ns_per_packet";
  static final String LOAD_NANOS = "load_ns_per_packet";
  static final String LOAD_PPS = "load_pps";

  private static final double NANOS_PER_SECOND = 1e9;

  /// Why the counts cannot be true; null if they can.
  @Nullable String contradiction() {
    return captured == UNKNOWN || dropped == UNKNOWN || captured + dropped == load.offered()
        ? null
        : "%d captured and %d dropped are not the %d offered"
            .formatted(captured, dropped, load.offered());
  }

  double offeredPps() {
    return load.offered() * NANOS_PER_SECOND / load.nanos();
  }

  /// The sample of a run that counted all packets, failed if its counts do not add up.
  Sample sample(String peer, String setting, int run, boolean isWarmUp, double limitPps) {
    String failure = contradiction();
    return failure == null
        ? new Sample(peer, setting, run, isWarmUp, values(limitPps), List.of(load.rate()), null)
        : Sample.failed(peer, setting, run, failure);
  }

  /// The values of a sample.
  ///
  /// @param limitPps what the kernel did with nobody listening
  Map<String, Double> values(double limitPps) {
    Map<String, Double> values = ofLoad();
    if (captured != UNKNOWN) {
      double capturedPps = captured * NANOS_PER_SECOND / load.nanos();
      values.put(CAPTURED, (double) captured);
      values.put(CAPTURED_PERCENT, 100.0 * captured / load.offered());
      values.put(CAPTURED_PPS, capturedPps);
      values.put(LIMIT_PERCENT, 100 * capturedPps / limitPps);
      values.put(CPU_NANOS, cpuNanos / (double) captured);
    }
    if (dropped != UNKNOWN) {
      values.put(DROPPED, (double) dropped);
    }
    return values;
  }

  /// The values of a sample without a listener.
  Map<String, Double> ofLoad() {
    Map<String, Double> values = new HashMap<>();
    values.put(OFFERED, (double) load.offered());
    values.put(OFFERED_PPS, offeredPps());
    values.put(LOAD_NANOS, load.cpuNanos() / (double) load.offered());
    return values;
  }
}
