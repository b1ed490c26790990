package io.ringtap.print.routing;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// Link state advertisements of OSPF version 2 (RFC 2328 §A.4, RFC 5250 for opaque ones).
final class OspfLsa {
  /// Bytes of the header.
  static final int HEADER = 20;

  private static final long METRIC = 0xFF_FFFF;

  /// The types of advertisements.
  static final Names TYPES =
      Names.of(
          """
          1 Router
          2 Network
          3 Summary
          4 ASBR Summary
          5 External
          6 Multicast Group
          7 NSSA
          9 Link Local Opaque
          10 Area Local Opaque
          11 Domain Wide Opaque\
          """);

  /// The types of opaque ones.
  static final Names OPAQUE_TYPES =
      Names.of(
          """
          1 Traffic Engineering
          3 Graceful restart
          4 Router Information\
          """);

  /// The optional capabilities of routers.
  static final BitNames OPTIONS =
      BitNames.of(
          ", ",
          """
          0x01 MultiTopology
          0x02 External
          0x04 Multicast
          0x08 NSSA
          0x10 LLS
          0x20 Demand Circuit
          0x40 Opaque
          0x80 Up/Down\
          """);

  private static final BitNames ROUTER_FLAGS =
      BitNames.of(
          ", ",
          """
          0x01 ABR
          0x02 ASBR
          0x04 Virtual
          0x08 Wildcard
          0x10 Nt
          0x80 Host\
          """);

  private static final Names TOPOLOGIES =
      Names.of(
          """
          0 default
          1 multicast
          2 management\
          """);

  private final Line line;
  private final OspfOpaque opaque;

  OspfLsa(Line line) {
    this.line = line;
    this.opaque = new OspfOpaque(line);
  }

  static boolean isOpaque(long type) {
    return type >= 9 && type <= 11;
  }

  /// Prints a header.
  ///
  /// @return the length of the whole advertisement; -1 if it is less than that of the header
  long header(long at) {
    int length = line.u16(at + 18);
    if (length < HEADER) {
      line.print("\n\t    Bogus length %u < header (%u)", length, HEADER);
      return -1;
    }
    line.text("\n\t  Advertising Router ").ipv4(at + 8);
    line.print(", seq 0x%08x, age %us", line.u32(at + 12), line.u16(at));
    line.print(", length %u", length - HEADER);
    int type = line.u8(at + 3);
    line.text("\n\t    ").text(TYPES.find(type, "unknown")).print(" LSA (%u)", type);
    if (isOpaque(type)) {
      line.text(", Opaque-Type ").text(OPAQUE_TYPES.find(line.u8(at + 4), "unknown"));
      line.print(" LSA (%u), Opaque-ID %u", line.u8(at + 4), line.u24(at + 5));
    } else {
      line.text(", LSA-ID: ").ipv4(at + 4);
    }
    line.text("\n\t    Options: [").bits(OPTIONS, line.u8(at + 2), "none").text("]");
    return length;
  }

  /// Prints an advertisement.
  ///
  /// @return the offset after it; -1 if its length is too small
  long print(long at) {
    long length = header(at);
    if (length < 0) {
      return -1;
    }
    long end = at + length;
    long body = at + HEADER;
    boolean isWhole =
        switch (line.u8(at + 3)) {
          case 1 -> router(body);
          case 2 -> network(body, end);
          case 3 -> summary(body, end, true);
          case 4 -> summary(body, end, false);
          case 5, 7 -> external(body, end);
          case 6 -> group(body, end);
          case 9, 10, 11 -> opaque(line.u8(at + 4), body, length - HEADER);
          default -> true;
        };
    if (isWhole && line.verbosity() > 1) {
      line.hexDump("\n\t    ", body, length - HEADER, false);
    }
    return end;
  }

