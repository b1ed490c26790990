package io.ringtap.print.osi;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.HmacSignature;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Organizations;

/// The values after the header of an IS-IS message (IANA, IS-IS TLV codepoints).
final class IsisValues {
  /// Bytes of a system's identifier.
  static final int SYSTEM = 6;

  private static final int ENTRY = 16; // bytes of an entry about a link state message

  private static final Names TYPES =
      Names.of(
          """
          1 Area address(es)
          2 IS Reachability
          3 ES Neighbor(s)
          4 Partition DIS
          5 Prefix Neighbors
          6 IS Neighbor(s)
          7 Instance Identifier
          8 Padding
          9 LSP entries
          10 Authentication
          12 Checksum
          13 Purge Originator Identifier
          14 LSP Buffersize
          22 Extended IS Reachability
          24 IS Alias ID
          42 DECnet Phase IV
          66 Lucent Proprietary
          128 IPv4 Internal Reachability
          129 Protocols supported
          130 IPv4 External Reachability
          131 Inter-Domain Information Type
          132 IPv4 Interface address(es)
          133 IPv4 authentication (deprecated)
          134 Traffic Engineering Router ID
          135 Extended IPv4 Reachability
          137 Hostname
          138 Shared Risk Link Group
          143 Multi-Topology-Aware Port Capability
          144 Multi-Topology Capability
          176 Nortel Proprietary
          177 Nortel Proprietary
          211 Restart Signaling
          222 Multi Topology IS Reachability
          229 Multi Topology
          232 IPv6 Interface address(es)
          235 Multi-Topology IPv4 Reachability
          236 IPv6 reachability
          237 Multi-Topology IP6 Reachability
          240 Point-to-point Adjacency State
          241 Hello PDU Sequence Number
          242 IS-IS Router Capability
          250 Vendor Private\
          """);

  private static final Names AUTHENTICATIONS =
      Names.of(
          """
          1 simple text password
          3 Generic Crypto key-id
          54 HMAC-MD5 password
          255 Routing Domain private password\
          """);

  private static final Names STATES =
      Names.of(
          """
          0 Up
          1 Initializing
          2 Down\
          """);

  private static final Names DOMAINS =
      Names.of(
          """
          0 Reserved
          1 Routing-Domain Specific
          2 AS Number Tag\
          """);

  private static final BitNames RESTART =
      BitNames.of(
          ", ",
          """
          1 Restart Request
          2 Restart Acknowledgement
          4 Suppress adjacency advertisement\
          """);

  private static final BitNames SCOPES =
      BitNames.of(
          ", ",
          """
          1 S bit
          2 D bit\
          """);

  private static final BitNames FAMILIES =
      BitNames.of(
          ", ",
          """
          0x80 ipv4
          0x40 ipv6\
          """);

  private final Line line;
  private final IsisReach reach;
  private final IsisBridging bridging;
  private long message; // where it begins
  private long messageLength;

  IsisValues(Line line) {
    this.line = line;
    this.reach = new IsisReach(line, this);
    this.bridging = new IsisBridging(line);
  }

  /// @param first where the message begins
  /// @param length of the message
  void print(long first, int header, long length) {
    message = first;
    messageLength = length;
    long at = first + header;
    long end = first + length;
    while (at < end && line.needs(at, 2)) {
      if (end - at < 2) {
        line.cut();
        return;
      }
      int type = line.u8(at);
      int bytes = line.u8(at + 1);
      at += 2;
      line.text("\n\t    ").text(TYPES.find(type, "unknown"));
      line.print(" TLV #%u, length: %u", type, bytes);
      if (end - at < bytes) {
        line.cut();
        return;
      }
      if (type == 12) {
        checksum(first, length, at, bytes);
      } else if (!value(type, at, bytes)) {
        return;
      }
      if (line.verbosity() > 1) {
        line.hexDump("\n\t      ", at, bytes, false);
      }
      at += bytes;
    }
  }

