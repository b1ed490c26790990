package io.ringtap.lab.report;

import io.ringtap.lab.report.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Lying bars: one for each peer, in a group for each setting, with a whisker from the smallest to
/// the largest run and the median written after it. Names of any length fit, and no bar needs a
/// legend.
final class BarChart {
  private static final int WIDTH = 960;
  private static final int TOP = 6;
  private static final int BOTTOM = 44; // ticks and title of the axis
  private static final int HEADING = 26;
  private static final int ROW = 22;
  private static final int BAR = 14;
  private static final int WHISKER_END = 3;
  private static final int GAP = 8;
  private static final int MARK = 6; // half of a first run's mark, and a little room
  private static final int LONGEST_NAME = 330;
  private static final int TICKS = 6;

  /// First runs that are further off are given in words: the axis is for what lasts.
  private static final double FURTHEST_WARM_UP = 1.5;

  /// @param heading of the group that begins here; empty within one
  private record Bar(String heading, String name, String peer, String setting, Runs runs) {}

  private final Chart chart;
  private final Report.Metric metric;
  private final Palette palette;
  private final List<Bar> bars;
  private final double left;
  private final double right;
  private final Scale scale;

  private BarChart(Chart chart, Report.Metric metric, Palette palette, List<Bar> bars) {
    this.chart = chart;
    this.metric = metric;
    this.palette = palette;
    this.bars = bars;
    double longest = bars.stream().mapToDouble(bar -> Svg.width(bar.name())).max().orElse(0);
    left = Math.min(longest, LONGEST_NAME) + 2 * GAP;
    double words =
        bars.stream()
            .filter(bar -> !bar.runs().steady().isEmpty())
            .mapToDouble(bar -> Svg.width(words(bar)))
            .max()
            .orElse(0);
    right = Math.min(words, WIDTH / 3.0) + 3 * GAP;
    scale = scale();
  }

  /// The picture; empty if there is nothing to draw.
  static Optional<String> draw(
      Chart chart, Report.Metric metric, Findings findings, Palette palette) {
    List<String> settings = chart.settings().isEmpty() ? findings.settings() : chart.settings();
    boolean isOnePeer = findings.peers().size() == 1;
    List<Bar> bars = new ArrayList<>();
    for (String setting : settings) {
      String heading = isOnePeer || settings.size() == 1 ? "" : setting;
      for (String peer : findings.peers()) {
        Runs runs = findings.runs(peer, setting);
        boolean isMeasured =
            runs.steady(metric.name()).isPresent() || runs.warmUp(metric.name()).isPresent();
        if (isMeasured || !runs.failed().isEmpty()) {
          bars.add(new Bar(heading, isOnePeer ? setting : peer, peer, setting, runs));
          heading = "";
        }
      }
    }
    return bars.isEmpty()
        ? Optional.empty()
        : Optional.of(new BarChart(chart, metric, palette, bars).draw());
  }

  private Scale scale() {
    double[] ends =
        bars.stream()
            .flatMap(bar -> bar.runs().steady(metric.name()).stream())
            .flatMapToDouble(spread -> DoubleStream.of(spread.smallest(), spread.largest()))
            .toArray();
    double largest = DoubleStream.of(ends).max().orElse(0);
    double[] warmUps =
        warmUps()
            .filter(value -> ends.length == 0 || value <= largest * FURTHEST_WARM_UP)
            .toArray();
    double[] shown = DoubleStream.concat(DoubleStream.of(ends), DoubleStream.of(warmUps)).toArray();
    double high = DoubleStream.of(shown).max().orElse(1);
    Optional<Double> above0 =
        DoubleStream.of(shown).filter(value -> value > 0).boxed().min(Double::compare);
    if (chart.isLogarithmic() && above0.isPresent()) {
      // The shortest bar has to be seen, too.
      return Scale.logarithmic(above0.get() / 1.2, high);
    }
    double low = DoubleStream.of(shown).min().orElse(0);
    return Scale.linear(Math.min(0, low), Math.max(0, high), TICKS);
  }

  private DoubleStream warmUps() {
    return bars.stream()
        .flatMap(bar -> bar.runs().warmUp(metric.name()).stream())
        .mapToDouble(Spread::median);
  }

  private String draw() {
    int height =
        TOP
            + bars.size() * ROW
            + (int) bars.stream().filter(bar -> !bar.heading().isEmpty()).count() * HEADING
            + BOTTOM;
    Svg svg = new Svg(WIDTH, height, chart.title());
    axis(svg, height - BOTTOM);
    double y = TOP;
    for (Bar bar : bars) {
      if (!bar.heading().isEmpty()) {
        svg.text("group", GAP, y + HEADING - 9, Anchor.START, Svg.fitted(bar.heading(), WIDTH));
        y += HEADING;
      }
      bar(svg, bar, y);
      y += ROW;
    }
    return svg.end();
  }

