package io.ringtap.cli.argument;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `-B`: an amount of memory, as a bare number of KiB as tcpdump has it, or as `512K`, `64M`, `1G`.
public final class MemoryConverter implements ITypeConverter<Long> {
  private static final long MAX = 1L << 40;

  @Override
  public Long convert(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    int shift =
        switch (text.substring(digits)) {
          case "", "K", "k", "KiB" -> 10;
          case "M", "m", "MiB" -> 20;
          case "G", "g", "GiB" -> 30;
          default -> 0;
        };
    try {
      long bytes = Math.multiplyExact(Long.parseLong(text.substring(0, digits)), 1L << shift);
      if (shift > 0 && bytes > 0 && bytes <= MAX) {
        return bytes;
      }
    } catch (ArithmeticException | NumberFormatException _) {
      // the message below says what is understood
    }
    throw new TypeConversionException(
        "'" + text + "' is not an amount of memory, such as 4096 (KiB), 64M or 1G");
  }
}
