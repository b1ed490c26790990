package io.ringtap.cli.argument;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads rates as `500`, `10k` or `1.5M`; 0 is no limit.
public final class RateConverter implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    BigDecimal rate = Numbers.decimal(text);
    if (rate == null || rate.signum() < 0) {
      throw new TypeConversionException(
          "'" + text + "' is not a rate, such as 500, 10k or 1M, or 0 for no limit");
    }
    return rate.doubleValue();
  }
}
