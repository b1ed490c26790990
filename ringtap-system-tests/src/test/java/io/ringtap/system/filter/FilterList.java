package io.ringtap.system.filter;

import io.ringtap.packet.LinkType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The lists of filters that lie beside these tests, a link type and an expression on each line.
final class FilterList {
  private static final String REASON = " // ";
  private static final Map<String, LinkType> LINK_TYPES =
      Stream.of(
              LinkType.ETHERNET,
              LinkType.RAW,
              LinkType.IPV4,
              LinkType.IPV6,
              LinkType.LINUX_SLL,
              LinkType.LINUX_SLL2,
              LinkType.NULL,
              LinkType.LOOP)
          .collect(Collectors.toMap(LinkType::word, Function.identity()));

  /// @param reason why the line stands there; empty if the list is not one of exceptions
  record Line(LinkType linkType, String expression, String reason) {
    boolean isSameFilter(Line other) {
      return linkType.equals(other.linkType) && expression.equals(other.expression);
    }

    @Override
    public String toString() {
      return linkType.word() + " " + expression;
    }
  }

  private FilterList() {}

  /// The filters whose programs are compared.
  static List<Line> expressions() {
    return read("expressions.txt");
  }

  /// Those of them whose program may be longer than libpcap's, with the reason.
  static List<Line> longer() {
    return read("longer.txt");
  }

  private static List<Line> read(String name) {
    try (InputStream list = FilterList.class.getResourceAsStream(name)) {
      if (list == null) {
        throw new IOException("there is no " + name);
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(FilterList::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Line parse(String line) {
    int blank = line.indexOf(' ');
    int reason = line.indexOf(REASON);
    int end = reason < 0 ? line.length() : reason;
    LinkType linkType = LINK_TYPES.get(line.substring(0, blank));
    if (linkType == null) {
      throw new IllegalArgumentException("no link type at the start of: " + line);
    }
    return new Line(
        linkType,
        line.substring(blank + 1, end),
        reason < 0 ? "" : line.substring(reason + REASON.length()));
  }
}
