package io.ringtap.print.rsvp;

import io.ringtap.packet.EtherType;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Gmpls;
import io.ringtap.print.line.HmacSignature;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The objects in messages of RSVP (IANA, RSVP parameters).
final class RsvpObjects {
  private static final int HEAD = 4; // bytes
  private static final int HEADER = 8; // bytes of the message before its objects
  private static final int UNKNOWN = -1;

  private static final Names CLASSES =
      Names.of(
          """
          1 Session
          3 RSVP Hop
          4 Integrity
          5 Time Values
          6 Error Spec
          7 Scope
          8 Style
          9 Flowspec
          10 FilterSpec
          11 Sender Template
          12 Sender TSpec
          13 Adspec
          14 Policy Data
          15 Confirm
          16 Label
          19 Label Request
          20 ERO
          21 RRO
          22 Hello
          23 Message ID
          24 Message ID Ack
          25 Message ID List
          34 Recovery Label
          35 Upstream Label
          36 Label Set
          37 Protection
          50 Sub-LSP to LSP
          63 Detour
          66 Class Type
          125 Class Type (old)
          129 Suggested Label
          130 Acceptable Label Set
          131 Restart Capability
          134 Capability
          195 Notify Request
          196 Administrative Status
          204 Properties
          205 Fast Re-Route
          207 Session Attribute
          229 Generalized UNI
          230 Call-ID
          236 Call Capability\
          """);

  private static final BitNames PROTECTIONS =
      BitNames.of(
          ", ",
          """
          0x01 Local Protection
          0x02 Label Recording
          0x04 SE Style
          0x08 Bandwidth protection
          0x10 Node protection\
          """);

  private static final BitNames HOP_FLAGS =
      BitNames.of(
          ", ",
          """
          0x01 Local protection available
          0x02 Local protection in use
          0x04 Bandwidth protection
          0x08 Node protection\
          """);

  private static final BitNames CAPABILITIES =
      BitNames.of(
          ", ",
          """
          4 RecoveryPath Transmit Enabled
          2 RecoveryPath Desired
          1 RecoveryPath Srefresh Capable\
          """);

  private static final BitNames STATUS =
      BitNames.of(
          ", ",
          """
          0x80000000 Reflect
          0x00000004 Testing
          0x00000002 Admin-down
          0x00000001 Delete-in-progress\
          """);

  private static final Names HOPS =
      Names.of(
          """
          0 Reserved
          1 IPv4 prefix
          2 IPv6 prefix
          3 Label
          32 Autonomous system number
          64 MPLS label switched path termination\
          """);

  private static final Names STYLES =
      Names.of(
          """
          17 Wildcard Filter
          10 Fixed Filter
          18 Shared Explicit\
          """);

  private static final Names ACTIONS =
      Names.of(
          """
          0 Inclusive list
          1 Exclusive list
          2 Inclusive range
          3 Exclusive range\
          """);

  private static final Names PROPERTIES =
      Names.of(
          """
          0x01 Cos
          0x02 Metric 1
          0x04 Metric 2
          0x08 CCC Status
          0x10 Path Type\
          """);

  private final Line line;
  private final RsvpErrors errors;
  private final IntServ services;
  private String indent = "";
  private long message; // where it begins
  private int messageLength;

  RsvpObjects(Line line) {
    this.line = line;
    this.errors = new RsvpErrors(line);
    this.services = new IntServ(line);
  }

