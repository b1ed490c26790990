package io.ringtap.fleet.job.message;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.IpRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A set of addresses as ranges: in order, IPv4 before IPv6, none touching the next. Immutable; two
/// are equal if they have the same addresses.
///
/// @param ranges of which it consists
public record RangeSet(List<IpRange> ranges) {
  /// No address.
  public static final RangeSet NONE = new RangeSet(List.of());

  /// Every address.
  public static final RangeSet ALL =
      new RangeSet(List.of(IpRange.parse("0.0.0.0/0"), IpRange.parse("::/0")));

  /// All addresses of some ranges, which may overlap.
  public static RangeSet of(List<IpRange> ranges) {
    List<IpRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparing(IpRange::first));
    List<IpRange> merged = new ArrayList<>();
    for (IpRange range : sorted) {
      IpRange before = merged.isEmpty() ? null : merged.getLast();
      if (before == null || !touches(before, range)) {
        merged.add(range);
      } else if (before.last().compareTo(range.last()) < 0) {
        merged.set(merged.size() - 1, new IpRange(before.first(), range.last()));
      }
    }
    return new RangeSet(List.copyOf(merged));
  }

  private static boolean touches(IpRange before, IpRange range) {
    return before.first().isIpv6() == range.first().isIpv6()
        && (before.last().compareTo(range.first()) >= 0
            || neighbor(before.last(), 1).equals(range.first()));
  }

  /// The address before or after one; not to be asked for at the end of the family.
  ///
  /// @param step 1 or -1
  private static IpAddress neighbor(IpAddress address, int step) {
    long low = address.low() + step;
    boolean isCarried = address.isIpv6() && low == (step > 0 ? 0 : -1);
    return new IpAddress(address.isIpv6(), isCarried ? address.high() + step : address.high(), low);
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /// The addresses that are in both.
  public RangeSet and(RangeSet other) {
    List<IpRange> common = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < ranges.size() && j < other.ranges.size()) {
      IpRange mine = ranges.get(i);
      IpRange its = other.ranges.get(j);
      IpAddress first = max(mine.first(), its.first());
      boolean endsBefore = mine.last().compareTo(its.last()) < 0;
      IpAddress last = endsBefore ? mine.last() : its.last();
      if (first.compareTo(last) <= 0) {
        common.add(new IpRange(first, last));
      }
      if (endsBefore) {
        i++;
      } else {
        j++;
      }
    }
    return new RangeSet(List.copyOf(common));
  }

  private static IpAddress max(IpAddress a, IpAddress b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /// The addresses that are not in it.
  public RangeSet complement() {
    List<IpRange> gaps = new ArrayList<>();
    for (IpRange all : ALL.ranges) {
      IpAddress from = all.first();
      boolean isMore = true;
      for (IpRange range : ranges) {
        if (range.first().isIpv6() == all.first().isIpv6()) {
          if (from.compareTo(range.first()) < 0) {
            gaps.add(new IpRange(from, neighbor(range.first(), -1)));
          }
          isMore = !range.last().equals(all.last());
          from = isMore ? neighbor(range.last(), 1) : from;
        }
      }
      if (isMore) {
        gaps.add(new IpRange(from, all.last()));
      }
    }
    return new RangeSet(List.copyOf(gaps));
  }

  /// The addresses that another set does not have.
  public RangeSet minus(RangeSet other) {
    return and(other.complement());
  }

  /// Whether another set has no address that this one lacks.
  public boolean hasAll(RangeSet other) {
    return other.minus(this).isEmpty();
  }

  /// The first so many of its ranges.
  public RangeSet first(int most) {
    return ranges.size() <= most ? this : new RangeSet(ranges.subList(0, most));
  }

  /// Its ranges in words.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (IpRange range : ranges) {
      text.append(text.isEmpty() ? "" : ", ").append(text(range));
    }
    return text.toString();
  }

  /// A range as an address, or as two with a hyphen; [IpRange#parse] reads it.
  public static String text(IpRange range) {
    return range.first().equals(range.last())
        ? range.first().toString()
        : range.first() + "-" + range.last();
  }
}
