package io.ringtap.print.switching;

import io.ringtap.print.line.AddressFamilies;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// LLDP (IEEE 802.1AB): the name of the system, and with `-v` all that it announces.
public final class LldpPrinter implements Protocol {
  private static final int HEADER = 2; // bytes of a field: seven bits of a type, nine of a length
  private static final int SYSTEM_NAME = 5;

  private static final Names FIELDS =
      Names.of(
          """
          0 End
          1 Chassis ID
          2 Port ID
          3 Time to Live
          4 Port Description
          5 System Name
          6 System Description
          7 System Capabilities
          8 Management Address
          127 Organization specific\
          """);

  private static final Names CHASSIS =
      Names.of(
          """
          1 Chassis component
          2 Interface alias
          3 Port component
          4 MAC address
          5 Network address
          6 Interface name
          7 Local\
          """);

  private static final Names PORTS =
      Names.of(
          """
          1 Interface alias
          2 Port component
          3 MAC address
          4 Network Address
          5 Interface Name
          6 Agent circuit ID
          7 Local\
          """);

  private static final BitNames CAPABILITIES =
      BitNames.of(
          ", ",
          """
          0x01 Other
          0x02 Repeater
          0x04 Bridge
          0x08 WLAN AP
          0x10 Router
          0x20 Telephone
          0x40 Docsis
          0x80 Station Only\
          """);

  private static final Names NUMBERINGS =
      Names.of(
          """
          2 Interface Index
          3 System Port Number\
          """);

  private final Line line;
  private final LldpOrganizations organizations;

  public LldpPrinter(Line line) {
    this.line = line;
    this.organizations = new LldpOrganizations(line);
  }

  @Override
  public void print(long first, long length) {
    line.enter("lldp");
    line.print("LLDP, length %u", length);
    long at = first;
    long end = first + length;
    while (end - at >= HEADER && line.needs(at, HEADER)) {
      int type = line.u16(at) >> 9;
      int bytes = line.u16(at) & 0x1FF;
      if (line.isVerbose()) {
        line.text("\n\t").text(FIELDS.find(type, "Unknown"));
        line.print(" TLV (%u), length %u", type, bytes);
      }
      if (type == 0 || bytes == 0) {
        return;
      }
      at += HEADER;
      if (end - at < bytes || !line.needs(at, bytes)) {
        line.cut();
        return;
      }
      if (line.isVerbose()) {
        verbose(type, at, bytes);
      } else if (type == SYSTEM_NAME) {
        line.text(": ").visibleName(at, bytes);
      }
      at += bytes;
    }
  }

  private void verbose(int type, long at, int length) {
    boolean isKnown =
        switch (type) {
          case 1 -> identifier(CHASSIS, at, length);
          case 2 -> identifier(PORTS, at, length);
          case 3 -> {
            if (isLong(length, 2)) {
              line.print(": TTL %us", line.u16(at));
            }
            yield true;
          }
          case 4, SYSTEM_NAME -> {
            line.text(": ").visibleName(at, length);
            yield true;
          }
          case 6 -> {
            line.text("\n\t  ").visibleName(at, length);
            yield true;
          }
          case 7 -> {
            capabilities(at, length);
            yield true;
          }
          case 8 -> {
            management(at, at + length);
            yield true;
          }
          case 127 -> !isLong(length, 3) || organizations.print(at, length);
          default -> false;
        };
    if (!line.isCut() && (!isKnown || line.verbosity() > 1)) {
      line.hexDump("\n\t  ", at, length, false);
    }
  }

  /// Whether a field has the bytes that it needs; cuts the line if not.
  private boolean isLong(int length, int needed) {
    if (length < needed) {
      line.cut();
    }
    return length >= needed;
  }

  private boolean identifier(Names kinds, long at, int length) {
    if (!isLong(length, 2)) {
      return true;
    }
    int kind = line.u8(at);
    String name = kinds.find(kind);
    line.text("\n\t  Subtype ").text(name == null ? "Unknown" : name).print(" (%u): ", kind);
    boolean isChassis = kinds == CHASSIS;
    if (kind == (isChassis ? 4 : 3)) {
      if (isLong(length, 7)) {
        line.hardware(at + 1, 6);
      }
    } else if (kind == (isChassis ? 5 : 4)) {
      if (isAddress(at + 1, length - 1)) {
        address(at + 1);
      }
    } else if (name != null) {
      line.visibleName(at + 1, length - 1L);
    }
    return name != null;
  }

  private void capabilities(long at, int length) {
    if (isLong(length, 4)) {
      line.text("\n\t  System  Capabilities [").bits(CAPABILITIES, line.u16(at), "none");
      line.print("] (0x%04x)", line.u16(at));
      line.text("\n\t  Enabled Capabilities [").bits(CAPABILITIES, line.u16(at + 2), "none");
      line.print("] (0x%04x)", line.u16(at + 2));
    }
  }

  /// Whether there is an address of a family; cuts the line if not.
  private boolean isAddress(long at, int length) {
    int bytes =
        switch (length < 1 ? 0 : line.u8(at)) {
          case AddressFamilies.IPV4 -> 4;
          case AddressFamilies.IPV6 -> 16;
          case AddressFamilies.ETHERNET -> 6;
          default -> 0;
        };
    return isLong(length, bytes + 1);
  }

  private void address(long at) {
    int family = line.u8(at);
    line.text("AFI ").text(AddressFamilies.NAMES.find(family, "Unknown"));
    line.print(" (%u)", family);
    switch (family) {
      case AddressFamilies.IPV4 -> line.text(": ").ipv4(at + 1);
      case AddressFamilies.IPV6 -> line.text(": ").ipv6(at + 1);
      case AddressFamilies.ETHERNET -> line.text(": ").hardware(at + 1, 6);
      default -> line.text(", no AF printer !");
    }
  }

  private void management(long first, long end) {
    int length = line.u8(first);
    if (end - first - 1 < length || !isAddress(first + 1, length)) {
      line.cut();
      return;
    }
    line.print("\n\t  Management Address length %u, ", length);
    address(first + 1);
    long at = first + 1 + length;
    if (end - at < 5) {
      line.cut();
      return;
    }
    int numbering = line.u8(at);
    line.text("\n\t  ").text(NUMBERINGS.find(numbering, "Unknown"));
    line.print(" Interface Numbering (%u): %u", numbering, line.u32(at + 1));
    at += 5;
    if (at < end) {
      int bytes = line.u8(at);
      if (end - at < 1 + bytes) {
        line.cut();
      } else if (bytes > 0) {
        line.print("\n\t  OID length %u", bytes).visibleName(at + 1, bytes);
      }
    }
  }
}
