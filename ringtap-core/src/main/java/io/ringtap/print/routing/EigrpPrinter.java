package io.ringtap.print.routing;

import io.ringtap.packet.IpAddress;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// EIGRP (RFC 7868): with `-v` the parameters and the routes of IPv4.
public final class EigrpPrinter implements Protocol {
  private static final int VERSION = 2;
  private static final int HEADER = 20; // bytes
  private static final int HEAD = 4; // bytes of a value's type and length
  private static final int METRIC = 16; // bytes of a route's metric
  private static final int COLUMN = 15; // digits and dots of an address

  private static final Names OPERATIONS =
      Names.of(
          """
          1 Update
          3 Query
          4 Reply
          5 Hello
          6 IPX SAP
          7 Probe\
          """);

  private static final BitNames FLAGS =
      BitNames.of(
          ", ",
          """
          1 Init
          2 Conditionally Received
          4 Restart
          8 End-of-Table\
          """);

  private static final Names TYPES =
      Names.of(
          """
          0x0001 General Parameters
          0x0002 Authentication
          0x0003 Sequence
          0x0004 Software Version
          0x0005 Next Multicast Sequence
          0x0102 IP Internal routes
          0x0103 IP External routes
          0x0202 AppleTalk Internal routes
          0x0203 AppleTalk External routes
          0x0204 AppleTalk Cable setup
          0x0302 IPX Internal routes
          0x0303 IPX External routes\
          """);

  private static final Names ORIGINS =
      Names.of(
          """
          1 IGRP
          2 EIGRP
          3 Static
          4 RIP
          5 Hello
          6 OSPF
          7 IS-IS
          8 EGP
          9 BGP
          10 IDRP
          11 Connected\
          """);

  private final Line line;

  public EigrpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("eigrp");
    int version = line.needs(at, HEADER) ? line.u8(at) : 0;
    int operation = line.u8(at + 1);
    if (version != VERSION) {
      line.print("EIGRP version %u packet not supported", version);
    } else if (!line.isVerbose() || length < HEADER) {
      line.text("EIGRP ").name(OPERATIONS.find(operation), "unknown (%u)", operation);
      line.print(", length: %u", length);
      line.text(line.isVerbose() ? " (too short, < 20)" : "");
    } else {
      line.print("\n\tEIGRP v%u, opcode: ", version);
      line.name(OPERATIONS.find(operation), "unknown, type: %u", operation);
      line.print(" (%u), chksum: 0x%04x, Flags: [", operation, line.u16(at + 2));
      line.bits(FLAGS, line.u32(at + 4), "none").text("]");
      line.print("\n\tseq: 0x%08x, ack: 0x%08x", line.u32(at + 8), line.u32(at + 12));
      line.print(", VRID: %u, AS: %u", line.u16(at + 16), line.u16(at + 18));
      line.print(", length: %u", length - HEADER);
      values(at + HEADER, length - HEADER);
    }
  }

  private void values(long first, long length) {
    long at = first;
    long rest = length;
    while (rest > 0 && line.needs(at, HEAD)) {
      int type = line.u16(at);
      int bytes = line.u16(at + 2);
      if (bytes < HEAD || bytes > rest) {
        line.hexDump("\n\t    ", at + HEAD, rest, false);
        return;
      }
      line.text("\n\t  ").text(TYPES.find(type, "Unknown"));
      line.print(" TLV (0x%04x), length: %u", type, bytes);
      if (line.needs(at, bytes)) {
        value(type, at + HEAD, bytes - HEAD);
      }
      if (line.verbosity() > 1) {
        line.hexDump("\n\t    ", at + HEAD, bytes - HEAD, false);
      }
      at += bytes;
      rest -= bytes;
    }
  }

  private void value(int type, long at, int length) {
    int needed =
        switch (type) {
          case 0x0001 -> 8;
          case 0x0004 -> 4;
          case 0x0102 -> 22;
          case 0x0103 -> 42;
          default -> 0;
        };
    if (length < needed) {
      line.print(" (too short, < %u)", HEAD + needed);
      return;
    }
    switch (type) {
      case 0x0001 -> {
        line.print("\n\t    holdtime: %us, ", line.u16(at + 6));
        line.print("k1 %u, k2 %u, k3 %u, ", line.u8(at), line.u8(at + 1), line.u8(at + 2));
        line.print("k4 %u, k5 %u", line.u8(at + 3), line.u8(at + 4));
      }
      case 0x0004 -> {
        line.print("\n\t    IOS version: %u.%u, ", line.u8(at), line.u8(at + 1));
        line.print("EIGRP version %u.%u", line.u8(at + 2), line.u8(at + 3));
      }
      case 0x0102 -> {
        if (prefix(at, at + 4 + METRIC)) {
          metric(at + 4);
        }
      }
      case 0x0103 -> {
        if (prefix(at, at + 24 + METRIC)) {
          origin(at);
          metric(at + 24);
        }
      }
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t    ", at, length, false);
        }
      }
    }
  }

  /// @param at the offset of the next hop
  /// @return whether the prefix is not longer than an address
  private boolean prefix(long at, long prefix) {
    int bits = line.u8(prefix);
    if (bits > 32) {
      line.print("\n\t    illegal prefix length %u", bits);
      return false;
    }
    int address = (int) (line.leading(prefix + 1, (bits + 7) / 8) >>> 32);
    line.text("\n\t    IPv4 prefix: ");
    int begin = line.out().length();
    IpAddress.appendIpv4(line.out(), address);
    line.alignRight(begin, COLUMN).print("/%u, nexthop: ", bits);
    if (line.u32(at) == 0) {
      line.text("self");
    } else {
      line.ipv4(at);
    }
    return true;
  }

  private void origin(long at) {
    line.text("\n\t      origin-router ").ipv4(at + 4).print(", origin-as %u", line.u32(at + 8));
    line.text(", origin-proto ").text(ORIGINS.find(line.u8(at + 22), "unknown"));
    line.print(", flags [0x%02x], tag 0x%08x", line.u8(at + 23), line.u32(at + 12));
    line.print(", metric %u", line.u32(at + 16));
  }

  private void metric(long at) {
    line.print("\n\t      delay %u ms, bandwidth %u Kbps", line.u32(at) / 100, line.u32(at + 4));
    line.print(", mtu %u, hop %u", line.u24(at + 8), line.u8(at + 11));
    line.print(", reliability %u, load %u", line.u8(at + 12), line.u8(at + 13));
  }
}
