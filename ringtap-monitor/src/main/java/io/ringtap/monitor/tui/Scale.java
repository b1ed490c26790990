package io.ringtap.monitor.tui;

/// The axis of a plot's round-trip times, with round numbers at its lines.
///
/// @param bottom the lowest, in nanoseconds
/// @param top the highest
/// @param step from one labelled line to the next
record Scale(double bottom, double top, double step) {
  private static final double[] ROUND = {1, 2, 2.5, 5, 10};
  private static final double ZERO_UP_TO = 0.6;

  /// An axis for some round-trip times. It begins at zero, unless that would leave more than half
  /// of it empty.
  ///
  /// @param labels how many lines may be labelled, 1 or more
  static Scale of(long lowest, long highest, int labels) {
    double low = lowest < ZERO_UP_TO * highest ? 0 : lowest;
    double length = Math.max(highest - low, 0.02 * highest);
    double step = roundUp(length / labels);
    double bottom = Math.floor(low / step) * step;
    double top = bottom + step * Math.ceil((highest - bottom) / step + 0.05);
    return new Scale(bottom, Math.max(top, bottom + step), step);
  }

  private static double roundUp(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1))));
    for (double round : ROUND) {
      if (round * power >= value) {
        return round * power;
      }
    }
    return 10 * power;
  }

  /// The round-trip time at the lower edge of a row.
  ///
  /// @param row from the bottom, 0 on
  double at(int row, int rows) {
    return bottom + (top - bottom) * row / rows;
  }

  /// The labelled value that lies in a row; NaN if none does.
  double labelIn(int row, int rows) {
    double from = at(row, rows);
    double to = at(row + 1, rows);
    double label = Math.ceil(from / step - 1e-9) * step;
    return label < to - 1e-9 * step ? label : Double.NaN;
  }
}
