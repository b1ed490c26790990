package io.ringtap.print.routing;

import io.ringtap.print.line.AddressFamilies;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The values in messages of LDP (RFC 5036 §3.4, §3.5).
final class LdpValues {
  private static final int HEAD = 4; // bytes: type and length

  private static final Names TYPES =
      Names.of(
          """
          0x0100 FEC
          0x0101 Address List
          0x0103 Hop Count
          0x0104 Path Vector
          0x0200 Generic Label
          0x0201 ATM Label
          0x0202 Frame-Relay Label
          0x0300 Status
          0x0301 Extended Status
          0x0302 Returned PDU
          0x0303 Returned Message
          0x0400 Common Hello Parameters
          0x0401 IPv4 Transport Address
          0x0402 Configuration Sequence Number
          0x0403 IPv6 Transport Address
          0x0500 Common Session Parameters
          0x0501 ATM Session Parameters
          0x0502 Frame-Relay Session Parameters
          0x0503 Fault-Tolerant Session Parameters
          0x0600 Label Request Message ID
          0x0601 MTU\
          """);

  private final Line line;
  private final LdpFec fec;

  LdpValues(Line line) {
    this.line = line;
    this.fec = new LdpFec(line);
  }

  void print(long first, int length) {
    long at = first;
    int rest = length;
    while (rest >= HEAD && line.needs(at, HEAD)) {
      int type = line.u16(at);
      int bytes = line.u16(at + 2);
      if (HEAD + bytes > rest) {
        line.text("\n\t\t TLV contents go past end of message");
        return;
      }
      int kind = type & 0x3FFF;
      line.text("\n\t    ").text(TYPES.find(kind, "Unknown"));
      line.print(" TLV (0x%04x), length: %u, Flags: [", kind, bytes);
      line.text((type & 0x8000) != 0 ? "continue processing" : "ignore");
      line.text((type & 0x4000) != 0 ? " and do" : " and don't").text(" forward if unknown]");
      value(kind, at + HEAD, bytes);
      at += HEAD + (long) bytes;
      rest -= HEAD + bytes;
    }
  }

  private void value(int kind, long at, int length) {
    int needed =
        switch (kind) {
          case 0x0100 -> 1;
          case 0x0101, 0x0601 -> 2;
          case 0x0200, 0x0400, 0x0401, 0x0402 -> 4;
          case 0x0300, 0x0500 -> 8;
          case 0x0503 -> 12;
          case 0x0403 -> 16;
          default -> 0;
        };
    if (isTooShort(line, length, needed)) {
      return;
    }
    switch (kind) {
      case 0x0100 -> fec.print(at, length);
      case 0x0101 -> addresses(at, length);
      case 0x0200 -> line.print("\n\t      Label: %u", line.u32(at) & 0xF_FFFF);
      case 0x0300 -> status(at);
      case 0x0400 -> hello(at);
      case 0x0401 -> address("\n\t      IPv4 Transport Address: ", false, at);
      case 0x0402 -> line.print("\n\t      Sequence Number: %u", line.u32(at));
      case 0x0403 -> address("\n\t      IPv6 Transport Address: ", true, at);
      case 0x0500 -> session(at);
      case 0x0503 -> faultTolerance(at);
      case 0x0601 -> line.print("\n\t      MTU: %u", line.u16(at));
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t      ", at, length, false);
        }
      }
    }
  }

  /// Whether a value has fewer bytes than it needs; says so.
  static boolean isTooShort(Line line, int length, int needed) {
    if (length < needed) {
      line.print(" [tlv length %u < %u]", length, needed);
      line.invalid();
    }
    return length < needed;
  }

  private void address(String before, boolean isIpv6, long at) {
    if (line.needs(at, isIpv6 ? 16 : 4)) {
      line.text(before).address(isIpv6, at);
    }
  }

  private void addresses(long at, int length) {
    int family = line.u16(at);
    line.text("\n\t      Address Family: ");
    line.name(AddressFamilies.NAMES.find(family), "Unknown (%u)", family).text(", addresses");
    boolean isIpv6 = family == BgpNames.IPV6;
    int bytes = isIpv6 ? 16 : 4;
    boolean isKnown = isIpv6 || family == BgpNames.IPV4;
    for (int i = 2; isKnown && i + bytes <= length && !line.isCut(); i += bytes) {
      address(" ", isIpv6, at + i);
    }
  }

  private void status(long at) {
    long status = line.u32(at);
    line.print("\n\t      Status: 0x%02x, Flags: [", status & 0x3FFF_FFFF);
    line.text(status >> 31 != 0 ? "Fatal error" : "Advisory Notification");
    line.text((status & 0x4000_0000) != 0 ? " and do forward]" : " and don't forward]");
    long message = line.u32(at + 4);
    if (message != 0) {
      line.print(", causing Message ID: 0x%08x", message);
    }
  }

  private void hello(long at) {
    int flags = line.u16(at + 2);
    line.print("\n\t      Hold Time: %us, Flags: [", line.u16(at));
    line.text(flags >= 0x8000 ? "Targeted Hello" : "Link Hello");
    line.text((flags & 0x4000) != 0 ? ", Request for targeted Hellos]" : "]");
  }

  private void session(long at) {
    int flags = line.u16(at + 4);
    line.print("\n\t      Version: %u, Keepalive: %us", line.u16(at), line.u16(at + 2));
    line.text(", Flags: [Downstream ").text(flags >= 0x8000 ? "On Demand" : "Unsolicited");
    line.text(", Loop Detection ").text((flags & 0x4000) != 0 ? "Enabled]" : "Disabled]");
  }

  /// RFC 3479 §8.
  private void faultTolerance(long at) {
    int flags = line.u16(at);
    line.text("\n\t      Flags: [").text(flags >= 0x8000 ? "" : "No ").text("Reconnect, ");
    line.text((flags & 8) != 0 ? "" : "Don't ").text("Save State, ");
    line.text((flags & 4) != 0 ? "" : "No ").text("All-Label Protection, ");
    line.text((flags & 2) != 0 ? "Sequence Numbered Label" : "All Labels").text(" Checkpoint, ");
    line.text((flags & 1) != 0 ? "" : "Don't ").text("Re-Learn State]");
    milliseconds(", Reconnect Timeout: %ums", line.u32(at + 4));
    milliseconds(", Recovery Time: %ums", line.u32(at + 8));
  }

  private void milliseconds(String template, long time) {
    if (time != 0) {
      line.print(template, time);
    }
  }
}
