package io.ringtap.print.routing;

import io.ringtap.print.line.AddressFamilies;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// RIP, versions 1 and 2 (RFC 1058, RFC 2453).
public final class RipPrinter implements Protocol {
  private static final int HEADER = 4; // bytes
  private static final int ENTRY = 20; // bytes
  private static final int TRACE_ON = 3; // obsolete, with a file's name
  private static final int IPV4 = 2; // the address family
  private static final int AUTHENTICATION = 0xFFFF; // instead of one

  private static final Names COMMANDS =
      Names.of(
          """
          1 Request
          2 Response
          3 Trace on
          4 Trace off
          5 Poll
          6 Poll Entry\
          """);

  private final Line line;

  public RipPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("rip");
    if (length < HEADER || !line.has(at, HEADER)) {
      line.mark("rip");
      return;
    }
    int command = line.u8(at);
    int version = line.u8(at + 1);
    line.text(line.isVerbose() ? "\n\t" : "").print("RIPv%u", version);
    if (version == 0) {
      line.hexDump("\n\t", at, length, false);
      return;
    }
    line.text(", ").name(COMMANDS.find(command), "unknown command (%u)", command);
    line.print(", length: %u", length);
    if (!line.isVerbose()) {
      return;
    }
    if (command == 1 || command == 2) {
      entries(version, at, length);
    }
    boolean isUnderstood = command != TRACE_ON && COMMANDS.find(command) != null;
    if (line.verbosity() > 1 || !isUnderstood) {
      line.hexDump("\n\t", at, length, false);
    }
  }

  private void entries(int version, long at, long length) {
    if (version != 1 && version != 2) {
      line.text(", unknown version");
      return;
    }
    line.print(version == 1 ? ", routes: %u" : ", routes: %u or less", length / ENTRY);
    long end = Math.min(at + length, line.end());
    long entry = at + HEADER;
    while (entry < end && !line.isCut()) {
      long rest = end - entry;
      long bytes = version == 1 ? entry(entry, rest) : entry2(entry, rest);
      if (bytes == 0) {
        line.mark("rip");
        return;
      }
      if (rest < bytes) {
        line.print(" [remaining entries length %u < %u]", rest, bytes);
        line.invalid();
        return;
      }
      entry += bytes;
    }
  }

  /// An entry of version 1.
  ///
  /// @return its length, or 0 if it was cut off
  private int entry(long at, long rest) {
    if (rest < ENTRY) {
      return 0;
    }
    int family = line.u16(at);
    if (family != IPV4 && family != 0) {
      line.text("\n\t AFI ")
          .name(AddressFamilies.BSD.find(family), "Unknown (%u)", family)
          .text(", ");
      line.hexDump("\n\t  ", at + HEADER, ENTRY - HEADER, false);
    } else if ((line.u16(at + 2) | line.u32(at + 8) | line.u32(at + 12)) != 0) {
      line.hexDump("\n\t  ", at, ENTRY, false);
    } else {
      line.text(family == 0 ? "\n\t  AFI 0, " : "\n\t  ").ipv4(at + 4);
      line.print(", metric: %u", line.u32(at + 16));
    }
    return ENTRY;
  }

  /// An entry of version 2.
  ///
  /// @return its length, or 0 if it was cut off
  private long entry2(long at, long rest) {
    if (rest < HEADER) {
      return 0;
    }
    int family = line.u16(at);
    if (family == AUTHENTICATION) {
      return authentication(line.u16(at + 2), at + HEADER, rest);
    }
    if (family != IPV4 && family != 0) {
      line.text("\n\t  AFI ").name(AddressFamilies.BSD.find(family), "Unknown (%u)", family);
      line.hexDump("\n\t  ", at + HEADER, ENTRY - HEADER, false);
      return ENTRY;
    }
    if (rest < ENTRY) {
      return 0;
    }
    line.text("\n\t  AFI ").name(AddressFamilies.BSD.find(family), "%u", family).text(", ");
    int begin = line.out().length();
    line.ipv4(at + 4).alignRight(begin, 15);
    int prefix = prefix((int) line.u32(at + 8));
    line.text("/").number(prefix).text(prefix >= 0 && prefix < 10 ? " " : "");
    line.print(", tag 0x%04x, metric: %u, next-hop: ", line.u16(at + 2), line.u32(at + 16));
    if (line.u32(at + 12) != 0) {
      line.ipv4(at + 12);
    } else {
      line.text("self");
    }
    return ENTRY;
  }

  /// The length of the prefix that a mask stands for; -1 if its ones do not all come first.
  private static int prefix(int mask) {
    int ones = Integer.numberOfLeadingZeros(~mask);
    return Integer.bitCount(mask) == ones ? ones : -1;
  }

  /// RFC 2453 §4.1, RFC 4822.
  private long authentication(int type, long at, long rest) {
    switch (type) {
      case 1 -> {
        line.text("\n\t  Auth trailer:");
        line.hexDump("\n\t  ", at, rest - HEADER, false);
        return rest;
      }
      case 2 -> line.text("\n\t  Simple Text Authentication data: ").paddedText(at, 16);
      case 3 -> {
        if (rest < ENTRY) {
          return 0;
        }
        line.print("\n\t  Auth header: Packet Len %u, Key-ID %u,", line.u16(at), line.u8(at + 2));
        line.print(" Auth Data Len %u, SeqNo %u,", line.u8(at + 3), line.u32(at + 4));
        line.print(" MBZ %u, MBZ %u", line.u32(at + 8), line.u32(at + 12));
      }
      default -> {
        line.print("\n\t  Unknown (%u) Authentication data:", type);
        line.hexDump("\n\t  ", at, rest - HEADER, false);
        return rest;
      }
    }
    return ENTRY;
  }
}
