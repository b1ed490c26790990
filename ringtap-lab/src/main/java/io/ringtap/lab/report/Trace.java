package io.ringtap.lab.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The path of a line within a panel. Where more points than pixels lie side by side, each column
/// of pixels keeps its first, lowest, highest and last, so that no peak is lost and the page stays
/// small.
record Trace(Scale xScale, Scale yScale, double left, double right, double top, double bottom) {
  private record Point(double x, double y) {}

  /// What SVG calls path data. Points that a logarithmic axis does not have are left out.
  String data(Sample.Series series) {
    List<Point> points =
        IntStream.range(0, series.x().size())
            .filter(i -> !yScale.isLogarithmic() || series.y().get(i) > 0)
            .boxed()
            .sorted(Comparator.comparing(series.x()::get))
            .map(i -> place(series.x().get(i), series.y().get(i)))
            .toList();
    StringBuilder data = new StringBuilder();
    int from = 0;
    while (from < points.size()) {
      int to = from + 1;
      int column = (int) points.get(from).x();
      while (to < points.size() && (int) points.get(to).x() == column) {
        to++;
      }
      append(points.subList(from, to), data);
      from = to;
    }
    return data.toString();
  }

  private Point place(double x, double y) {
    return new Point(left + xScale.at(x) * (right - left), bottom - yScale.at(y) * (bottom - top));
  }

  private static void append(List<Point> column, StringBuilder data) {
    int last = column.size() - 1;
    IntStream.of(0, lowest(column), highest(column), last)
        .sorted()
        .distinct()
        .mapToObj(column::get)
        .forEach(point ->
            data.append(data.isEmpty() ? 'M' : 'L')
                .append(Svg.number(point.x()))
                .append(' ')
                .append(Svg.number(point.y())));
  }

  private static int lowest(List<Point> column) {
    return IntStream.range(0, column.size())
        .boxed()
        .min(Comparator.comparingDouble(i -> column.get(i).y()))
        .orElse(0);
  }

  private static int highest(List<Point> column) {
    return IntStream.range(0, column.size())
        .boxed()
        .max(Comparator.comparingDouble(i -> column.get(i).y()))
        .orElse(0);
  }
}
