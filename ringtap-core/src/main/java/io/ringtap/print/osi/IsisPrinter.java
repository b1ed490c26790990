package io.ringtap.print.osi;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// IS-IS: routing between routers of OSI, and of IP (ISO 10589, RFC 1195).
final class IsisPrinter {
  private static final int HEADER = 8; // bytes of every message
  private static final int SYSTEM = IsisValues.SYSTEM;
  private static final int LSP_HEADER = 19; // without the first 8

  private static final Names TYPES =
      Names.of(
          """
          15 L1 Lan IIH
          16 L2 Lan IIH
          17 p2p IIH
          18 L1 LSP
          20 L2 LSP
          24 L1 CSNP
          25 L2 CSNP
          26 L1 PSNP
          27 L2 PSNP\
          """);

  private static final Names CIRCUITS =
      Names.of(
          """
          1 Level 1 only
          2 Level 2 only
          3 Level 1, Level 2\
          """);

  private final Line line;
  private final IsisValues values;

  IsisPrinter(Line line) {
    this.line = line;
    this.values = new IsisValues(line);
  }

  /// Prints a message.
  ///
  /// @return false if the bytes are to be dumped
  boolean print(long first, long length) {
    line.enter("isis");
    if (length < HEADER || !line.needs(first, HEADER)) {
      line.cut();
      return true;
    }
    line.text(line.hasLinkHeader() ? "" : "IS-IS");
    if (!isSound(first, length)) {
      return false;
    }
    int type = line.u8(first + 4);
    line.text(line.hasLinkHeader() ? "" : ", ");
    if (line.isVerbose()) {
      line.print("length %u\n\t", length);
      common(first, type);
    } else {
      line.name(TYPES.find(type), "unknown PDU-Type %u", type);
    }
    int header =
        switch (type) {
          case 15, 16 -> 27;
          case 17 -> 20;
          case 18, 20 -> HEADER + LSP_HEADER;
          case 24, 25 -> 33;
          case 26, 27 -> 17;
          default -> 0;
        };
    if (header == 0) {
      if (line.isVerbose()) {
        line.hexDump("\n\t  ", first + HEADER, length, false);
        return false;
      }
      line.print(", length %u", length);
      return true;
    }
    int claimed = line.u8(first + 1);
    if (claimed != header) {
      line.text(type >= 26 ? "- " : ", ");
      line.print("bogus fixed header length %u should be ", claimed);
      line.number(type == 18 || type == 20 ? LSP_HEADER : header);
      return false;
    }
    if (length < header || !line.needs(first, header)) {
      line.cut();
      return true;
    }
    if (line.isVerbose()) {
      verbose(type, first, header, length);
    } else {
      brief(type, first + HEADER);
      line.print(", length %u", length);
    }
    return true;
  }

  private boolean isSound(long first, long length) {
    int header = line.u8(first + 1);
    int version = line.u8(first + 2);
    int systemBytes = line.u8(first + 3);
    int format = line.u8(first + 5);
    if (version != 1) {
      line.print("version %u packet not supported", version);
    } else if (systemBytes != SYSTEM && systemBytes != 0) {
      line.print("system ID length of %u is not supported", systemBytes);
    } else if (format != 1) {
      line.print("version %u packet not supported", format);
    } else if (length < header) {
      line.print("fixed header length %u > packet length %u", header, length);
    } else if (header < HEADER) {
      line.print("fixed header length %u < minimum header size %u", header, HEADER);
    } else if (line.u8(first + 7) == 255) {
      line.text("bad packet -- 255 areas");
    } else {
      return true;
    }
    return false;
  }

  private void common(long first, int type) {
    int areas = line.u8(first + 7);
    line.name(TYPES.find(type), "unknown, type %u", type);
    line.print(", hlen: %u, v: 1, pdu-v: 1, sys-id-len: 6", line.u8(first + 1));
    line.print(" (%u), max-area: ", line.u8(first + 3));
    line.print("%u (%u)", areas == 0 ? 3 : areas, areas);
    if (line.verbosity() > 1) {
      line.hexDump("\n\t", first, HEADER, false);
    }
  }

