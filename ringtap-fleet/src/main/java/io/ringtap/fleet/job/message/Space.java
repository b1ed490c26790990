package io.ringtap.fleet.job.message;

import io.ringtap.fleet.record.Fields;
import io.ringtap.fleet.record.Fields.Malformed;
import io.ringtap.packet.IpRange;
import io.ringtap.sweep.space.AddressSpace;
import io.ringtap.sweep.space.InterfaceIds;
import io.ringtap.sweep.space.SpaceBuilder;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The addresses of a sweep, as a caller names them.
///
/// @param ranges all of their addresses
/// @param patterns certain addresses of IPv6 networks
/// @param excluded which are left out of both
public record Space(List<IpRange> ranges, List<Pattern> patterns, List<IpRange> excluded) {
  /// Certain addresses of each network with 64 bits in a prefix.
  ///
  /// @param within the prefix
  public record Pattern(IpRange within, InterfaceIds ids) {}

  /// The most entries of each list: with all of them a job still is one record.
  public static final int MOST_RANGES = 5_000;

  private static final int LONGEST_RANGE = 100;

  /// Copies the lists.
  public Space {
    ranges = List.copyOf(ranges);
    patterns = List.copyOf(patterns);
    excluded = List.copyOf(excluded);
  }

  /// Whether it fits into a record.
  public boolean fits() {
    return ranges.size() <= MOST_RANGES
        && patterns.size() <= MOST_RANGES
        && excluded.size() <= MOST_RANGES;
  }

  /// All addresses among which its own are, more or fewer.
  public RangeSet extent() {
    List<IpRange> all = new ArrayList<>(ranges);
    patterns.forEach(pattern -> all.add(pattern.within));
    return RangeSet.of(all);
  }

  /// Its addresses within a set.
  ///
  /// @throws IllegalArgumentException if these are more than a space can have
  public AddressSpace within(RangeSet set) {
    SpaceBuilder builder = AddressSpace.builder();
    ranges.forEach(builder::add);
    patterns.forEach(pattern -> builder.add(pattern.within, pattern.ids));
    excluded.forEach(builder::exclude);
    set.complement().ranges().forEach(builder::exclude);
    return builder.build();
  }

  void write(JsonGenerator json) {
    writeRanges(json, "ranges", ranges);
    json.writeArrayPropertyStart("patterns");
    for (Pattern pattern : patterns) {
      json.writeStartObject();
      json.writeStringProperty("within", RangeSet.text(pattern.within));
      json.writeNumberProperty("first_id", pattern.ids.first());
      json.writeNumberProperty("last_id", pattern.ids.last());
      json.writeEndObject();
    }
    json.writeEndArray();
    writeRanges(json, "excluded", excluded);
  }

  static Space read(Fields fields) throws Malformed {
    return new Space(
        readRanges(fields, "ranges", MOST_RANGES),
        fields.objects(
            "patterns",
            MOST_RANGES,
            pattern ->
                new Pattern(
                    IpRange.parse(pattern.text("within", LONGEST_RANGE)),
                    new InterfaceIds(
                        pattern.number("first_id", Long.MIN_VALUE, Long.MAX_VALUE),
                        pattern.number("last_id", Long.MIN_VALUE, Long.MAX_VALUE)))),
        readRanges(fields, "excluded", MOST_RANGES));
  }

  static void writeRanges(JsonGenerator json, String name, List<IpRange> ranges) {
    json.writeArrayPropertyStart(name);
    ranges.forEach(range -> json.writeString(RangeSet.text(range)));
    json.writeEndArray();
  }

  /// @throws IllegalArgumentException if one is no range
  static List<IpRange> readRanges(Fields fields, String name, int most) throws Malformed {
    return fields.texts(name, most, LONGEST_RANGE).stream().map(IpRange::parse).toList();
  }
}