  /// Prints objects.
  ///
  /// @return whether they were sound
  boolean print(String before, long first, int length) {
    indent = before + "  ";
    message = first - HEADER;
    messageLength = length + HEADER;
    long at = first;
    int rest = length;
    while (rest >= HEAD && line.needs(at, HEAD)) {
      int bytes = line.u16(at);
      if (bytes % 4 != 0) {
        line.text(before).print("ERROR: object header size %u not a multiple of 4", bytes);
        return false;
      }
      if (bytes < HEAD) {
        line.text(before).print("ERROR: object header too short %u < %u", bytes, HEAD);
        return false;
      }
      int key = line.u16(at + 2);
      head(before, key, bytes);
      if (rest < bytes) {
        line.text(before).text("ERROR: object goes past end of objects TLV");
        return false;
      }
      if (!line.needs(at, bytes)) {
        return false;
      }
      int body = bytes - HEAD;
      int needed = needed(key);
      if (body < needed || (key == 0xCF07 && body < HEAD + line.u8(at + HEAD + 3))) {
        line.text(before).text("ERROR: object is too short");
        return false;
      }
      boolean hasMore =
          switch (key) {
            case 0x0301, 0x0303 -> body > 8;
            case 0x0302, 0x0304 -> true;
            default -> false;
          };
      if (needed != UNKNOWN && !object(before, key, at + HEAD, body)) {
        return false;
      }
      if (needed == UNKNOWN || hasMore || line.verbosity() > 1) {
        line.hexDump("\n\t    ", at + HEAD, body, false);
      }
      at += bytes;
      rest -= bytes;
    }
    return !line.isCut();
  }

  private void head(String before, int key, int bytes) {
    int number = key >> 8;
    line.text(before).text(CLASSES.find(number, "Unknown")).print(" Object (%u) Flags: [", number);
    line.text(
        switch (number >> 6) {
          case 2 -> "ignore silently";
          case 3 -> "ignore and forward";
          default -> "reject";
        });
    line.text(" if unknown], Class-Type: ").text(RsvpTypes.NAMES.find(key, "Unknown"));
    line.print(" (%u), length: %u", key & 0xFF, bytes);
  }

  /// How many bytes an object has at least.
  ///
  /// @param key the object's class and its type in the class, a byte each
  private static int needed(int key) {
    return switch (key) {
      case 0x1001, 0x2201, 0x2301, 0x8101, 0x1301, 0x1401, 0x1501, 0x3F07 -> 0;
      case 0x0F01, 0xC301, 0x1002, 0x2202, 0x2302, 0x8102, 0x0801, 0x1304, 0x8601, 0xCF07 -> 4;
      case 0x0501, 0x0902, 0x0C02, 0x0D02, 0x4201, 0x7D01, 0xCC01, 0xC401, 0x2401, 0x3201 -> 4;
      case 0x1701, 0x1702, 0x1801, 0x1802, 0x1901, 0x1902 -> 4;
      case 0x0101, 0x0B01, 0x0B07, 0x1601, 0x1602, 0x8301, 0x0301, 0x0303, 0x0A01, 0x0A07 -> 8;
      case 0x0601, 0x0603 -> 8;
      case 0x010D, 0x0107, 0x010B, 0x1003, 0x2203, 0x2303, 0x8103, 0x1302, 0x1303 -> 12;
      case 0x0F02, 0xC302, 0x0B0C, 0x0A0C, 0xCD07, 0x3202 -> 16;
      case 0x0102, 0x0B02, 0x0302, 0x0304, 0x0A02, 0x0A03, 0x0A08, 0x0602, 0x0604, 0xCD01 -> 20;
      case 0x010E -> 26;
      case 0x0401 -> 32;
      case 0x0108 -> 36;
      case 0x0B0D, 0x0A0D -> 40;
      default -> UNKNOWN;
    };
  }

  private Line row(String text) {
    return line.text(indent).text(text);
  }

