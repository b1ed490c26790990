package io.ringtap.lab.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// A picture of a report's samples.
///
/// @param kind how it is drawn
/// @param title what it shows
/// @param name of the metric (bars) or of the series (lines) that is drawn
/// @param settings of the samples to draw, in order; empty for all
/// @param xLabel of what is varied, with its unit: the settings of bars, the horizontal axis of
///   lines
/// @param yLabel of the values, with their unit
/// @param isLogarithmic whether the axis of the values is
public record Chart(
    Kind kind,
    String title,
    String name,
    List<String> settings,
    String xLabel,
    String yLabel,
    @JsonProperty("logarithmic") boolean isLogarithmic) {
  /// Keeps a copy of the list.
  public Chart {
    settings = List.copyOf(settings);
  }

  /// How samples are drawn.
  public enum Kind {
    /// A group for each setting and a lying bar for each peer: the median, with the spread of the
    /// runs.
    BARS,
    /// A panel for each setting and a line for each peer: the run whose values lie in the middle.
    LINES
  }
}
