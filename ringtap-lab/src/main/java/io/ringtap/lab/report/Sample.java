package io.ringtap.lab.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One run of one peer in one setting.
///
/// @param peer of [Report#peers]
/// @param setting what was varied, such as the phase or the number of threads, in words
/// @param run from 1
/// @param isWarmUp whether it is shown apart and left out of medians: a JVM's first seconds
/// @param values by the name of their metric; what could not be had is left out, and so is what is
///   no number, such as the mean of nothing
/// @param series values over time
/// @param failure why there are no values; null if the run went well
@JsonPropertyOrder({"peer", "setting", "run", "warm_up", "failure"})
public record Sample(
    String peer,
    String setting,
    int run,
    @JsonProperty("warm_up") boolean isWarmUp,
    Map<String, Double> values,
    List<Series> series,
    @JsonSetter(nulls = Nulls.SET) @Nullable String failure) {
  /// Keeps copies of the collections, the values in their order.
  ///
  /// @throws IllegalArgumentException if runs are not counted from 1
  public Sample {
    if (run < 1) {
      throw new IllegalArgumentException("runs are counted from 1, so not " + run);
    }
    Map<String, Double> finite = new LinkedHashMap<>(values);
    finite.values().removeIf(value -> !Double.isFinite(value));
    values = Collections.unmodifiableMap(finite);
    series = List.copyOf(series);
  }

  /// A run that gave no values.
  public static Sample failed(String peer, String setting, int run, String failure) {
    return new Sample(peer, setting, run, false, Map.of(), List.of(), failure);
  }

  /// The same run with other values.
  Sample with(Map<String, Double> others) {
    return new Sample(peer, setting, run, isWarmUp, others, series, failure);
  }

  /// A value over time, or over another one, such as the error over the quantile.
  ///
  /// @param name of the metric, or of what the picture shows
  /// @param x where the points lie
  /// @param y as many values; points that are no numbers are left out
  public record Series(String name, List<Double> x, List<Double> y) {
    /// Keeps copies of the lists.
    ///
    /// @throws IllegalArgumentException if there are not as many of the one as of the other
    public Series {
      if (x.size() != y.size()) {
        throw new IllegalArgumentException(x.size() + " places and " + y.size() + " values");
      }
      int[] finite = finite(x, y);
      List<Double> allX = x;
      List<Double> allY = y;
      x = Arrays.stream(finite).mapToObj(allX::get).toList();
      y = Arrays.stream(finite).mapToObj(allY::get).toList();
    }

    private static int[] finite(List<Double> x, List<Double> y) {
      return IntStream.range(0, x.size())
          .filter(i -> Double.isFinite(x.get(i)) && Double.isFinite(y.get(i)))
          .toArray();
    }
  }
}