  /// Prints what is in an object.
  ///
  /// @return whether it is sound
  private boolean object(String before, int key, long at, int length) {
    boolean isIpv6 = (key & 1) == 0; // of most classes
    int after = isIpv6 ? 16 : 4;
    switch (key) {
      case 0x0101, 0x0102 -> {
        row(isIpv6 ? "IPv6" : "IPv4").text(" DestAddress: ").address(isIpv6, at);
        line.print(", Protocol ID: 0x%02x", line.u8(at + after));
        row("Flags: [").print("0x%02x], DestPort ", line.u8(at + after + 1));
        line.number(line.u16(at + after + 2));
      }
      case 0x0107, 0x0108, 0x010B, 0x010D -> tunnel(key, at);
      case 0x010E -> {
        row("IPv6 P2MP LSP ID: ")
            .print("0x%08x, Tunnel ID: 0x%04x", line.u32(at), line.u16(at + 6));
        line.text(", Extended Tunnel ID: ").ipv6(at + 8);
      }
      case 0x0301, 0x0302, 0x0303, 0x0304 -> {
        row("Previous/Next Interface: ").address(isIpv6, at);
        line.print(", Logical Interface Handle: 0x%08x", line.u32(at + after));
      }
      case 0x0401 -> {
        row("Key-ID ").print("0x%04x%08x, Sequence ", line.u16(at + 2), line.u32(at + 4));
        line.print("0x%08x%08x, Flags [", line.u32(at + 8), line.u32(at + 12));
        line.text((line.u8(at) & 0x80) != 0 ? "Handshake]" : "none]");
        row("MD5-sum 0x").hexBytes(at + 16, HmacSignature.BYTES).text(" ");
        HmacSignature.judge(line, message, messageLength, at + 16, message + 2);
      }
      case 0x0501 -> row("Refresh Period: ").print("%ums", line.u32(at));
      case 0x0601, 0x0602, 0x0603, 0x0604 -> errors.print(indent, isIpv6, at);
      case 0x0801 -> {
        row("Reservation Style: ").text(STYLES.find(line.u24(at + 1), "Unknown"));
        line.print(", Flags: [0x%02x]", line.u8(at));
      }
      case 0x0902, 0x0C02, 0x0D02 -> services.print(indent, at, length);
      case 0x0A01, 0x0A02, 0x0B01, 0x0B02 -> {
        row("Source Address: ").address(isIpv6, at);
        line.print(", Source Port: %u", line.u16(at + after + 2));
      }
      case 0x0A03 -> {
        row("Source Address: ").ipv6(at).print(", Flow Label: %u", line.u24(at + 17));
      }
      case 0x0A07 -> row("Source Address: ").ipv4(at).print(", LSP-ID: 0x%04x", line.u16(at + 6));
      case 0x0A08 -> row("Source Address: ").ipv4(at).print(", LSP-ID: 0x%04x", line.u16(at + 18));
      case 0x0B07 -> {
        row("IPv4 Tunnel Sender Address: ").ipv4(at).print(", LSP-ID: 0x%04x", line.u16(at + 6));
      }
      case 0x0A0C, 0x0B0C -> senders(false, at);
      case 0x0A0D, 0x0B0D -> senders(true, at);
      case 0x0F01, 0x0F02 -> {
        row(isIpv6 ? "IPv6 Receiver Address: " : "IPv4 Receiver Address: ").address(isIpv6, at);
      }
      case 0xC301, 0xC302 -> {
        row(isIpv6 ? "IPv6" : "IPv4").text(" Notify Node Address: ").address(isIpv6, at);
      }
      case 0x1401, 0x1501 -> {
        return hops(at, length);
      }
      case 0x1601, 0x1602 -> {
        row("Source Instance: ").print("0x%08x", line.u32(at));
        line.print(", Destination Instance: 0x%08x", line.u32(at + 4));
      }
      case 0x1701, 0x1702, 0x1801, 0x1802, 0x1901, 0x1902 -> {
        row("Flags ").print("[0x%02x], epoch: %u", line.u8(at), line.u24(at + 1));
        for (int i = 4; i + 4 <= length; i += 4) {
          row("  Message-ID ").print("0x%08x (%u)", line.u32(at + i), line.u32(at + i));
        }
      }
      case 0x2401 -> {
        return labels(before, at, length);
      }
      case 0x3201, 0x3202 -> row("Sub-LSP destination address: ").address(isIpv6, at);
      case 0x3F07 -> {
        for (int i = 0; i + 8 <= length; i += 8) {
          row("PLR-ID: ").ipv4(at + i).text(", Avoid-Node-ID: ").ipv4(at + i + 4);
        }
      }
      case 0x4201, 0x7D01 -> row("CT: ").number(line.u32(at) & 7);
      case 0x8301 -> {
        row("Restart  Time: ").print("%ums", line.u32(at));
        line.print(", Recovery Time: %ums", line.u32(at + 4));
      }
      case 0x8601 -> {
        long flags = line.u32(at);
        if (flags > 7) {
          row("[reserved=").print("0x%08x must be zero]", flags & 0xFFFF_FFF8L);
        }
        row("Flags: [").bits(CAPABILITIES, flags & 7, "none").text("]");
      }
      case 0xC401 -> row("Flags [").bits(STATUS, line.u32(at), "none").text("]");
      case 0xCC01 -> {
        return properties(before, at, length);
      }
      case 0xCD01, 0xCD07 -> reroute(key == 0xCD01, at);
      case 0xCF07 -> attributes(at);
      default -> label(key, at, length);
    }
    return true;
  }

