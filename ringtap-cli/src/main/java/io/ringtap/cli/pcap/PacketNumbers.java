package io.ringtap.cli.pcap;

import io.ringtap.cli.run.BadArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A choice of packets by their numbers in a file, from 1: `1-100,205,300-`.
final class PacketNumbers {
  static final PacketNumbers ALL = new PacketNumbers(List.of(new Range(1, Long.MAX_VALUE)));

  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:(-)(\\d{1,18})?)?");

  private record Range(long first, long last) {}

  private final List<Range> ranges;

  private PacketNumbers(List<Range> ranges) {
    this.ranges = ranges;
  }

  /// Reads ranges.
  ///
  /// @throws BadArgument if they are none
  static PacketNumbers parse(String text) throws BadArgument {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      if (!range.matches()) {
        throw refused(part);
      }
      long first = Long.parseLong(range.group(1));
      String end = range.group(3);
      long last = range.group(2) == null ? first : Long.MAX_VALUE;
      last = end == null ? last : Long.parseLong(end);
      if (first < 1 || last < first) {
        throw refused(part);
      }
      ranges.add(new Range(first, last));
    }
    return new PacketNumbers(ranges);
  }

  private static BadArgument refused(String part) {
    return new BadArgument(
        "'" + part + "' is not a range of packet numbers, such as 7, 1-100 or 300-");
  }

  boolean has(long number) {
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      if (number >= range.first() && number <= range.last()) {
        return true;
      }
    }
    return false;
  }
}
