package io.ringtap.bench.filter;

import io.ringtap.packet.LinkType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A line of the list of filters that the system tests compare with libpcap.
record ListedFilter(LinkType linkType, String expression) {
  private static final String LIST = "/io/ringtap/system/filter/expressions.txt";
  private static final List<LinkType> LINK_TYPES =
      List.of(
          LinkType.ETHERNET,
          LinkType.RAW,
          LinkType.IPV4,
          LinkType.IPV6,
          LinkType.LINUX_SLL,
          LinkType.LINUX_SLL2,
          LinkType.NULL,
          LinkType.LOOP);

  static List<ListedFilter> all() throws IOException {
    InputStream list = ListedFilter.class.getResourceAsStream(LIST);
    if (list == null) {
      throw new IOException("the list of filters is not on the class path: " + LIST);
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(ListedFilter::parse)
          .toList();
    }
  }

  private static ListedFilter parse(String line) {
    int blank = line.indexOf(' ');
    return new ListedFilter(linkType(line.substring(0, blank)), line.substring(blank + 1));
  }

  private static LinkType linkType(String word) {
    return LINK_TYPES.stream()
        .filter(type -> type.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no link type " + word));
  }
}
