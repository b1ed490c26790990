package io.ringtap.print.link;

import io.ringtap.packet.EtherType;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// Cisco's HDLC: an address, a byte of zero, an EtherType; and its own protocol SLARP (RFC 1547
/// §4.3.1).
public final class ChdlcPrinter implements Protocol {
  private static final int HEADER = 4; // bytes
  private static final int UNICAST = 0x0F; // addresses
  private static final int BROADCAST = 0x8F;
  private static final int SLARP = 0x8035;
  private static final int OSI = 0xFEFE;
  private static final int OSI_SAP = 0xFE;
  private static final int MIN_SLARP = 14; // bytes
  private static final int MAX_SLARP = 18; // with the time since the link came up

  private final Line line;
  private final Protocols protocols;

  public ChdlcPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  /// Whether an HDLC frame with this address is Cisco's, not PPP.
  static boolean isAddress(int address) {
    return address == UNICAST || address == BROADCAST;
  }

  @Override
  public void print(long at, long length) {
    line.enter("chdlc");
    if (!line.needs(at, HEADER)) {
      return;
    }
    line.payload(at + HEADER);
    int type = line.u16(at + 2);
    if (line.hasLinkHeader()) {
      int address = line.u8(at);
      switch (address) {
        case UNICAST -> line.text("unicast");
        case BROADCAST -> line.text("bcast");
        default -> line.print("0x%02x", address);
      }
      line.text(", ethertype ").text(EtherType.word(type));
      line.print(" (0x%04x), length %u: ", type, length);
    }
    switch (type) {
      case EtherType.IPV4, EtherType.IPV6, 0x8847, 0x8848 -> {
        boolean _ = protocols.print(NumberSpace.ETHER_TYPE, type, at + HEADER, length - HEADER);
      }
      case SLARP -> slarp(at + HEADER, length - HEADER);
      case OSI -> osi(at + HEADER, length - HEADER);
      default -> {
        if (!line.hasLinkHeader()) {
          line.print("unknown CHDLC protocol (0x%04x)", type);
        }
      }
    }
  }

  /// Prints OSI, with or without a byte of padding before it.
  private void osi(long at, long length) {
    if (length < 2 || !line.needs(at, 2)) {
      line.cut();
      return;
    }
    int second = line.u8(at + 1);
    int padding = second >= 0x81 && second <= 0x83 ? 1 : 0;
    boolean _ = protocols.print(NumberSpace.LLC_SAP, OSI_SAP, at + padding, length - padding);
  }

  private void slarp(long at, long length) {
    line.enter("chdlc_slarp");
    line.print("SLARP (length: %u), ", length);
    if (length < MIN_SLARP || !line.needs(at, MIN_SLARP)) {
      line.cut();
      return;
    }
    long code = line.u32(at);
    boolean hasTime = code == 2 && length >= MAX_SLARP;
    switch ((int) code) {
      case 0 -> line.text("request");
      case 1 -> line.text("reply ").ipv4(at + 4).text("/").ipv4(at + 8);
      case 2 -> {
        line.print("keepalive: mineseen=0x%08x", line.u32(at + 4));
        line.print(", yourseen=0x%08x, reliability=0x%04x", line.u32(at + 8), line.u16(at + 12));
        if (hasTime) {
          time(line.u32(at + MIN_SLARP) / 1000);
        }
      }
      default -> {
        line.print("0x%02x unknown", code);
        if (line.verbosity() <= 1) {
          dump(at + 4, length);
        }
      }
    }
    if (length > MAX_SLARP && line.isVerbose()) {
      line.print(", (trailing junk: %u bytes)", length - MAX_SLARP);
    }
    if (line.verbosity() > 1) {
      dump(hasTime ? at + MAX_SLARP : at + 4, length);
    }
  }

  private void time(long seconds) {
    line.print(", link uptime=%ud%uh", seconds / 86_400, seconds / 3600 % 24);
    line.print("%um%us", seconds / 60 % 60, seconds % 60);
  }

  private void dump(long at, long length) {
    line.hexDump("\n\t", at, length - 4, false);
  }
}