  private void axis(Svg svg, double bottom) {
    for (double tick : scale.ticks()) {
      svg.line("grid", x(tick), TOP, x(tick), bottom);
      svg.text("tick", x(tick), bottom + 16, Anchor.MIDDLE, scale.label(tick));
    }
    double base = scale.isLogarithmic() ? left : x(0);
    svg.line("axis", base, TOP, base, bottom);
    String kind = scale.isLogarithmic() ? " (logarithmic)" : "";
    svg.text(
        "title", (left + WIDTH - right) / 2, bottom + 36, Anchor.MIDDLE, chart.yLabel() + kind);
    if (bars.stream().anyMatch(bar -> !bar.heading().isEmpty()) || isOfSettings()) {
      svg.text("title", GAP, bottom + 36, Anchor.START, Svg.fitted(chart.xLabel(), left));
    }
  }

  private boolean isOfSettings() {
    return bars.stream().anyMatch(bar -> !bar.name().equals(bar.peer()));
  }

  private void bar(Svg svg, Bar bar, double y) {
    double middle = y + ROW / 2.0;
    String style = palette.style(bar.peer());
    svg.text(
        "name",
        left - GAP,
        middle + 4,
        Anchor.END,
        Svg.fitted(bar.name(), Math.min(LONGEST_NAME, left - GAP)));
    Optional<Spread> steady = bar.runs().steady(metric.name());
    double base = scale.isLogarithmic() ? left : x(0);
    double end = base;
    if (steady.isPresent()) {
      Spread spread = steady.get();
      double x = x(spread.median());
      svg.bar(
          "fill " + style,
          Math.min(base, x),
          middle - BAR / 2.0,
          Math.abs(x - base),
          BAR,
          bar.peer() + ", " + bar.setting() + ": " + words(bar));
      end = Math.max(base, x);
      if (spread.runs() > 1) {
        whisker(svg, spread, middle);
        end = Math.max(end, x(spread.largest()));
      }
    }
    words(svg, bar, end + GAP, middle);
  }

  private boolean isOnScale(double value) {
    return value >= scale.low() && value <= scale.high();
  }

  private void whisker(Svg svg, Spread spread, double middle) {
    double from = x(spread.smallest());
    double to = x(spread.largest());
    svg.line("whisker", from, middle, to, middle);
    svg.line("whisker", from, middle - WHISKER_END, from, middle + WHISKER_END);
    svg.line("whisker", to, middle - WHISKER_END, to, middle + WHISKER_END);
  }

  private static String diamond(double x, double y) {
    return "M" + Svg.number(x - 5) + " " + Svg.number(y) + "l5 -5l5 5l-5 5z";
  }

  /// The median stands after its bar, and what the first run gave after its mark if there is one,
  /// and after the median otherwise.
  private void words(Svg svg, Bar bar, double from, double middle) {
    Optional<Double> mark =
        bar.runs().warmUp(metric.name()).map(Spread::median).filter(this::isOnScale).map(this::x);
    String value = value(bar);
    double x = from;
    double end = x + Svg.boldWidth(value) + GAP;
    if (mark.isPresent()) {
      // Not over the median: that makes room for a mark within or close after the bar.
      if (mark.get() + MARK > x && mark.get() - MARK < end) {
        x = mark.get() + MARK + GAP / 2.0;
        end = x + Svg.boldWidth(value) + GAP;
      } else if (mark.get() > x) {
        end = mark.get() + MARK + GAP / 2.0;
      }
      svg.path("warm " + palette.style(bar.peer()), diamond(mark.get(), middle), words(bar));
    }
    if (value.isEmpty()) {
      end = mark.isPresent() ? end : from;
    } else {
      svg.text("value", x, middle + 4, Anchor.START, value);
    }
    String rest = Svg.fitted(rest(bar), WIDTH - end);
    if (!rest.isEmpty()) {
      String style = bar.runs().failed().isEmpty() ? "first" : "failed";
      svg.text(style, end, middle + 4, Anchor.START, rest);
    }
  }

  private String words(Bar bar) {
    String value = value(bar);
    String rest = rest(bar);
    return value + (value.isEmpty() || rest.isEmpty() ? "" : " ") + rest;
  }

  private String value(Bar bar) {
    return bar.runs()
        .steady(metric.name())
        .map(spread -> NumberText.of(spread.median(), metric))
        .orElse("");
  }

  /// What the first run gave, and what failed: why, if nothing else is told, and the table tells it
  /// always.
  private String rest(Bar bar) {
    Runs runs = bar.runs();
    String first =
        runs.warmUp(metric.name())
            .map(spread -> runs.firstRun() + " " + NumberText.of(spread.median(), metric))
            .orElse("");
    String failed =
        runs.steady().isEmpty() || runs.failed().isEmpty()
            ? runs.failure()
            : runs.failed().size() + " of " + NumberText.runs(runs.tried()) + " failed";
    return String.join("; ", Stream.of(first, failed).filter(text -> !text.isEmpty()).toList());
  }

  private double x(double value) {
    return left + scale.at(value) * (WIDTH - left - right);
  }
}
