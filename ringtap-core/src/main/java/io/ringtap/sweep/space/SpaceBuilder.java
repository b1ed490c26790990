package io.ringtap.sweep.space;

import io.ringtap.packet.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Gathers what a space consists of. What is added several times is in it once, and what is
/// excluded is not, in whatever order that is said.
public final class SpaceBuilder {
  private static final long ALL_ONES = -1;

  /// All addresses with high bits in one range and low bits in another one, as numbers without
  /// sign.
  private record Area(long high, long highLast, long low, long lowLast, boolean isExcluded) {}

  /// Values of the low bits.
  private record Span(long first, long last) {}

  private final List<Area> ipv4 = new ArrayList<>();
  private final List<Area> ipv6 = new ArrayList<>();

  SpaceBuilder() {}

  /// Adds all addresses of a range.
  public SpaceBuilder add(IpRange range) {
    put(range, false);
    return this;
  }

  /// Adds certain addresses of each network with 64 bits (`/64`) in a prefix.
  ///
  /// @param prefix of IPv6, with 64 bits at the most
  /// @throws IllegalArgumentException if it is something else
  public SpaceBuilder add(IpRange prefix, InterfaceIds ids) {
    if (!prefix.first().isIpv6() || prefix.first().low() != 0 || prefix.last().low() != ALL_ONES) {
      throw new IllegalArgumentException(
          "patterns of interface identifiers are for IPv6 prefixes of 64 bits at the most");
    }
    ipv6.add(new Area(prefix.first().high(), prefix.last().high(), ids.first(), ids.last(), false));
    return this;
  }

  /// Excludes all addresses of a range.
  public SpaceBuilder exclude(IpRange range) {
    put(range, true);
    return this;
  }

  private void put(IpRange range, boolean isExcluded) {
    List<Area> areas = range.first().isIpv6() ? ipv6 : ipv4;
    long high = range.first().high();
    long highLast = range.last().high();
    long low = range.first().low();
    long lowLast = range.last().low();
    if (high != highLast && low != 0) {
      areas.add(new Area(high, high, low, ALL_ONES, isExcluded));
      high++;
      low = 0;
    }
    if (high != highLast && lowLast != ALL_ONES) {
      areas.add(new Area(highLast, highLast, 0, lowLast, isExcluded));
      highLast--;
      lowLast = ALL_ONES;
    }
    areas.add(new Area(high, highLast, low, lowLast, isExcluded));
  }

  /// Makes the space. It may be empty.
  ///
  /// @throws IllegalArgumentException if it has more than 2⁶² addresses
  public AddressSpace build() {
    BlockList blocks = new BlockList();
    cut(ipv4, blocks);
    blocks.endIpv4();
    cut(ipv6, blocks);
    return new AddressSpace(blocks);
  }

  /// Cuts the areas into strips, so that each of them is in a strip with all of its high bits or
  /// not at all.
  private void cut(List<Area> areas, BlockList blocks) {
    TreeSet<Long> cuts = new TreeSet<>(Long::compareUnsigned);
    for (Area area : areas) {
      cuts.add(area.high);
      if (area.highLast != ALL_ONES) {
        cuts.add(area.highLast + 1);
      }
    }
    List<Area> byHigh = new ArrayList<>(areas);
    byHigh.sort((a, b) -> Long.compareUnsigned(a.high, b.high));
    List<Area> inStrip = new ArrayList<>();
    int next = 0;
    for (Long high : cuts) {
      inStrip.removeIf(area -> Long.compareUnsigned(area.highLast, high) < 0);
      while (next < byHigh.size() && byHigh.get(next).high == high) {
        inStrip.add(byHigh.get(next++));
      }
      Long end = cuts.higher(high);
      addStrip(inStrip, high, end == null ? 0 : end, blocks);
    }
  }

  /// Adds what is left of a strip's areas after those that are excluded, from low to high.
  ///
  /// @param end the first high bits after the strip; 0 after the last strip
  private void addStrip(List<Area> areas, long high, long end, BlockList blocks) {
    List<Span> holes = merged(areas, true);
    long rows = end - high; // 0 stands for 2^64
    int hole = 0;
    for (Span span : merged(areas, false)) {
      long from = span.first;
      boolean isMore = true;
      while (hole < holes.size() && isLess(holes.get(hole).last, from)) {
        hole++;
      }
      for (int i = hole;
          isMore && i < holes.size() && !isLess(span.last, holes.get(i).first);
          i++) {
        long begin = isLess(holes.get(i).first, from) ? from : holes.get(i).first;
        long last = isLess(span.last, holes.get(i).last) ? span.last : holes.get(i).last;
        if (isLess(from, begin)) {
          blocks.add(new BlockList.Rows(high, rows), from, begin - 1);
        }
        isMore = isLess(last, span.last);
        from = last + 1;
      }
      if (isMore) {
        blocks.add(new BlockList.Rows(high, rows), from, span.last);
      }
    }
  }

  /// The low bits of the areas of one kind, in order and without overlaps.
  private static List<Span> merged(List<Area> areas, boolean areExcluded) {
    List<Area> sorted = new ArrayList<>(areas);
    sorted.removeIf(area -> area.isExcluded != areExcluded);
    sorted.sort((a, b) -> Long.compareUnsigned(a.low, b.low));
    List<Span> spans = new ArrayList<>();
    for (Area area : sorted) {
      Span before = spans.isEmpty() ? null : spans.getLast();
      if (before == null || (before.last != ALL_ONES && isLess(before.last + 1, area.low))) {
        spans.add(new Span(area.low, area.lowLast));
      } else if (isLess(before.last, area.lowLast)) {
        spans.set(spans.size() - 1, new Span(before.first, area.lowLast));
      }
    }
    return spans;
  }

  private static boolean isLess(long a, long b) {
    return Long.compareUnsigned(a, b) < 0;
  }
}
