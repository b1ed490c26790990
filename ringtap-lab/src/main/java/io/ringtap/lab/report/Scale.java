package io.ringtap.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// An axis of values: where each lies between its two ends, and where it is marked.
final class Scale {
  private static final int MOST_DECADES = 8; // that are all marked
  private static final double[] STEPS = {1, 2, 5, 10};

  private final double low;
  private final double high;
  private final boolean isLogarithmic;
  private final List<Double> ticks;
  private final int decimals;

  private Scale(double low, double high, boolean isLogarithmic, List<Double> ticks, int decimals) {
    this.low = low;
    this.high = high;
    this.isLogarithmic = isLogarithmic;
    this.ticks = List.copyOf(ticks);
    this.decimals = decimals;
  }

  /// An axis that reaches from the tick below the smallest value to the tick above the largest.
  ///
  /// @param about how many ticks it has
  static Scale linear(double smallest, double largest, int about) {
    // Far from it a double has no room for steps between two values.
    double reach = Math.max(Math.abs(smallest), Math.abs(largest));
    double range = Math.max(largest - smallest, reach == 0 ? 1 : reach * 1e-9);
    double step = step(range / about);
    long first = (long) Math.floor(smallest / step + 1e-9);
    long last = Math.max((long) Math.ceil(largest / step - 1e-9), first + 1);
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    return new Scale(first * step, last * step, false, ticks, decimals);
  }

  /// The smallest of 1, 2, 5 times a power of ten that is no smaller.
  private static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    return DoubleStream.of(STEPS)
            .filter(step -> step * power >= rough * (1 - 1e-9))
            .findFirst()
            .orElse(10)
        * power;
  }

  /// An axis of whole decades.
  ///
  /// @param smallest above 0
  static Scale logarithmic(double smallest, double largest) {
    int first = (int) Math.floor(Math.log10(smallest) + 1e-9);
    int last = Math.max((int) Math.ceil(Math.log10(largest) - 1e-9), first + 1);
    int stride = (last - first + MOST_DECADES - 1) / MOST_DECADES;
    List<Double> ticks = new ArrayList<>();
    for (int i = first; i <= last; i += stride) {
      for (double step : last - first <= 2 ? new double[] {1, 2, 5} : new double[] {1}) {
        if (i < last || step == 1) {
          ticks.add(power(i) * step);
        }
      }
    }
    return new Scale(power(first), power(last), true, ticks, Math.max(0, -first));
  }

  /// Exact where a double is: `Math.pow(10, -5)` is not the double next to 0.00001.
  private static double power(int exponent) {
    return Double.parseDouble("1e" + exponent);
  }

  boolean isLogarithmic() {
    return isLogarithmic;
  }

  double low() {
    return low;
  }

  double high() {
    return high;
  }

  List<Double> ticks() {
    return ticks;
  }

  /// Where a value lies: 0 at the lower end, 1 at the upper. A value beyond an end lies at the end.
  double at(double value) {
    double clamped = Math.clamp(value, low, high);
    return isLogarithmic
        ? Math.log(clamped / low) / Math.log(high / low)
        : (clamped - low) / (high - low);
  }

  String label(double tick) {
    int needed = isLogarithmic ? Math.max(0, (int) -Math.floor(Math.log10(tick) + 1e-9)) : decimals;
    return NumberText.of(tick, needed);
  }
}
