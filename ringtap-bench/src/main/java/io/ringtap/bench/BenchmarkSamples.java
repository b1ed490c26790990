package io.ringtap.bench;

import io.ringtap.lab.report.Report;
import io.ringtap.lab.report.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/// Converts JMH results to samples: each iteration is a run of the peer `ringtap`, and each
/// function with its parameters is a setting.
final class BenchmarkSamples {
  static final String PEER = "ringtap";
  static final Report.Metric TIME =
      new Report.Metric("time_ns_per_op", "time", "ns/op", 1, Report.Better.LOWER);
  static final Report.Metric ALLOCATED =
      new Report.Metric("allocated_bytes_per_op", "allocated", "B/op", 1, Report.Better.LOWER);

  private static final String ALLOCATION_RATE = "gc.alloc.rate.norm"; // of JMH's profiler "gc"

  private BenchmarkSamples() {}

  /// @param warmUps the number of warm-up iterations of each fork, which are shown separately
  static List<Sample> of(RunResult result, int warmUps) {
    List<Sample> samples = new ArrayList<>();
    String setting = setting(result.getParams());
    int run = 0;
    int warm = 0;
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      int iteration = 0;
      for (IterationResult one : fork.getIterationResults()) {
        boolean isWarmUp = iteration++ < warmUps;
        samples.add(
            new Sample(
                PEER, setting, isWarmUp ? ++warm : ++run, isWarmUp, values(one), List.of(), null));
      }
    }
    return samples;
  }

  private static Map<String, Double> values(IterationResult iteration) {
    Map<String, Double> values = new HashMap<>();
    values.put(TIME.name(), iteration.getPrimaryResult().getScore());
    iteration
        .getSecondaryResults()
        .forEach((name, result) -> {
          if (name.endsWith(ALLOCATION_RATE)) {
            values.put(ALLOCATED.name(), result.getScore());
          }
        });
    return values;
  }

  /// `Checksum.checksum, bytes 64`.
  private static String setting(BenchmarkParams params) {
    StringBuilder setting = new StringBuilder(function(params.getBenchmark()));
    for (String key : new TreeSet<>(params.getParamsKeys())) {
      setting.append(", ").append(key).append(' ').append(params.getParam(key));
    }
    return setting.toString();
  }

  /// `Checksum.checksum` of `io.ringtap.bench.ChecksumBenchmark.checksum`.
  static String function(String benchmark) {
    String[] names = benchmark.split("\\.");
    String type = names[names.length - 2];
    return type.replaceFirst("Benchmark$", "") + "." + names[names.length - 1];
  }
}
