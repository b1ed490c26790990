package io.ringtap.cli.filter;

import io.ringtap.packet.LinkType;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads link types: by the name that `tcpdump -L` prints, in any case, or by number.
final class LinkTypeConverter implements ITypeConverter<LinkType> {
  private static final int MAX = 0xFFFF;
  private static final List<LinkType> NAMED =
      List.of(
          LinkType.ETHERNET,
          LinkType.RAW,
          LinkType.LINUX_SLL,
          LinkType.LINUX_SLL2,
          LinkType.NULL,
          LinkType.LOOP,
          LinkType.IPV4,
          LinkType.IPV6);

  @Override
  public LinkType convert(String text) {
    for (LinkType one : NAMED) {
      if (one.word().equalsIgnoreCase(text)) {
        return one;
      }
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= MAX) {
        return new LinkType(number);
      }
    } catch (NumberFormatException e) {
      // It is neither, as is said below.
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is not "
            + NAMED.stream().map(LinkType::word).collect(Collectors.joining(", "))
            + ", or a number");
  }
}
