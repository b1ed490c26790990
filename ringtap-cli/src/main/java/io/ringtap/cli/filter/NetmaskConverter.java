package io.ringtap.cli.filter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads IPv4 netmasks, such as `255.255.255.0` and `/24`, as numbers in host order.
final class NetmaskConverter implements ITypeConverter<Integer> {
  private static final Pattern PREFIX = Pattern.compile("/(\\d{1,2})");
  private static final Pattern DOTTED =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

  @Override
  public Integer convert(String text) {
    Matcher prefix = PREFIX.matcher(text);
    if (prefix.matches() && Integer.parseInt(prefix.group(1)) <= Integer.SIZE) {
      int length = Integer.parseInt(prefix.group(1));
      return length == 0 ? 0 : -1 << (Integer.SIZE - length);
    }
    Matcher dotted = DOTTED.matcher(text);
    if (!dotted.matches()) {
      throw refused(text);
    }
    int mask = 0;
    for (int group = 1; group <= 4; group++) {
      int octet = Integer.parseInt(dotted.group(group));
      if (octet > 0xFF) {
        throw refused(text);
      }
      mask = mask << Byte.SIZE | octet;
    }
    if ((~mask & (~mask + 1)) != 0) {
      throw refused(text);
    }
    return mask;
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "'" + text + "' is no netmask, such as 255.255.255.0 or /24");
  }
}