  private void brief(int type, long at) {
    switch (type) {
      case 15, 16 -> {
        values.id(", src-id ", at + 1, SYSTEM);
        values.id(", lan-id ", at + 12, SYSTEM + 1);
        line.print(", prio %u", line.u8(at + 11));
      }
      case 17 -> values.id(", src-id ", at + 1, SYSTEM);
      case 18, 20 -> {
        values.id(", lsp-id ", at + 4, SYSTEM + 2);
        line.print(", seq 0x%08x, lifetime ", line.u32(at + 12));
        values.lifetime(at + 2);
      }
      default -> values.id(", src-id ", at + 2, SYSTEM + 1);
    }
  }

  private void verbose(int type, long first, int header, long length) {
    long at = first + HEADER;
    int claimed = line.u16(type <= 17 ? at + 9 : at);
    long rest = Math.min(length, claimed);
    switch (type) {
      case 15, 16, 17 -> hello(type, at, claimed);
      case 18, 20 -> linkState(at, claimed, rest);
      default -> {
        values.id("\n\t  source-id:    ", at + 2, SYSTEM + 1);
        line.print(", PDU length: %u", claimed);
        if (type <= 25) {
          values.id("\n\t  start lsp-id: ", at + 9, SYSTEM + 2);
          values.id("\n\t  end lsp-id:   ", at + 17, SYSTEM + 2);
        }
      }
    }
    if (line.verbosity() > 1) {
      line.hexDump("\n\t  ", at, header - HEADER, false);
    }
    if (rest < header) {
      line.print(" [packet length %u < %u]", rest, header);
      line.invalid();
    } else {
      values.print(first, header, rest);
    }
  }

  private void hello(int type, long at, int claimed) {
    int circuit = line.u8(at);
    boolean isOfLan = type != 17;
    values.id("\n\t  source-id: ", at + 1, SYSTEM);
    line.text(isOfLan ? ",  " : ", ").print("holding time: %us, Flags: [", line.u16(at + 7));
    line.name(CIRCUITS.find(circuit), "unknown circuit type 0x%02x", circuit).text("]");
    if (isOfLan) {
      values.id("\n\t  lan-id:    ", at + 12, SYSTEM + 1);
      line.print(", Priority: %u", line.u8(at + 11) & 0x7F);
    } else {
      line.print("\n\t  circuit-id: 0x%02x", line.u8(at + 11));
    }
    line.print(", PDU length: %u", claimed);
  }

  private void linkState(long at, int claimed, long length) {
    int checksum = line.u16(at + 16);
    values.id("\n\t  lsp-id: ", at + 4, SYSTEM + 2);
    line.print(", seq: 0x%08x, lifetime: ", line.u32(at + 12));
    values.lifetime(at + 2);
    line.print("\n\t  chksum: 0x%04x", checksum);
    OsiChecksum.judge(line, checksum, at + 4, 12, length - 12);
    int flags = line.u8(at + 18);
    line.print(", PDU length: %u, Flags: [ ", claimed);
    line.text((flags & 0x04) != 0 ? "Overload bit set, " : "");
    if ((flags & 0x78) != 0) {
      line.text((flags & 0x08) != 0 ? "default " : "");
      line.text((flags & 0x10) != 0 ? "delay " : "");
      line.text((flags & 0x20) != 0 ? "expense " : "");
      line.text((flags & 0x40) != 0 ? "error " : "");
      line.text("ATT bit set, ");
    }
    line.text((flags & 0x80) != 0 ? "P bit set, " : "");
    line.text(
        switch (flags & 3) {
          case 1 -> "L1 IS ]";
          case 3 -> "L2 IS ]";
          default -> (flags & 3) == 0 ? "Unused 0x0 (invalid) ]" : "Unused 0x2 (invalid) ]";
        });
  }
}
