package io.ringtap.print.switching;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// LLDP-MED: the fields of LLDP for telephones and their power supply (ANSI/TIA-1057).
final class LldpMedia {
  private static final int MAX_POWER = 1024; // in tenths of a watt

  private static final Names KINDS =
      Names.of(
          """
          1 LLDP-MED Capabilities
          2 Network policy
          3 Location identification
          4 Extended power-via-MDI
          5 Inventory - hardware revision
          6 Inventory - firmware revision
          7 Inventory - software revision
          8 Inventory - serial number
          9 Inventory - manufacturer name
          10 Inventory - model name
          11 Inventory - asset ID\
          """);

  private static final Names INVENTORY =
      Names.of(
          """
          5 Hardware revision
          6 Firmware revision
          7 Software revision
          8 Serial number
          9 Manufacturer name
          10 Model name
          11 Asset ID\
          """);

  private static final BitNames CAPABILITIES =
      BitNames.of(
          ", ",
          """
          0x01 LLDP-MED capabilities
          0x02 network policy
          0x04 location identification
          0x08 extended power via MDI-PSE
          0x10 extended power via MDI-PD
          0x20 Inventory\
          """);

  private static final Names DEVICES =
      Names.of(
          """
          1 endpoint class 1
          2 endpoint class 2
          3 endpoint class 3
          4 network connectivity\
          """);

  private static final Names APPLICATIONS =
      Names.of(
          """
          1 voice
          2 voice signaling
          3 guest voice
          4 guest voice signaling
          5 softphone voice
          6 video conferencing
          7 streaming video
          8 video signaling\
          """);

  private static final BitNames POLICY =
      BitNames.of(
          ", ",
          """
          0x80 Unknown
          0x40 Tagged
          0x20 reserved\
          """);

  private static final Names SOURCES =
      Names.of(
          """
          1 PSE - primary power source
          2 local - backup power source
          3 PSE+local - reserved\
          """);

  private static final Names PRIORITIES =
      Names.of(
          """
          1 critical
          2 high
          3 low\
          """);

  private final Line line;
  private final LldpLocation location;

  LldpMedia(Line line) {
    this.line = line;
    this.location = new LldpLocation(line);
  }

  /// Prints a value.
  ///
  /// @param length of the value, from the organization on, 4 or more bytes
  /// @return false if it is not known, and to be dumped
  boolean print(long at, int length) {
    int kind = line.u8(at + 3);
    LldpOrganizations.kind(line, KINDS, kind);
    switch (kind) {
      case 1 -> {
        if (length >= 7) {
          line.text("\n\t    Media capabilities [").bits(CAPABILITIES, line.u16(at + 4), "none");
          line.print("] (0x%04x)", line.u16(at + 4));
          int device = line.u8(at + 6);
          line.text("\n\t    Device type [").text(DEVICES.find(device, "unknown"));
          line.print("] (0x%02x)", device);
        }
      }
      case 2 -> {
        if (length >= 8) {
          policy(at);
        }
      }
      case 3 -> {
        if (length >= 5) {
          location.print(at + 4, length - 4);
        }
      }
      case 4 -> {
        if (length >= 7) {
          power(at);
        }
      }
      case 5, 6, 7, 8, 9, 10, 11 -> {
        line.text("\n\t  ").text(INVENTORY.find(kind, "unknown")).text(" ");
        line.visibleName(at + 4, length - 4L);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void policy(long at) {
    int application = line.u8(at + 4);
    line.text("\n\t    Application type [").text(APPLICATIONS.find(application, "none"));
    line.print("] (0x%02x), Flags [", application).bits(POLICY, line.u8(at + 5), "none");
    int policy = line.u24(at + 5);
    line.print("]\n\t    Vlan id %u", policy >> 9 & 0xFFF);
    line.print(", L2 priority %u, DSCP value %u", policy >> 6 & 7, policy & 0x3F);
  }

  private void power(long at) {
    int first = line.u8(at + 4);
    // As in tcpdump, by the lowest bits, not the highest.
    line.text("\n\t    Power type [").text((first & 3) != 0 ? "PD device" : "PSE device");
    line.text("], Power source [").text(SOURCES.find(first >> 4 & 3, "none"));
    line.text("]\n\t    Power priority [").text(PRIORITIES.find(first & 0xF, "none"));
    line.print("] (0x%02x), Power ", first & 0xF);
    int tenths = line.u16(at + 5);
    if (tenths < MAX_POWER) {
      line.print("%u.%u Watts", tenths / 10, tenths % 10);
    } else {
      line.print("%u (Reserved)", tenths);
    }
  }
}
