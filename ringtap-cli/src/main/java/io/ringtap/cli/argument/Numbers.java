package io.ringtap.cli.argument;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Numbers as users write them: `500`, `10k`, `1.5M`, `4G`. A suffix is a power of a thousand, in
/// either case. Whole numbers may also be hexadecimal, after `0x`.
public final class Numbers {
  private static final int LONGEST = 40; // characters: no number that is taken needs more

  private Numbers() {}

  /// Reads whole numbers within a range. An option has a subclass of its own, without arguments, as
  /// picocli needs it.
  public abstract static class InRange implements ITypeConverter<Integer> {
    private final long min;
    private final long max;

    /// @param max at most 32 bits without sign, of which the converted number has the bits
    protected InRange(long min, long max) {
      this.min = min;
      this.max = max;
    }

    @Override
    public final Integer convert(String text) {
      return (int) whole(text, min, max);
    }
  }

  /// Reads a TTL or hop limit.
  public static final class HopLimit extends InRange {
    HopLimit() {
      super(1, 255);
    }
  }

  /// Reads a TOS or traffic class.
  public static final class TrafficClass extends InRange {
    TrafficClass() {
      super(0, 255);
    }
  }

  /// Reads rates as `500`, `10k` or `1.5M`; 0 is no limit.
  public static final class Rate implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      BigDecimal rate = decimal(text);
      if (rate == null || rate.signum() < 0) {
        throw new TypeConversionException(
            "'" + text + "' is not a rate, such as 500, 10k or 1M, or 0 for no limit");
      }
      return rate.doubleValue();
    }
  }

  /// Has all options and parameters of type `int`, `long` and `Double` take numbers in these forms.
  /// To be called when the subcommands are there.
  public static void register(CommandLine command) {
    command.registerConverter(int.class, Numbers::wholeInt);
    command.registerConverter(Integer.class, Numbers::wholeInt);
    command.registerConverter(long.class, Numbers::wholeLong);
    command.registerConverter(Long.class, Numbers::wholeLong);
    command.registerConverter(Double.class, Numbers::number);
  }

  /// A whole number of 32 bits.
  ///
  /// @throws TypeConversionException if it is not one
  public static int wholeInt(String text) {
    return (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "");
  }

  private static Double number(String text) {
    BigDecimal number = decimal(text);
    if (number == null) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
    return number.doubleValue();
  }

  private static long wholeLong(String text) {
    return whole(text, Long.MIN_VALUE, Long.MAX_VALUE, "");
  }

  /// A whole number from `min` to `max`.
  ///
  /// @throws TypeConversionException if it is not a number
  public static long whole(String text, long min, long max) {
    return whole(text, min, max, " from " + min + " to " + max);
  }

  private static long whole(String text, long min, long max, String range) {
    BigInteger number = isHexadecimal(text) ? hexadecimal(text) : integer(decimal(text));
    if (number == null
        || number.compareTo(BigInteger.valueOf(min)) < 0
        || number.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new TypeConversionException("'" + text + "' is not a whole number" + range);
    }
    return number.longValue();
  }

  private static boolean isHexadecimal(String text) {
    return text.startsWith("0x") || text.startsWith("0X");
  }

  private static @Nullable BigInteger hexadecimal(String text) {
    return text.length() <= LONGEST && text.matches("0[xX]\\p{XDigit}+")
        ? new BigInteger(text.substring(2), 16)
        : null;
  }

  private static @Nullable BigInteger integer(@Nullable BigDecimal number) {
    return number != null && number.stripTrailingZeros().scale() <= 0
        ? number.toBigInteger()
        : null;
  }

  /// A number, possibly with a fraction; null if it is not a number.
  static @Nullable BigDecimal decimal(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    int end = text.length();
    int power =
        switch (text.charAt(end - 1)) {
          case 'k', 'K' -> 3;
          case 'm', 'M' -> 6;
          case 'g', 'G' -> 9;
          default -> 0;
        };
    String digits = power == 0 ? text : text.substring(0, end - 1);
    return digits.matches("-?(\\d+\\.?\\d*|\\.\\d+)")
        ? new BigDecimal(digits).scaleByPowerOfTen(power)
        : null;
  }
}
