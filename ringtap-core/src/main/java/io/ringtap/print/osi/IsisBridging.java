package io.ringtap.print.osi;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// What bridges say in IS-IS for Shortest Path Bridging (RFC 6329).
final class IsisBridging {
  private static final int CONFIGURATION = 51; // bytes of the identifier of a configuration
  private static final int DIGEST = 33; // bytes
  private static final int TREE = 8; // bytes

  private static final Names PORT_TYPES =
      Names.of(
          """
          4 SPB MCID
          5 SPB Digest
          6 SPB BVID\
          """);

  private static final Names TYPES =
      Names.of(
          """
          1 SPB Instance
          3 SPBM Service Identifier and Unicast Address\
          """);

  private final Line line;

  IsisBridging(Line line) {
    this.line = line;
  }

  /// Prints what a port can do.
  void port(long at, int length) {
    if (length >= 2 && line.needs(at, 2)) {
      int topology = line.u16(at);
      line.print("\n\t       RES: %u, MTID(s): %u", topology >> 12, topology & 0xFFF);
      details(true, at + 2, length - 2);
    }
  }

  /// Prints what a bridge can do.
  void bridge(long at, int length) {
    if (length >= 2 && line.needs(at, 2)) {
      int topology = line.u16(at);
      line.print("\n\t      O: %u, RES: %u, ", topology >> 15, topology >> 12 & 7);
      line.print("MTID(s): %u", topology & 0xFFF);
      details(false, at + 2, length - 2);
    }
  }

  private void details(boolean isPort, long first, int length) {
    long at = first;
    int rest = length;
    while (rest > 2 && line.needs(at, 2)) {
      int type = line.u8(at);
      int bytes = line.u8(at + 1);
      line.text(isPort ? "\n\t       " : "\n\t      ");
      line.text((isPort ? PORT_TYPES : TYPES).find(type, "unknown"));
      line.print(" subTLV #%u, length: %u", type, bytes);
      at += 2;
      rest -= 2;
      if (rest < bytes) {
        line.text(" (> containing TLV length)");
        return;
      }
      if (!line.has(at, bytes)) {
        line.mark("isis"); // the line goes on, as in tcpdump
        return;
      }
      if (!(isPort ? ofPort(type, at, bytes) : ofBridge(type, at, bytes))) {
        return;
      }
      at += bytes;
      rest -= bytes;
    }
  }

  /// Prints a value of a port.
  ///
  /// @return whether its length is right
  private boolean ofPort(int type, long at, int length) {
    int least = type == 4 ? 2 * CONFIGURATION : type == 5 ? DIGEST : 0;
    if (length < least) {
      return isTooShort();
    }
    switch (type) {
      case 4 -> {
        configuration("MCID: ", at);
        configuration("AUX-MCID: ", at + CONFIGURATION);
      }
      case 5 -> digest(at);
      case 6 -> {
        return trees(at, length);
      }
      default -> {}
    }
    return true;
  }

  private boolean isTooShort() {
    line.text(" (too short)");
    return false;
  }

  private void configuration(String before, long at) {
    line.text("\n\t         ").text(before).print("ID: %u, Name: ", line.u8(at));
    line.paddedText(at + 1, 32);
    line.print("\n\t              Lvl: %u, Digest: ", line.u16(at + 33));
    for (int i = 0; i < 16; i++) {
      line.print("%02x ", line.u8(at + 35 + i));
    }
  }

  private void digest(long at) {
    int flags = line.u8(at);
    line.print("\n\t        RES: %u V: %u ", flags >> 5, flags >> 4 & 1);
    line.print("A: %u D: %u\n\t         Digest: ", flags >> 2 & 3, flags & 3);
    for (int i = 0; i < 8; i++) {
      line.text(i == 4 ? "\n\t                 " : "").print("%08x ", line.u32(at + 1 + i * 4L));
    }
  }

  private boolean trees(long at, int length) {
    for (int i = 0; i < length; i += 6) {
      if (length - i < 4) {
        return isTooShort();
      }
      line.print("\n\t           ECT: %08x", line.u32(at + i));
      if (length - i < 6) {
        return isTooShort();
      }
      int vlan = line.u16(at + i + 4);
      line.print(" BVID: %u, U:%x M:%x ", vlan >> 4, vlan >> 3 & 1, vlan >> 2 & 1);
    }
    return true;
  }

  /// Prints a value of a bridge.
  ///
  /// @return whether its length is right
  private boolean ofBridge(int type, long at, int length) {
    return switch (type) {
      case 1 -> length < 19 ? isTooShort() : instance(at, length);
      case 3 -> services(at, length);
      default -> true;
    };
  }

  private boolean instance(long first, int length) {
    line.print("\n\t        CIST Root-ID: %08x %08x", line.u32(first), line.u32(first + 4));
    line.print(", Path Cost: %08x, Prio: %u", line.u32(first + 8), line.u16(first + 12));
    int flags = line.u16(first + 14);
    line.print("\n\t        RES: %u, V: %u", flags >> 5, flags >> 4 & 1);
    int trees = line.u8(first + 18);
    line.print(", SPSource-ID: %u, ", line.u32(first + 14) & 0xF_FFFF);
    line.print("No of Trees: %x", trees);
    for (int i = 0; i < trees; i++) {
      long at = first + 19 + (long) i * TREE;
      if (length < 19 + (i + 1) * TREE) {
        line.mark("isis");
        return false;
      }
      flags = line.u8(at);
      line.print("\n\t         U:%u, M:%u, A:%u, ", flags >> 7, flags >> 6 & 1, flags >> 5 & 1);
      line.print("RES:%u, ECT: %08x", flags & 0x1F, line.u32(at + 1));
      int vlans = line.u24(at + 5);
      line.print(", BVID: %u, SPVID: %u", vlans >> 12, vlans & 0xFFF);
    }
    return true;
  }

  private boolean services(long at, int length) {
    if (length < 8) {
      line.mark("isis");
      return false;
    }
    int vlan = line.u16(at + 6);
    line.print("\n\t        BMAC: %08x%04x", line.u32(at), line.u16(at + 4));
    line.print(", RES: %u, VID: %u", vlan >> 12, vlan & 0xFFF);
    for (int i = 8; i + 4 <= length; i += 4) {
      long service = line.u32(at + i);
      line.print("\n\t        T: %u, R: %u, ", service >> 31, service >> 30 & 1);
      line.print("RES: %u, ISID: %u", service >> 24 & 0x3F, service & 0xFF_FFFF);
    }
    return true;
  }
}