  private void tunnel(int key, long at) {
    boolean isIpv6 = key == 0x0108;
    row(isIpv6 ? "IPv6" : "IPv4").text(key == 0x010D ? " P2MP LSP ID: " : " Tunnel EndPoint: ");
    line.address(isIpv6, at).print(", Tunnel ID: 0x%04x", line.u16(at + (isIpv6 ? 18 : 6)));
    line.text(", Extended Tunnel ID: ").address(isIpv6, at + (isIpv6 ? 20 : 8));
  }

  private void senders(boolean isIpv6, long at) {
    long group = at + (isIpv6 ? 20 : 8);
    row(isIpv6 ? "IPv6" : "IPv4").text(" Tunnel Sender Address: ").address(isIpv6, at);
    line.print(", LSP ID: 0x%04x", line.u16(group - 2));
    row("Sub-Group Originator ID: ").address(isIpv6, group);
    line.print(", Sub-Group ID: 0x%04x", line.u16(group + (isIpv6 ? 18 : 4)));
  }

  private boolean hops(long first, int length) {
    long at = first;
    int rest = length;
    while (rest >= 4) {
      int type = line.u8(at) & 0x7F;
      int bytes = line.u8(at + 1);
      row("Subobject Type: ").name(HOPS.find(type), "Unknown %u", type);
      line.print(", length %u", bytes);
      if (rest < bytes) {
        row("ERROR: ERO subobject length > object length");
        return true;
      }
      if (bytes == 0) {
        row("ERROR: zero length ERO subtype");
        return true;
      }
      if (!hop(type, at, bytes)) {
        line.invalid();
        return false;
      }
      at += bytes;
      rest -= bytes;
    }
    return true;
  }

  private boolean hop(int type, long at, int length) {
    if (type != 1 && type != 3) {
      return true;
    }
    if (length != 8) {
      line.text(" ERROR: length != 8");
      return false;
    }
    if (type == 3) {
      int flags = line.u8(at + 2);
      int kind = line.u8(at + 3);
      line.text((flags & 1) != 0 ? ", Flags: [Global] (" : ", Flags: [none] (");
      flags(flags).text("), Class-Type: ").text(RsvpTypes.NAMES.find(0x1500 | kind, "Unknown"));
      line.print(" (%u), %u", kind, line.u32(at + 4));
      return true;
    }
    int bits = line.u8(at + 6);
    if (bits != 32) {
      line.print(" ERROR: Prefix length %u != 32", bits);
      return false;
    }
    line.text((line.u8(at) & 0x80) != 0 ? ", Loose, " : ", Strict, ").ipv4(at + 2);
    line.text("/32, Flags: [").bits(HOP_FLAGS, line.u8(at + 7), "none").text("]");
    return true;
  }

  /// Prints flags in hexadecimal, zero without a prefix.
  private Line flags(int flags) {
    return flags == 0 ? line.text("0") : line.hex(flags, 1);
  }

  private boolean labels(String before, long at, int length) {
    int action = line.u8(at);
    row("Action: ").text(ACTIONS.find(action, "Unknown"));
    line.print(" (%u), Label type: %u", action, line.u32(at) & 0x7F);
    if (action == 2 || action == 3) {
      if (length < 12) {
        line.text(before).text("ERROR: object is too short");
        return false;
      }
      row("Start range: ").print("%u, End range: %u", line.u32(at + 4), line.u32(at + 8));
      return true;
    }
    for (int i = 4; i + 4 <= length; i += 4) {
      row("Subchannel #").print("%u: %u", i / 4, line.u32(at + i));
    }
    return true;
  }

