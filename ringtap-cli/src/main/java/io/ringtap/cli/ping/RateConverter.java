package io.ringtap.cli.ping;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads rates in probes a second as `500`, `10k` or `1.5M`; 0 is no limit.
final class RateConverter implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    int end = 0;
    while (end < text.length()
        && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    double factor =
        switch (text.substring(end)) {
          case "" -> 1;
          case "k", "K" -> 1e3;
          case "m", "M" -> 1e6;
          default -> 0;
        };
    if (factor == 0 || end == 0) {
      throw refused(text);
    }
    try {
      return Double.parseDouble(text.substring(0, end)) * factor;
    } catch (NumberFormatException e) {
      throw refused(text);
    }
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "'" + text + "' is not a rate, such as 500, 10k or 1M probes a second, or 0 for no limit");
  }
}
