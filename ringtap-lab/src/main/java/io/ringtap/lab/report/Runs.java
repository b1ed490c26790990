package io.ringtap.lab.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The runs of a peer in a setting.
///
/// @param steady those that went well and count
/// @param warmUps those that went well and are shown apart
/// @param failed those that gave no values
record Runs(List<Sample> steady, List<Sample> warmUps, List<Sample> failed) {
  static Runs of(List<Sample> samples) {
    return new Runs(
        samples.stream().filter(run -> run.failure() == null && !run.isWarmUp()).toList(),
        samples.stream().filter(run -> run.failure() == null && run.isWarmUp()).toList(),
        samples.stream().filter(run -> run.failure() != null).toList());
  }

  boolean isEmpty() {
    return steady.isEmpty() && warmUps.isEmpty() && failed.isEmpty();
  }

  /// Runs that count, or would have counted.
  int tried() {
    return steady.size() + failed.size();
  }

  Optional<Spread> steady(String metric) {
    return spread(steady, metric);
  }

  Optional<Spread> warmUp(String metric) {
    return spread(warmUps, metric);
  }

  private static Optional<Spread> spread(List<Sample> samples, String metric) {
    List<Double> values =
        samples.stream()
            .filter(sample -> sample.values().containsKey(metric))
            .map(sample -> sample.values().get(metric))
            .toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
  }

  /// What those are called that are shown apart.
  String firstRun() {
    return warmUps.size() == 1 ? "first run" : "first runs";
  }

  /// `failed: no reply, 1 of 3 runs`; empty if none did.
  String failure() {
    if (failed.isEmpty()) {
      return "";
    }
    String reasons =
        failed.stream()
            .map(sample -> String.valueOf(sample.failure()))
            .distinct()
            .collect(Collectors.joining("; "));
    return "failed: " + reasons + ", " + failed.size() + " of " + NumberText.runs(tried());
  }
}
