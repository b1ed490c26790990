package io.ringtap.lab.report;

import io.ringtap.lab.report.Svg.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lines over time or over quantiles: a panel for each setting, all with the same axes, and in it
/// one line for each peer, that of its middle run. A first run is a dashed line.
final class LineChart {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 330; // of a lone panel
  private static final int SMALL_HEIGHT = 280;
  private static final int HEADING = 26;
  private static final int BOTTOM = 44; // ticks and title of the axis
  private static final int LEGEND_ROW = 20;
  private static final int GAP = 8;
  private static final int MOST_MARKED = 40; // points of a line that are shown as such

  /// @param points of the middle run
  private record Line(String peer, boolean isWarmUp, Sample.Series points) {}

  /// @param failures one for each peer that failed
  private record Panel(String setting, List<Line> lines, List<String> failures) {}

  private final Chart chart;
  private final Palette palette;
  private final List<Panel> panels;
  private final Scale xScale;
  private final Scale yScale;
  private final double left;
  private final int panelWidth;
  private final int panelHeight;

  private LineChart(Chart chart, Palette palette, List<Panel> panels) {
    this.chart = chart;
    this.palette = palette;
    this.panels = panels;
    panelWidth = panels.size() == 1 ? WIDTH : WIDTH / 2;
    panelHeight = panels.size() == 1 ? HEIGHT : SMALL_HEIGHT;
    double[] x = points(panels).flatMapToDouble(LineChart::places).toArray();
    xScale = linear(x, panels.size() == 1 ? 10 : 5);
    yScale = yScale(points(panels).flatMapToDouble(LineChart::values).toArray());
    double longest =
        yScale.ticks().stream().mapToDouble(t -> Svg.width(yScale.label(t))).max().orElse(0);
    left = longest + 2 * GAP + 20;
  }

  /// The picture; empty if no sample has such a series.
  static Optional<String> draw(Chart chart, Findings findings, Palette palette) {
    List<String> settings = chart.settings().isEmpty() ? findings.settings() : chart.settings();
    List<Panel> panels = new ArrayList<>();
    for (String setting : settings) {
      List<Line> lines = new ArrayList<>();
      List<String> failures = new ArrayList<>();
      for (String peer : findings.peers()) {
        Runs runs = findings.runs(peer, setting);
        middle(runs.warmUps(), chart.name())
            .ifPresent(points -> lines.add(new Line(peer, true, points)));
        middle(runs.steady(), chart.name())
            .ifPresent(points -> lines.add(new Line(peer, false, points)));
        if (!runs.failed().isEmpty()) {
          failures.add(peer + " " + runs.failure());
        }
      }
      if (!lines.isEmpty() || !failures.isEmpty()) {
        panels.add(new Panel(setting, lines, failures));
      }
    }
    return panels.stream().allMatch(panel -> panel.lines().isEmpty())
        ? Optional.empty()
        : Optional.of(new LineChart(chart, palette, panels).draw());
  }