  private boolean router(long at) {
    int flags = line.u8(at);
    line.text("\n\t    Router LSA Options: [").bits(ROUTER_FLAGS, flags, "none").text("]");
    int count = line.needs(at + 4, 12) ? line.u16(at + 2) : 0;
    long link = at + 4;
    for (int i = 0; i < count && line.needs(link, 12); i++) {
      int type = line.u8(link + 8);
      switch (type) {
        case 1 -> link("Neighbor Router-ID: ", ", Interface Address: ", link);
        case 2 -> link("Neighbor Network-ID: ", ", Interface Address: ", link);
        case 3 -> link("Stub Network: ", ", Mask: ", link);
        case 4 -> link("Virtual Link: Neighbor Router-ID: ", ", Interface Address: ", link);
        default -> {
          line.print("\n\t      Unknown Router Link Type (%u)", type);
          return false;
        }
      }
      int topologies = line.u8(link + 9);
      for (int k = 0; k <= topologies && !line.isCut(); k++) {
        long metric = link + 8 + k * 4L;
        int topology = k == 0 ? 0 : line.u8(metric);
        int value = line.u16(metric + 2);
        topology(topology);
        line.print(", metric %u", value);
      }
      link += 12 + topologies * 4L;
    }
    return true;
  }

  private void link(String before, String between, long at) {
    line.text("\n\t      ").text(before).ipv4(at).text(between).ipv4(at + 4);
  }

  private void topology(long topology) {
    line.text("\n\t\ttopology ").text(TOPOLOGIES.find(topology, "Unknown"));
    line.print(" (%u)", topology);
  }

  private boolean network(long at, long end) {
    mask(at);
    line.text("\n\t    Connected Routers:");
    for (long router = at + 4; router < end && line.needs(router, 4); router += 4) {
      line.text("\n\t      ").ipv4(router);
    }
    return true;
  }

  private void mask(long at) {
    if (line.needs(at, 4)) {
      line.text("\n\t    Mask ").ipv4(at);
    }
  }

  private boolean summary(long at, long end, boolean hasMask) {
    if (hasMask) {
      mask(at);
    }
    if (line.needs(at + 4, 4)) {
      for (long metric = at + 4; metric < end && line.needs(metric, 4); metric += 4) {
        long value = line.u32(metric);
        topology(value >> 24 & 0x7F);
        line.print(" metric %u", value & METRIC);
      }
    }
    return true;
  }

  private boolean external(long at, long end) {
    mask(at);
    if (!line.needs(at + 4, 4)) {
      return true;
    }
    for (long metric = at + 4; metric < end && line.needs(metric, 4); metric += 12) {
      long value = line.u32(metric);
      topology(value >> 24 & 0x7F);
      line.text(", type ").text(value >> 31 != 0 ? "2" : "1").text(", metric");
      if ((value & METRIC) == METRIC) {
        line.text(" infinite");
      } else {
        line.print(" %u", value & METRIC);
      }
      if (line.u32(metric + 4) != 0) {
        line.text(", forward ").ipv4(metric + 4);
      }
      if (line.u32(metric + 8) != 0) {
        line.text(", tag ").ipv4(metric + 8);
      }
    }
    return true;
  }

  /// RFC 1584.
  private boolean group(long first, long end) {
    for (long at = first; at < end && !line.isCut(); at += 8) {
      long type = line.u32(at);
      if (type != 1 && type != 2) {
        line.print("\n\t    unknown VertexType (%u)", type);
      } else if (line.needs(at + 4, 4)) {
        line.text(type == 1 ? "\n\t    Router Router-ID " : "\n\t    Network Designated Router ");
        line.ipv4(at + 4);
      }
    }
    return true;
  }

  private boolean opaque(int type, long at, long length) {
    return switch (type) {
      case 1 -> opaque.trafficEngineering(at, length);
      case 3 -> opaque.gracefulRestart(at, length);
      case 4 -> opaque.routerInformation(at, length);
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t    ", at, length, false);
        }
        yield true;
      }
    };
  }
}
