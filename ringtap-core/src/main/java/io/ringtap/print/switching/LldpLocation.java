package io.ringtap.print.switching;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// Where an LLDP-MED device is (ANSI/TIA-1057 annex B): coordinates (RFC 6225), a civic address
/// (RFC 4776), or the caller's number for emergency calls.
final class LldpLocation {
  private static final Names FORMATS =
      Names.of(
          """
          1 coordinate-based LCI
          2 civic address LCI
          3 ECS ELIN\
          """);

  private static final Names ALTITUDES =
      Names.of(
          """
          1 meters
          2 floors\
          """);

  private static final Names DATUMS =
      Names.of(
          """
          1 World Geodesic System 1984
          2 North American Datum 1983 (NAVD88)
          3 North American Datum 1983 (MLLW)\
          """);

  private static final Names PLACES =
      Names.of(
          """
          0 location of DHCP server
          1 location of the network element believed to be closest to the client
          2 location of the client\
          """);

  private static final Names ELEMENTS =
      Names.of(
          """
          1 national subdivisions (state,canton,region,province,prefecture)
          2 county, parish, gun, district
          3 city, township, shi
          4 city division, borough, city district, ward chou
          5 neighborhood, block
          6 street\
          """);

  private final Line line;

  LldpLocation(Line line) {
    this.line = line;
  }

  /// Prints a location.
  ///
  /// @param length bytes from the format on, 1 or more
  void print(long at, int length) {
    int format = line.u8(at);
    line.text("\n\t    Location data format ").text(FORMATS.find(format, "unknown"));
    line.print(" (0x%02x)", format);
    switch (format) {
      case 1 -> {
        if (length >= 17) {
          coordinates(at);
        }
      }
      case 2 -> {
        if (length >= 2 && line.u8(at + 1) >= 3 && length >= 3 + line.u8(at + 1)) {
          civic(at + 1, line.u8(at + 1));
        }
      }
      case 3 -> line.text("\n\t    ECS ELIN id ").visibleName(at + 1, length - 1L);
      default -> {
        line.text("\n\t    Location ID ");
        line.hexDump("\n\t      ", at + 1, length - 1L, false);
      }
    }
  }

  private void coordinates(long at) {
    line.print("\n\t    Latitude resolution %u", line.u8(at + 1) >> 2);
    line.print(", latitude value %u", degrees(at + 1));
    line.print("\n\t    Longitude resolution %u", line.u8(at + 6) >> 2);
    line.print(", longitude value %u", degrees(at + 6));
    int altitude = line.u8(at + 11) >> 4;
    line.text("\n\t    Altitude type ").text(ALTITUDES.find(altitude, "unknown"));
    line.print(" (%u)", altitude);
    line.print("\n\t    Altitude resolution %u", line.u16(at + 11) >> 6 & 0x3F);
    line.print(", altitude value 0x%x", line.u32(at + 12) & 0x3FFF_FFFF);
    int datum = line.u8(at + 16);
    line.text("\n\t    Datum ").text(DATUMS.find(datum, "unknown")).print(" (0x%02x)", datum);
  }

  /// A fixed-point number of 34 bits.
  private long degrees(long at) {
    return (line.u8(at) & 3L) << 32 | line.u32(at + 1);
  }

  private void civic(long at, int length) {
    int place = line.u8(at + 1);
    line.print("\n\t    LCI length %u, LCI what ", length).text(PLACES.find(place, "unknown"));
    line.print(" (0x%02x), Country-code ", place).visibleName(at + 2, 2);
    long element = at + 4;
    int rest = length - 3;
    while (rest >= 2) {
      int type = line.u8(element);
      int bytes = line.u8(element + 1);
      line.text("\n\t      CA type '").text(ELEMENTS.find(type, "unknown"));
      line.print("' (%u), length %u: ", type, bytes);
      rest -= 2;
      if (type == 0 || bytes == 0 || bytes > rest) {
        return;
      }
      line.visibleName(element + 2, bytes);
      element += 2 + bytes;
      rest -= bytes;
    }
  }
}
