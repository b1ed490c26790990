package io.ringtap.print.switching;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// DCBX: what the two ends of a data center's link agree on, in LLDP; its version 1.01.
final class LldpDataCenter {
  private static final int HEADER = 2; // bytes of a field: seven bits of a type, nine of a length

  private static final Names KINDS =
      Names.of(
          """
          1 DCB Capability Exchange Protocol Rev 1
          2 DCB Capability Exchange Protocol Rev 1.01\
          """);

  private final Line line;

  LldpDataCenter(Line line) {
    this.line = line;
  }

  /// Prints a value.
  ///
  /// @param length of the value, from the organization on, 4 or more bytes
  /// @return false if it is to be dumped
  boolean print(long first, int length) {
    int kind = line.u8(first + 3);
    LldpOrganizations.kind(line, KINDS, kind);
    if (kind == 1) {
      return false;
    }
    boolean isKnown = true;
    long at = first + 4;
    long end = first + length;
    while (end - at >= HEADER) {
      int type = line.u16(at) >> 9;
      int bytes = line.u16(at) & 0x1FF;
      at += HEADER;
      isKnown = true;
      if (type == 0 || bytes == 0 || end - at < bytes || bytes < least(type)) {
        return true;
      }
      isKnown = field(type, at, bytes);
      if (!isKnown || line.verbosity() > 1) {
        line.hexDump("\n\t    ", at, bytes, false);
      }
      at += bytes;
    }
    return isKnown;
  }

  private static int least(int type) {
    return switch (type) {
      case 1 -> 10;
      case 2 -> 17;
      case 3 -> 6;
      case 4 -> 4;
      default -> 0;
    };
  }

  private boolean field(int type, long at, int length) {
    switch (type) {
      case 1 -> {
        head("Control - Protocol Control", type, at, length);
        line.print("\n\t      Sequence Number: %u", line.u32(at + 2));
        line.print("\n\t      Acknowledgement Number: %u", line.u32(at + 6));
      }
      case 2 -> {
        feature("Feature - Priority Group", type, at, length);
        groups(at);
      }
      case 3 -> {
        feature("Feature - Priority Flow Control", type, at, length);
        flowControl(at);
      }
      case 4 -> {
        feature("Feature - Application", type, at, length);
        applications(at, length);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void head(String name, int type, long at, int length) {
    line.text("\n\t    ").text(name).print(" (type 0x%x, length %u)", type, length);
    line.print("\n\t      Oper_Version: %u", line.u8(at));
    line.print("\n\t      Max_Version: %u", line.u8(at + 1));
  }

  private void feature(String name, int type, long at, int length) {
    head(name, type, at, length);
    int block = line.u8(at + 2);
    line.text("\n\t      Info block(0x").text("%02X): ".formatted(block));
    line.print("Enable bit: %u, Willing bit: %u", block >> 7, block >> 6 & 1);
    line.print(", Error Bit: %u\n\t      SubType: %u", block >> 5 & 1, line.u8(at + 3));
  }

  private void groups(long at) {
    line.text("\n\t      Priority Allocation");
    for (int i = 0; i < 8; i++) {
      int group = line.u8(at + 4 + i / 2) >> (i % 2 == 0 ? 4 : 0) & 0xF;
      line.print("\n\t          PgId_%u: %u", i, group);
    }
    line.text("\n\t      Priority Group Allocation");
    for (int i = 0; i < 8; i++) {
      line.print("\n\t          Pg percentage[%u]: %u", i, line.u8(at + 8 + i));
    }
    line.print("\n\t      NumTCsSupported: %u", line.u8(at + 16));
  }

  private void flowControl(long at) {
    int priorities = line.u8(at + 4);
    line.text("\n\t      PFC Config (0x").text("%02X)".formatted(priorities));
    for (int i = 0; i < 8; i++) {
      line.print("\n\t          Priority Bit %u: ", i);
      line.text((priorities >> i & 1) != 0 ? "Enabled" : "Disabled");
    }
    line.print("\n\t      NumTCPFCSupported: %u", line.u8(at + 5));
  }

  private void applications(long at, int length) {
    for (int i = 4; i + 6 <= length; i += 6) {
      line.text("\n\t      Application Value");
      line.print("\n\t          Application Protocol ID: 0x%04x", line.u16(at + i));
      int value = line.u24(at + i + 2);
      line.print("\n\t          SF (0x%x) Application Protocol ID is ", value >> 22);
      line.text(value >> 22 != 0 ? "Socket Number" : "L2 EtherType");
      line.print("\n\t          OUI: 0x%06x", value & 0x3F_FFFF);
      line.print("\n\t          User Priority Map: 0x%02x", line.u8(at + i + 5));
    }
  }
}