  private boolean properties(String before, long first, int length) {
    int padding = line.u16(first + 2);
    row("TLV count: ").print("%u, padding bytes: %u", line.u16(first), padding);
    long at = first + 4;
    int rest = length - 4;
    while (rest >= 2 + padding) {
      int type = line.u8(at);
      int bytes = line.u8(at + 1);
      row("  ").text(PROPERTIES.find(type, "unknown"));
      line.print(" TLV (0x%02x), length: %u", type, bytes);
      if (rest < bytes || bytes < 2) {
        line.text(before).text(rest < bytes ? "ERROR: object is" : "ERROR: property TLV is");
        line.text(" too short");
        return false;
      }
      line.hexDump("\n\t\t", at + 2, bytes - 2, false);
      at += bytes;
      rest -= bytes;
    }
    return true;
  }

  private void reroute(boolean isNew, long at) {
    row("Setup Priority: ").print("%u, Holding Priority: %u, ", line.u8(at), line.u8(at + 1));
    line.print("Hop-limit: %u, Bandwidth: ", line.u8(at + 2));
    IntServ.general(line, Float.intBitsToFloat((int) line.u32(at + 4)) * 8 / 1_000_000);
    line.text(" Mbps");
    row(isNew ? "Include-any: " : "Include Colors: ").print("0x%08x", line.u32(at + 8));
    line.text(isNew ? ", Exclude-any: " : ", Exclude Colors: ");
    line.print("0x%08x", line.u32(at + 12));
    if (isNew) {
      line.print(", Include-all: 0x%08x", line.u32(at + 16));
    }
  }

  private void attributes(long at) {
    row("Session Name: ").visibleText(at + 4, line.u8(at + 3));
    row("Setup Priority: ").print("%u, Holding Priority: %u", line.u8(at), line.u8(at + 1));
    int flags = line.u8(at + 2);
    line.text(", Flags: [").bits(PROTECTIONS, flags, "none").text("] (");
    flags(flags).text(")");
  }

  /// Prints a label, or what a label is asked for.
  private void label(int key, long at, int length) {
    switch (key) {
      case 0x1301 -> {
        for (int i = 0; i + 4 <= length; i += 4) {
          payload(at + i);
        }
      }
      case 0x1302 -> {
        payload(at);
        line.text((line.u8(at + 4) & 0x80) != 0 ? ",no merge" : ", merge").text(" capability");
        row("Minimum VPI/VCI: ").print("%u/", line.u16(at + 4) & 0xFFF);
        line.number(line.u16(at + 6) & 0xFFF);
        row("Maximum VPI/VCI: ").print("%u/", line.u16(at + 8) & 0xFFF);
        line.number(line.u16(at + 10) & 0xFFF);
      }
      case 0x1303 -> {
        payload(at);
        row("Minimum/Maximum DLCI: ").number(line.u32(at + 4) & 0x7F_FFFF);
        line.print("/%u, ", line.u32(at + 8) & 0x7F_FFFF);
        int size = line.u16(at + 4) >> 7 & 3;
        line.text(size == 0 ? "10" : size == 2 ? "23" : "").text(" bit DLCI");
      }
      case 0x1304 -> {
        int encoding = line.u8(at);
        int switching = line.u8(at + 1);
        int payload = line.u16(at + 2);
        row("LSP Encoding Type: ").text(Gmpls.ENCODINGS.find(encoding, "Unknown"));
        line.print(" (%u)", encoding);
        row("Switching Type: ").text(Gmpls.SWITCHING.find(switching, "Unknown"));
        line.print(" (%u), Payload ID: ", switching).text(Gmpls.PAYLOADS.find(payload, "Unknown"));
        line.print(" (0x%04x)", payload);
      }
      default -> {
        switch (key & 0xFF) {
          case 1 -> {
            for (int i = 0; i + 4 <= length; i += 4) {
              row("Label: ").number(line.u32(at + i));
            }
          }
          case 2 -> row("Generalized Label: ").number(line.u32(at));
          default -> {
            row("Waveband ID: ").number(line.u32(at));
            row("Start Label: ").number(line.u32(at + 4));
            line.print(", Stop Label: %u", line.u32(at + 8));
          }
        }
      }
    }
  }

  private void payload(long at) {
    int type = line.u16(at + 2);
    String word = EtherType.word(type);
    row("L3 Protocol ID: ");
    line.name(word.equals("Unknown") ? null : word, "Unknown Protocol (0x%04x)", type);
  }
}
