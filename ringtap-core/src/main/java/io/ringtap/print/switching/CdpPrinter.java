package io.ringtap.print.switching;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// The Cisco Discovery Protocol, which has no public specification: the device's name, and with
/// `-v` all that it announces.
public final class CdpPrinter implements Protocol {
  private static final int HEADER = 4; // of a packet, and of each field: bytes
  private static final int DEVICE = 0x01;
  private static final int PREFIX = 5; // bytes: an IPv4 address and a length
  private static final String ROW = "\n\t  ";

  private static final Names FIELDS =
      Names.of(
          """
          0x01 Device-ID
          0x02 Address
          0x03 Port-ID
          0x04 Capability
          0x05 Version String
          0x06 Platform
          0x07 Prefixes
          0x08 Protocol-Hello option
          0x09 VTP Management Domain
          0x0a Native VLAN ID
          0x0b Duplex
          0x0e ATA-186 VoIP VLAN assignment
          0x0f ATA-186 VoIP VLAN request
          0x10 power consumption
          0x11 MTU
          0x12 AVVID trust bitmap
          0x13 AVVID untrusted ports CoS
          0x14 System Name
          0x15 System Object ID (not decoded)
          0x16 Management Addresses
          0x17 Physical Location\
          """);

  private static final BitNames CAPABILITIES =
      BitNames.of(
          ", ",
          """
          0x01 Router
          0x02 Transparent Bridge
          0x04 Source Route Bridge
          0x08 L2 Switch
          0x10 L3 capable
          0x20 IGMP snooping
          0x40 L1 capable\
          """);

  private final Line line;
  private final CdpAddresses addresses;

  public CdpPrinter(Line line) {
    this.line = line;
    this.addresses = new CdpAddresses(line);
  }

  @Override
  public void print(long first, long length) {
    line.enter("cdp");
    long end = first + length;
    if (length < HEADER) {
      line.print(" (packet length %u < 4)", length);
      line.invalid(first, end - first);
      return;
    }
    line.print("CDPv%u, ttl: %us", line.u8(first), line.u8(first + 1));
    int checksum = line.u16(first + 2);
    if (line.isVerbose()) {
      line.print(", checksum: 0x%04x (unverified), length %u", checksum, length);
    }
    long at = first + HEADER;
    while (at < end && !line.isCut()) {
      int bytes = field(at, end);
      if (bytes == 0) {
        line.invalid(at, end - at);
        return;
      }
      at += bytes;
    }
    if (!line.isVerbose()) {
      line.print(", length %u", length);
    }
  }

  /// @return its bytes; 0 if it is malformed, and nothing can follow
  private int field(long at, long end) {
    if (end - at < HEADER) {
      line.print(" (remaining packet length %u < 4)", end - at);
      return 0;
    }
    int type = line.u16(at);
    int bytes = line.u16(at + 2);
    String name = FIELDS.find(type, "unknown field type");
    if (bytes < HEADER) {
      if (line.isVerbose()) {
        line.text("\n\t").text(name);
        line.print(" (0x%02x), TLV length: %u byte", type, bytes);
        line.text(bytes == 1 ? " (too short)" : "s (too short)");
      } else {
        line.text(", ").text(name).print(" TLV length %u too short", bytes);
      }
      return 0;
    }
    if (bytes > end - at) {
      line.print(" (TLV length %u > %u)", bytes, end - at);
      return 0;
    }
    int length = bytes - HEADER;
    if (line.isVerbose()) {
      line.text("\n\t").text(name).print(" (0x%02x), value length: %u byte", type, length);
      line.text(length == 1 ? ": " : "s: ");
    } else if (type == DEVICE) {
      line.text(", ").text(name).text(" ");
    }
    boolean isSound = hasRightLength(type, length);
    line.text(isSound ? "" : " (malformed TLV)");
    if (isSound && (line.isVerbose() || type == DEVICE)) {
      value(type, at + HEADER, length);
    } else if (line.needs(at + HEADER, length)) {
      line.hexDump(ROW, at + HEADER, length, false);
    }
    return bytes;
  }

  private static boolean hasRightLength(int type, int length) {
    return switch (type) {
      case 0x04, 0x11 -> length == 4;
      case 0x16 -> length >= 4;
      case 0x0A -> length == 2;
      case 0x0B, 0x12, 0x13 -> length == 1;
      case 0x0E -> length == 3;
      case 0x0F -> length == 2 || length == 3;
      case 0x10 -> length >= 1 && length <= 3;
      case 0x17 -> length >= 1;
      default -> true;
    };
  }

  private void value(int type, long at, int length) {
    switch (type) {
      case DEVICE, 0x03, 0x06, 0x09, 0x14 -> line.text("'").visibleText(at, length).text("'");
      case 0x02, 0x16 -> addresses.print(at, length);
      case 0x04 -> line.print("(0x%08x): ", line.u32(at)).bits(CAPABILITIES, line.u32(at), "none");
      case 0x05 -> version(at, length);
      case 0x07 -> prefixes(at, length);
      case 0x00, 0x08, 0x0C, 0x0D, 0x15 -> {
        boolean _ = line.needs(at, length);
      }
      case 0x0A -> line.print("%u", line.u16(at));
      case 0x0B -> line.text(line.u8(at) == 0 ? "half" : "full");
      case 0x0E, 0x0F -> {
        if (length == 2) {
          line.print("unknown 0x%04x", line.u16(at));
        } else {
          line.print("app %u, vlan %u", line.u8(at), line.u16(at + 1));
        }
      }
      case 0x10 -> power(at, length);
      case 0x11 -> line.print("%u bytes", line.u32(at));
      case 0x12, 0x13 -> line.print("0x%02x", line.u8(at));
      case 0x17 -> {
        line.print("0x%02x", line.u8(at));
        line.text(length > 1 ? "/" : "").visibleText(at + 1, length - 1L);
      }
      default -> {
        if (line.needs(at, length)) {
          line.hexDump(ROW, at, length, false);
        }
      }
    }
  }

  private void version(long at, int length) {
    line.text(ROW);
    for (long i = at; i < at + length && !line.isCut(); i++) {
      int value = line.u8(i);
      if (value == '\n') {
        line.text(ROW);
      } else {
        line.visible(value);
      }
    }
  }

  private void prefixes(long first, int length) {
    if (length % PREFIX != 0) {
      line.print(" [length %u is not a multiple of 5]", length);
      boolean _ = line.needs(first, length);
      return;
    }
    line.print(" IPv4 Prefixes (%u):", length / PREFIX);
    for (long at = first; at < first + length && line.needs(at, PREFIX); at += PREFIX) {
      line.text(" ").ipv4(at).print("/%u", line.u8(at + 4));
    }
  }

  /// Prints a number of milliwatts in watts.
  private void power(long at, int length) {
    int milliwatts =
        switch (length) {
          case 1 -> line.u8(at);
          case 2 -> line.u16(at);
          default -> line.u24(at);
        };
    BigDecimal watts = new BigDecimal(milliwatts / 1000.0).setScale(2, RoundingMode.HALF_EVEN);
    line.text(watts.toPlainString()).text("W");
  }
}
