package io.ringtap.fleet.agent;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Which addresses an agent may probe, whatever the topic of targets says.
///
/// @param ranges all addresses that it may
public record AllowList(List<IpRange> ranges) implements Predicate<IpAddress> {
  /// The word for all addresses.
  public static final String ANY = "any";

  private static final List<IpRange> ALL =
      List.of(IpRange.parse("0.0.0.0/0"), IpRange.parse("::/0"));

  /// Reads entries: addresses, prefixes, ranges, or `any`.
  ///
  /// @throws IllegalArgumentException if one is none of these; the message is one line
  public static AllowList parse(List<String> entries) {
    List<IpRange> ranges = new ArrayList<>();
    for (String entry : entries) {
      ranges.addAll(entry.equals(ANY) ? ALL : List.of(range(entry)));
    }
    return new AllowList(List.copyOf(ranges));
  }

  private static IpRange range(String entry) {
    try {
      return IpRange.parse(entry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no address, prefix (10.0.0.0/8) or range (10.0.0.1-10.0.0.9), nor 'any'"
              .formatted(entry),
          e);
    }
  }

  /// Reads a file with any number of entries on a line; `#` begins a comment.
  ///
  /// @throws IllegalArgumentException if something in it is wrong; the message has its line
  /// @throws IOException if it cannot be read
  public static AllowList read(Path file) throws IOException {
    List<IpRange> ranges = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      int comment = line.indexOf('#');
      String text = (comment < 0 ? line : line.substring(0, comment)).strip();
      try {
        ranges.addAll(parse(text.isEmpty() ? List.of() : List.of(text.split("\\s+"))).ranges);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
      }
    }
    return new AllowList(List.copyOf(ranges));
  }

  /// What this or another one allows.
  public AllowList or(AllowList other) {
    List<IpRange> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return new AllowList(List.copyOf(all));
  }

  @Override
  public boolean test(IpAddress address) {
    for (IpRange range : ranges) {
      if (range.first().isIpv6() == address.isIpv6()
          && range.first().compareTo(address) <= 0
          && range.last().compareTo(address) >= 0) {
        return true;
      }
    }
    return false;
  }
}
