package io.ringtap.lab.experiment;

import io.ringtap.lab.report.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a pinger said of some probes and what the wire said of them, in nanoseconds.
final class RttErrors {
  static final String REPLIES = "replies";
  static final String ERROR_P50 = "error_p50_us";
  static final String ERROR_P99 = "error_p99_us";
  static final String ERROR_MAX = "error_max_us";
  static final String REPORTED_P50 = "reported_p50_us";
  static final String WIRE_P50 = "wire_p50_us";
  static final String ERROR_SERIES = "error_us";

  private static final double NANOS_PER_MICRO = 1e3;
  private static final double PERCENT = 100;

  private final List<Long> reported = new ArrayList<>();
  private final List<Long> wire = new ArrayList<>();

  void add(long reportedNanos, long wireNanos) {
    reported.add(reportedNanos);
    wire.add(wireNanos);
  }

  boolean isEmpty() {
    return wire.isEmpty();
  }

  /// The values of a sample. An error is how far what was reported is from the wire, to either
  /// side.
  Map<String, Double> values() {
    double[] errors = errors();
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(REPLIES, (double) errors.length);
    values.put(ERROR_P50, Metrics.quantile(errors, 0.5));
    values.put(ERROR_P99, Metrics.quantile(errors, 0.99));
    values.put(ERROR_MAX, errors[errors.length - 1]);
    values.put(REPORTED_P50, Metrics.quantile(sortedMicros(reported), 0.5));
    values.put(WIRE_P50, Metrics.quantile(sortedMicros(wire), 0.5));
    return values;
  }

  /// The error over the part of the probes whose error is no larger.
  List<Sample.Series> series() {
    double[] errors = errors();
    List<Double> shares = new ArrayList<>();
    List<Double> sizes = new ArrayList<>();
    for (int i = 0; i < errors.length; i++) {
      shares.add(PERCENT * (i + 1) / errors.length);
      sizes.add(errors[i]);
    }
    return List.of(new Sample.Series(ERROR_SERIES, shares, sizes));
  }

  private double[] errors() {
    double[] errors = new double[wire.size()];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.abs(reported.get(i) - wire.get(i)) / NANOS_PER_MICRO;
    }
    Arrays.sort(errors);
    return errors;
  }

  private static double[] sortedMicros(List<Long> nanos) {
    return nanos.stream().mapToDouble(value -> value / NANOS_PER_MICRO).sorted().toArray();
  }
}