  /// @return false if nothing after it is to be printed
  private boolean value(int type, long at, int length) {
    switch (type) {
      case 1 -> areas(at, length);
      case 4 -> ids("\n\t      ", at, length);
      case 5 -> prefixes(at, length);
      case 6 -> ids("\n\t      SNPA: ", at, length);
      case 7 -> instance(at, length);
      case 9 -> entries(at, length);
      case 10 -> authentication(at, length);
      case 13 -> originator(at, length);
      case 14 -> number("\n\t      LSP Buffersize: %u", 2, at, length);
      case 129 -> protocols(at, length);
      case 131 -> domain(at, length);
      case 132 -> addresses("\n\t      IPv4 interface address: ", false, at, length);
      case 134 -> {
        String before = "\n\t      Traffic Engineering Router ID: ";
        addresses(before, false, at, Math.min(length, 4));
      }
      case 137 -> line.text("\n\t      Hostname: ").paddedText(at, length);
      case 138 -> sharedRisk(at, length);
      case 143 -> bridging.port(at, length);
      case 144 -> bridging.bridge(at, length);
      case 211 -> restart(at, length);
      case 232 -> addresses("\n\t      IPv6 interface address: ", true, at, length);
      case 240 -> adjacency(at, length);
      case 241 -> number("\n\t      Sequence number: %u", 4, at, length);
      case 242 -> capability(at, length);
      case 250 -> vendor(at, length);
      case 8 -> {} // padding
      default -> {
        if (IsisReach.isOf(type)) {
          return reach.print(type, at, length);
        }
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t\t", at, length, false);
        }
      }
    }
    return true;
  }

  /// Prints the identifier of a system, and of what is in it.
  void id(String before, long at, int length) {
    if (!line.needs(at, length)) {
      return;
    }
    line.text(before);
    for (int i = 0; i < length; i++) {
      line.text(i == SYSTEM + 1 ? "-" : i > 0 && i % 2 == 0 ? "." : "")
          .plainHex(line.u8(at + i), 2);
    }
  }

  /// Prints a number of seconds in a column.
  void lifetime(long at) {
    int begin = line.out().length();
    line.number(line.u16(at)).alignRight(begin, 5).text("s");
  }

  private void ids(String before, long at, int length) {
    for (int i = 0; i + SYSTEM <= length && !line.isCut(); i += SYSTEM) {
      id(before, at + i, SYSTEM);
    }
  }

  private void addresses(String before, boolean isIpv6, long at, int length) {
    int bytes = isIpv6 ? 16 : 4;
    for (int i = 0; i + bytes <= length && line.needs(at + i, bytes); i += bytes) {
      line.text(before).address(isIpv6, at + i);
    }
  }

  private void number(String template, int bytes, long at, int length) {
    if (length >= bytes && line.needs(at, bytes)) {
      line.print(template, bytes == 2 ? line.u16(at) : line.u32(at));
    }
  }

  private void areas(long first, int length) {
    long at = first;
    int rest = length;
    while (rest > 0) {
      int bytes = line.u8(at);
      if (rest - 1 < bytes || !line.needs(at + 1, bytes)) {
        return;
      }
      line.print("\n\t      Area address (length: %u): ", bytes);
      OsiPrinter.address(line, at + 1, bytes);
      at += bytes + 1;
      rest -= bytes + 1;
    }
  }

  private void prefixes(long first, int length) {
    if (length < 4 || !line.needs(first, 4)) {
      return;
    }
    line.text("\n\t      Metric Block");
    reach.metrics(first);
    long at = first + 4;
    int rest = length - 4;
    while (rest > 0 && line.needs(at, 1)) {
      int digits = line.u8(at);
      if (digits < 2) {
        line.print("\n\t\tAddress: prefix length %u < 2", digits);
        return;
      }
      int bytes = digits / 2;
      if (rest - 1 < bytes || !line.needs(at + 1, bytes)) {
        return;
      }
      line.text("\n\t\tAddress: ");
      OsiPrinter.address(line, at + 1, bytes);
      line.print("/%u", digits * 4L);
      at += bytes + 1;
      rest -= bytes + 1;
    }
  }

  private void instance(long at, int length) {
    if (length < 4 || !line.needs(at, 2)) {
      return;
    }
    int count = (length - 2) / 2;
    line.print("\n\t      Instance ID: %u, ITIDs(%u): ", line.u16(at), count);
    for (int i = 0; i < count && line.needs(at + 2 + i * 2L, 2); i++) {
      line.number(line.u16(at + 2 + i * 2L)).text(i < count - 1 ? ", " : "");
    }
  }

  private void entries(long first, int length) {
    for (int i = 0; i + ENTRY <= length && !line.isCut(); i += ENTRY) {
      long at = first + i;
      id("\n\t      lsp-id: ", at + 2, SYSTEM + 2);
      number(", seq: 0x%08x", 4, at + 10, 4);
      line.text(", lifetime: ");
      lifetime(at);
      number(", chksum: 0x%04x", 2, at + 14, 2);
    }
  }

  private void authentication(long at, int length) {
    if (length < 1 || !line.needs(at, 1)) {
      return;
    }
    int type = line.u8(at);
    int rest = length - 1;
    line.text("\n\t      ");
    line.name(AUTHENTICATIONS.find(type), "unknown Authentication type 0x%02x", type).text(": ");
    switch (type) {
      case 1 -> line.paddedText(at + 1, rest);
      case 3 -> {
        if (rest >= 2 && line.needs(at + 1, 2)) {
          line.print("%u, password: ", line.u16(at + 1)).hexBytes(at + 3, rest - 2);
        }
      }
      case 54 -> {
        line.hexBytes(at + 1, rest).text(rest == HmacSignature.BYTES ? "" : ", (invalid subTLV) ");
        signature(at + 1);
      }
      default -> line.hexDump("\n\t\t  ", at + 1, rest, false);
    }
  }

  private void signature(long at) {
    int type = line.u8(message + 4);
    if (type == 18 || type == 20) {
      // The lifetime and the checksum of a link state message are not signed (RFC 5304 §2).
      HmacSignature.judge(line, message, messageLength, at, message + 10, message + 24);
    } else {
      HmacSignature.judge(line, message, messageLength, at);
    }
  }

  private void checksum(long first, long length, long at, int bytes) {
    if (bytes >= 2 && line.needs(at, 2)) {
      int checksum = line.u16(at);
      line.print("\n\t      checksum: 0x%04x ", checksum);
      OsiChecksum.judge(line, checksum, first, (int) (at - first), length);
    }
  }

  private void originator(long at, int length) {
    if (length < 1 || !line.needs(at, 1)) {
      return;
    }
    int count = line.u8(at);
    if (count == 0) {
      line.text(" No system IDs supplied");
      return;
    }
    if (length > SYSTEM) {
      id("\n\t      Purge Originator System-ID: ", at + 1, SYSTEM);
    }
    if (count > 1 && length > 2 * SYSTEM) {
      // tcpdump wants more to be there than it prints.
      line.needs(at + 1 + SYSTEM, 2 * SYSTEM + 1);
      id("\n\t      Received from System-ID: ", at + 1 + SYSTEM, SYSTEM);
    }
  }

  private void protocols(long at, int length) {
    line.text("\n\t      NLPID(s): ");
    for (int i = 0; i < length && line.needs(at + i, 1); i++) {
      OsiPrinter.protocol(line, at + i);
      line.text(i < length - 1 ? ", " : "");
    }
  }

  private void domain(long at, int length) {
    if (length < 1 || !line.needs(at, 1)) {
      return;
    }
    int type = line.u8(at);
    line.text("\n\t      Inter-Domain Information Type: ");
    line.name(DOMAINS.find(type), "Unknown (0x%02x)", type);
    if (type == 2) {
      number("AS Number: %u", 2, at + 1, length - 1);
    } else {
      line.hexDump("\n\t      ", at + 1, length - 1, false);
    }
  }

  private void sharedRisk(long first, int length) {
    if (length < SYSTEM + 1) {
      return;
    }
    id("\n\t      IS Neighbor: ", first, SYSTEM + 1);
    long at = first + SYSTEM + 1;
    int rest = length - SYSTEM - 1;
    if (rest < 1 || !line.needs(at, 1)) {
      return;
    }
    line.text((line.u8(at) & 1) != 0 ? ", Flags: [numbered]" : ", Flags: [unnumbered]");
    at++;
    rest--;
    addresses("\n\t      IPv4 interface address: ", false, at, Math.min(rest, 4));
    addresses("\n\t      IPv4 neighbor address: ", false, at + 4, Math.min(rest - 4, 4));
    for (int i = 8; i + 4 <= rest && !line.isCut(); i += 4) {
      number("\n\t      Link-ID: 0x%08x", 4, at + i, 4);
    }
  }

  private void restart(long at, int length) {
    if (length < 1 || !line.needs(at, 1)) {
      return;
    }
    line.text("\n\t      Flags [").bits(RESTART, line.u8(at), "none").text("]");
    if (length >= 3 && line.needs(at + 1, 2)) {
      line.print(", Remaining holding time %us", line.u16(at + 1));
      if (length == 3 + SYSTEM) {
        id(", for ", at + 3, SYSTEM);
      }
    }
  }

  private void adjacency(long at, int length) {
    int rest = length;
    if (rest >= 1 && line.needs(at, 1)) {
      int state = line.u8(at);
      line.text("\n\t      Adjacency State: ").text(STATES.find(state, "unknown"));
      line.print(" (%u)", state);
      rest--;
    }
    if (rest > 4) {
      number("\n\t      Extended Local circuit-ID: 0x%08x", 4, at + 1, 4);
      rest -= 4;
    }
    if (rest >= SYSTEM) {
      id("\n\t      Neighbor System-ID: ", at + 5, SYSTEM);
      rest -= SYSTEM;
    }
    number("\n\t      Neighbor Extended Local circuit-ID: 0x%08x", 4, at + 11, rest);
  }

  private void capability(long first, int length) {
    if (length < 5) {
      line.print(" [object length %u < 5]", length);
      line.invalid();
      return;
    }
    if (line.needs(first, 4)) {
      line.text("\n\t      Router-ID ").ipv4(first);
    }
    int flags = line.u8(first + 4);
    line.text(", Flags [").bits(SCOPES, flags, "none").text("]");
    long at = first + 5;
    int rest = length - 5;
    while (rest >= 2 && line.needs(at, 2)) {
      int type = line.u8(at);
      int bytes = line.u8(at + 1);
      at += 2;
      rest -= 2;
      line.text("\n\t\t").text(type == 2 ? "SR-Capabilities" : "unknown");
      line.print(" subTLV #%u, length: %u", type, bytes);
      if (bytes > rest || !line.has(at, bytes)) {
        return;
      }
      if (type == 2) {
        segmentRouting(at, bytes);
      } else {
        line.hexDump("\n\t\t", at, bytes, false);
      }
      at += bytes;
      rest -= bytes;
    }
  }

  private void segmentRouting(long first, int length) {
    if (!line.needs(first, 4)) {
      return;
    }
    line.text(", Flags [").bits(FAMILIES, line.u8(first), "None");
    line.print("], Range %u", line.u24(first + 1));
    long at = first + 4;
    int rest = length - 4 & 0xFF; // in eight bits, as in tcpdump
    while (rest >= 5 && line.needs(at, 2)) {
      int type = line.u8(at);
      int bytes = line.u8(at + 1);
      at += 2;
      rest -= 2;
      if (bytes > rest) {
        return;
      }
      if (type != 1) {
        line.hexDump("\n\t\t  ", at, bytes, false);
      } else if (bytes == 3 || bytes == 4) {
        long value = bytes == 3 ? line.u24(at) : line.u32(at);
        line.print(", SID value %u", value);
      } else {
        line.print(", Unknown SID length%u", bytes);
      }
      at += bytes;
      rest -= bytes;
    }
  }

  private void vendor(long at, int length) {
    if (length >= 3 && line.needs(at, 3)) {
      int vendor = line.u24(at);
      line.text("\n\t      Vendor: ").text(Organizations.NAMES.find(vendor, "Unknown"));
      line.print(" (%u)", vendor).hexDump("\n\t\t", at + 3, length - 3, false);
    }
  }
}
