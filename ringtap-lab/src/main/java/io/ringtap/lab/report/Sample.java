package io.ringtap.lab.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of one peer in one setting.
///
/// @param peer of [Report#peers]
/// @param setting what was varied, such as the phase or the number of threads, in words
/// @param run from 1
/// @param isWarmUp whether it is shown apart and left out of medians: a JVM's first seconds
/// @param values by the name of their metric; what could not be had is left out
/// @param series values over time
/// @param failure why there are no values; null if the run went well
public record Sample(
    String peer,
    String setting,
    int run,
    boolean isWarmUp,
    Map<String, Double> values,
    List<Series> series,
    @Nullable String failure) {
  /// Keeps copies of the collections.
  public Sample {
    values = Map.copyOf(values);
    series = List.copyOf(series);
  }

  /// A run that gave no values.
  public static Sample failed(String peer, String setting, int run, String failure) {
    return new Sample(peer, setting, run, false, Map.of(), List.of(), failure);
  }

  /// A value over time, or over another one, such as the error over the quantile.
  ///
  /// @param name of the metric, or of what the picture shows
  /// @param x where the points lie
  /// @param y as many values
  public record Series(String name, List<Double> x, List<Double> y) {
    /// Keeps copies of the lists.
    ///
    /// @throws IllegalArgumentException if there are not as many of the one as of the other
    public Series {
      x = List.copyOf(x);
      y = List.copyOf(y);
      if (x.size() != y.size()) {
        throw new IllegalArgumentException(x.size() + " places and " + y.size() + " values");
      }
    }
  }
}
