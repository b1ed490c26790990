package io.ringtap.print.osi;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// ES-IS: how end systems and routers of OSI find each other (ISO 9542).
final class EsisPrinter {
  private static final int HEADER = 9; // bytes

  private static final Names TYPES =
      Names.of(
          """
          2 ESH
          4 ISH
          6 redirect\
          """);

  private static final Names OPTIONS =
      Names.of(
          """
          129 Protocols supported
          195 QoS Maintenance
          197 Security
          198 ES Configuration Time
          205 Priority
          225 Addressk Mask
          226 SNPA Mask\
          """);

  private final Line line;

  private long at; // of what comes next
  private int rest; // bytes from there
  private boolean isBad; // the message has been called bad

  EsisPrinter(Line line) {
    this.line = line;
  }

  void print(long first, long length) {
    line.enter("esis");
    if (!line.hasLinkHeader()) {
      line.text("ES-IS");
    }
    if (length <= 2) {
      line.text(line.isQuiet() ? "bad pkt!" : "no header at all!");
      return;
    }
    if (!line.needs(first, HEADER)) {
      return;
    }
    int claimed = line.u8(first + 1);
    int version = line.u8(first + 2);
    if (version != 1) {
      line.print(" version %u packet not supported", version);
    } else if (claimed > length) {
      line.print(" length indicator(%u) > PDU size (%u)!", claimed, length);
    } else if (claimed < HEADER + 2) {
      line.print(" length indicator %u < min PDU size:", claimed);
      for (long i = first; i < line.end(); i++) {
        line.text("%02X".formatted(line.u8(i)));
      }
    } else {
      message(first, claimed, length);
    }
  }

  private void message(long first, int claimed, long length) {
    int type = line.u8(first + 4) & 0x1F;
    line.text(line.hasLinkHeader() ? "" : ", ");
    if (!line.isVerbose()) {
      line.name(TYPES.find(type), "unknown type (%u)", type).print(", length %u", length);
      return;
    }
    line.print("length %u\n\t", length).name(TYPES.find(type), "unknown type: %u", type);
    int checksum = line.u16(first + 7);
    line.print(" (%u), v: 1, checksum: 0x%04x", type, checksum);
    OsiChecksum.judge(line, checksum, first, 7, claimed);
    line.print(", holding time: %us, length indicator: %u", line.u16(first + 5), claimed);
    if (line.verbosity() > 1) {
      line.hexDump("\n\t", first, HEADER, false);
    }
    at = first + HEADER;
    rest = claimed - HEADER;
    isBad = false;
    switch (type) {
      case 2 -> {
        int count = byteOf(", bad esh/li");
        line.print("\n\t  Number of Source Addresses: %u", count);
        for (int i = 0; i < count && !isBad; i++) {
          address("NET", ", bad esh/li", ": ");
        }
      }
      case 4 -> address("NET", ", bad ish/li", ": ");
      case 6 -> redirect();
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t  ", at, line.end() - at, false);
        }
        return;
      }
    }
    options();
  }

  /// Takes a byte, or says that the message is bad.
  private int byteOf(String bad) {
    return take(1, bad) ? line.u8(at - 1) : 0;
  }

  private boolean take(int bytes, String bad) {
    if (isBad || !line.needs(at, bytes)) {
      isBad = true;
    } else if (rest < bytes) {
      line.text(bad);
      isBad = true;
    }
    at += bytes;
    rest -= bytes;
    return !isBad;
  }

  private void address(String name, String bad, String before) {
    int bytes = byteOf(bad);
    if (take(bytes, bad)) {
      line.text("\n\t  ").text(name).print(" (length: %u)", bytes).text(before);
      OsiPrinter.address(line, at - bytes, bytes);
    }
  }

  private void redirect() {
    String bad = ", bad redirect/li";
    int bytes = byteOf(bad);
    if (take(bytes, bad)) {
      line.text("\n\t  ");
      OsiPrinter.address(line, at - bytes, bytes);
    }
    int hardwareBytes = byteOf(bad);
    take(hardwareBytes, bad);
    long hardware = at - hardwareBytes;
    int entityBytes = byteOf(bad);
    if (take(entityBytes, bad)) {
      line.print("\n\t  SNPA (length: %u): ", hardwareBytes);
      if (hardwareBytes == 0) {
        line.text("<empty>");
      }
      line.hardware(hardware, hardwareBytes);
      if (entityBytes != 0) {
        line.print("\n\t  NET (length: %u) ", entityBytes);
        OsiPrinter.address(line, at - entityBytes, entityBytes);
      }
    }
  }

  private void options() {
    while (rest != 0 && !isBad && !line.isCut()) {
      if (rest < 2) {
        line.text(", bad opts/li");
        return;
      }
      int type = line.u8(at);
      int bytes = line.u8(at + 1);
      at += 2;
      rest -= 2;
      if (bytes > rest) {
        line.print(", opt (%u) too long", type);
        return;
      }
      line.text("\n\t  ").text(OPTIONS.find(type, "Unknown"));
      line.print(" Option #%u, length %u, value: ", type, bytes);
      option(type, bytes);
      at += bytes;
      rest -= bytes;
    }
  }

  private void option(int type, int bytes) {
    int dumped = bytes;
    switch (type) {
      case 198 -> {
        if (bytes == 2) {
          line.print("%us", line.u16(at));
        } else {
          line.text("(bad length)");
        }
      }
      case 129 -> {
        for (int i = 0; i < bytes && !line.isCut(); i++) {
          line.text(i > 0 ? ", " : "");
          OsiPrinter.protocol(line, at + i);
        }
        dumped = 0;
      }
      default -> line.hexDump("\n\t  ", at, bytes, false);
    }
    if (line.verbosity() > 1) {
      line.hexDump("\n\t  ", at, dumped, false);
    }
  }
}
