package io.ringtap.print.routing;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// What opaque advertisements of OSPF carry: router information (RFC 7770), graceful restart (RFC
/// 3623) and traffic engineering. Version 3 of OSPF carries the last two as advertisements of their
/// own types.
final class OspfOpaque {
  private static final int HEAD = 4; // bytes: type and length of a value
  private static final long WORD = 0xFFFF_FFFFL;

  private static final BitNames CAPABILITIES =
      BitNames.of(
          ", ",
          """
          0x001 Reserved
          0x002 Reserved
          0x004 Reserved
          0x008 Reserved
          0x010 graceful restart capable
          0x020 graceful restart helper
          0x040 Stub router support
          0x080 Traffic engineering
          0x100 p2p over LAN
          0x200 path computation server\
          """);

  private static final Names GRACE =
      Names.of(
          """
          1 Grace Period
          2 Graceful restart Reason
          3 IPv4 interface address\
          """);

  private static final Names REASONS =
      Names.of(
          """
          0 Unknown
          1 Software Restart
          2 Software Reload/Upgrade
          3 Control Processor Switch\
          """);

  private static final Names ENGINEERING =
      Names.of(
          """
          1 Router Address
          2 Link\
          """);

  private final Line line;
  private final OspfTeLink link;

  OspfOpaque(Line line) {
    this.line = line;
    this.link = new OspfTeLink(line);
  }

  /// RFC 7770.
  ///
  /// @return whether all of it is sound
  boolean routerInformation(long first, long length) {
    long at = first;
    long rest = length;
    while (rest != 0 && line.needs(at, HEAD)) {
      if (tooShort(rest)) {
        return false;
      }
      int type = line.u16(at);
      int bytes = line.u16(at + 2);
      rest -= HEAD;
      at += HEAD;
      line.text(type == 1 ? "\n\t    Router Capabilities" : "\n\t    unknown");
      line.print(" TLV (%u), length: %u, value: ", type, bytes);
      if (bytes > rest) {
        line.print("\n\t    Bogus length %u > remaining LS length %u", bytes, rest);
        return false;
      }
      if (line.needs(at, bytes) && type == 1) {
        if (isOther(bytes, 4)) {
          return false;
        }
        line.text("Capabilities: ").bits(CAPABILITIES, line.u32(at), "Unknown");
      } else {
        unknown("\n\t      ", at, bytes);
      }
      at += bytes;
      rest -= bytes;
    }
    return true;
  }

  /// RFC 3623.
  ///
  /// @return whether all of it is sound and was captured
  boolean gracefulRestart(long first, long length) {
    long at = first;
    long rest = length;
    while (rest != 0) {
      int bytes = head(at, rest, GRACE, " TLV (%u), length %u, value: ");
      if (bytes == 0 || !line.has(at + HEAD, bytes)) {
        return false;
      }
      if (!grace(line.u16(at), at + HEAD, bytes)) {
        return false;
      }
      at += HEAD + padded(bytes);
      rest = rest - HEAD - padded(bytes) & WORD;
    }
    return true;
  }

  private boolean grace(int type, long at, int bytes) {
    int expected =
        switch (type) {
          case 1, 3 -> 4;
          case 2 -> 1;
          default -> bytes;
        };
    if (isOther(bytes, expected)) {
      return false;
    }
    switch (type) {
      case 1 -> line.print("%us", line.u32(at));
      case 2 -> {
        int reason = line.u8(at);
        line.text(REASONS.find(reason, "Unknown")).print(" (%u)", reason);
      }
      case 3 -> line.ipv4(at);
      default -> unknown("\n\t      ", at, bytes);
    }
    return true;
  }

  /// RFC 3630. A link is the only value of its advertisement (§2.4), so nothing is read after it.
  ///
  /// @return whether all of it is sound, and has no link
  boolean trafficEngineering(long first, long length) {
    long at = first;
    long rest = length;
    while (rest != 0) {
      int bytes = head(at, rest, ENGINEERING, " TLV (%u), length: %u");
      if (bytes == 0 || !engineering(line.u16(at), at + HEAD, bytes)) {
        return false;
      }
      rest -= HEAD;
      if (padded(bytes) > rest) {
        line.print("\n\t    Bogus padded length %u > %u", padded(bytes), rest);
        return false;
      }
      at += HEAD + padded(bytes);
      rest -= padded(bytes);
    }
    return true;
  }

  private boolean engineering(int type, long at, int bytes) {
    switch (type) {
      case 1 -> {
        if (bytes < 4) {
          line.print("\n\t    TLV length %u < 4", bytes);
          return false;
        }
        if (line.needs(at, 4)) {
          line.text(", ").ipv4(at);
        }
      }
      case 2 -> {
        link.print(at, bytes);
        return false;
      }
      default -> unknown("\n\t      ", at, bytes);
    }
    return true;
  }

  /// Prints the type and the length of a value.
  ///
  /// @return the length; 0 if the value cannot be read
  private int head(long at, long rest, Names types, String format) {
    if (!line.has(at, HEAD) || tooShort(rest)) {
      return 0;
    }
    int type = line.u16(at);
    int bytes = line.u16(at + 2);
    line.text("\n\t    ").text(types.find(type, "unknown")).print(format, type, bytes);
    if (bytes > rest - HEAD) {
      line.print("\n\t    Bogus length %u > %u", bytes, rest - HEAD);
      return 0;
    }
    return type == 0 ? 0 : bytes;
  }

  private boolean tooShort(long rest) {
    if (rest < HEAD) {
      line.print("\n\t    Remaining LS length %u < 4", rest);
    }
    return rest < HEAD;
  }

  private boolean isOther(int bytes, int expected) {
    if (bytes != expected) {
      line.print("\n\t    Bogus length %u != %u", bytes, expected);
    }
    return bytes != expected;
  }

  /// With `-vv` the bytes of the whole advertisement follow it.
  private void unknown(String before, long at, int bytes) {
    if (line.verbosity() <= 1) {
      line.hexDump(before, at, bytes, false);
    }
  }

  static int padded(int bytes) {
    return bytes + 3 & ~3;
  }
}