  /// Of the runs that have the series, the one whose mean is the middle one.
  private static Optional<Sample.Series> middle(List<Sample> runs, String name) {
    List<Sample.Series> found =
        runs.stream()
            .flatMap(run -> run.series().stream())
            .filter(series -> series.name().equals(name) && !series.x().isEmpty())
            .sorted(Comparator.comparingDouble(series -> values(series).average().orElse(0)))
            .toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get((found.size() - 1) / 2));
  }

  private static Stream<Sample.Series> points(List<Panel> panels) {
    return panels.stream().flatMap(panel -> panel.lines().stream()).map(Line::points);
  }

  private static DoubleStream places(Sample.Series series) {
    return series.x().stream().mapToDouble(Double::doubleValue);
  }

  private static DoubleStream values(Sample.Series series) {
    return series.y().stream().mapToDouble(Double::doubleValue);
  }

  private static Scale linear(double[] values, int ticks) {
    return Scale.linear(
        DoubleStream.of(values).min().orElse(0), DoubleStream.of(values).max().orElse(1), ticks);
  }

  private Scale yScale(double[] values) {
    double[] above0 = DoubleStream.of(values).filter(value -> value > 0).toArray();
    if (chart.isLogarithmic() && above0.length > 0) {
      return Scale.logarithmic(
          DoubleStream.of(above0).min().orElse(1), DoubleStream.of(above0).max().orElse(1));
    }
    return Scale.linear(
        Math.min(0, DoubleStream.of(values).min().orElse(0)),
        Math.max(0, DoubleStream.of(values).max().orElse(1)),
        5);
  }

  private String draw() {
    List<Line> entries = legend();
    int rows = layOut(entries, null);
    int legend = rows * LEGEND_ROW + GAP;
    int failureRows = panels.stream().mapToInt(panel -> panel.failures().size()).max().orElse(0);
    int heading = panels.stream().allMatch(p -> p.setting().isEmpty()) ? GAP : HEADING;
    int pitch = panelHeight + heading + failureRows * LEGEND_ROW;
    int panelRows = panels.size() == 1 ? 1 : (panels.size() + 1) / 2;
    Svg svg = new Svg(WIDTH, legend + panelRows * pitch, chart.title());
    layOut(entries, svg);
    for (int i = 0; i < panels.size(); i++) {
      double x = panels.size() == 1 ? 0 : i % 2 * panelWidth;
      double y = legend + (panels.size() == 1 ? 0 : i / 2) * (double) pitch;
      panel(svg, panels.get(i), x, y, y + heading + failureRows * LEGEND_ROW);
    }
    return svg.end();
  }

  /// A line of each kind.
  private List<Line> legend() {
    List<Line> entries = new ArrayList<>();
    panels.stream()
        .flatMap(panel -> panel.lines().stream())
        .filter(line ->
            entries.stream()
                .noneMatch(known ->
                    known.peer().equals(line.peer()) && known.isWarmUp() == line.isWarmUp()))
        .forEach(entries::add);
    return entries;
  }

  /// Draws the legend, or only counts its rows.
  private int layOut(List<Line> entries, @Nullable Svg svg) {
    double x = GAP;
    int row = 0;
    for (Line entry : entries) {
      String name = Svg.fitted(entry.peer(), WIDTH / 2.0) + (entry.isWarmUp() ? ", first run" : "");
      double width = 30 + Svg.width(name) + 2 * GAP;
      if (x + width > WIDTH && x > GAP) {
        x = GAP;
        row++;
      }
      if (svg != null) {
        double y = row * (double) LEGEND_ROW + 11;
        svg.line(style(entry), x, y, x + 22, y);
        svg.text("name", x + 28, y + 4, Anchor.START, name);
      }
      x += width;
    }
    return row + 1;
  }

  private String style(Line line) {
    return (line.isWarmUp() ? "line dashed " : "line ") + palette.style(line.peer());
  }

  private void panel(Svg svg, Panel panel, double x0, double y0, double top) {
    double bottom = top + panelHeight - BOTTOM;
    double from = x0 + left;
    double to = x0 + panelWidth - 2 * GAP;
    svg.text("group", from, y0 + 16, Anchor.START, Svg.fitted(panel.setting(), to - from));
    for (int i = 0; i < panel.failures().size(); i++) {
      double y = y0 + HEADING + i * (double) LEGEND_ROW + 10;
      svg.text("failed", from, y, Anchor.START, Svg.fitted(panel.failures().get(i), to - from));
    }
    for (double tick : yScale.ticks()) {
      double y = bottom - yScale.at(tick) * (bottom - top);
      svg.line("grid", from, y, to, y);
      svg.text("tick", from - GAP, y + 4, Anchor.END, yScale.label(tick));
    }
    for (double tick : xScale.ticks()) {
      double x = from + xScale.at(tick) * (to - from);
      svg.line("axis", x, bottom, x, bottom + 4);
      svg.text("tick", x, bottom + 18, Anchor.MIDDLE, xScale.label(tick));
    }
    svg.line("axis", from, bottom, to, bottom);
    svg.text("title", (from + to) / 2, bottom + 37, Anchor.MIDDLE, chart.xLabel());
    String kind = yScale.isLogarithmic() ? " (logarithmic)" : "";
    svg.uprightText("title", x0 + 14, (top + bottom) / 2, chart.yLabel() + kind);
    for (Line line : panel.lines()) {
      String data = new Trace(xScale, yScale, from, to, top, bottom).data(line.points());
      String tip = line.peer() + (line.isWarmUp() ? ", first run" : "");
      boolean isMarked = line.points().x().size() <= MOST_MARKED;
      svg.path(style(line) + (isMarked ? " marked" : ""), data, tip);
    }
  }
}
