package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The P-multicast tunnel attribute of BGP (RFC 6514 §5).
final class BgpTunnel {
  private static final int HEAD = 5; // bytes before the identifier

  private static final Names TYPES =
      Names.of(
          """
          1 RSVP-TE P2MP LSP
          2 LDP P2MP LSP
          3 PIM-SSM Tree
          4 PIM-SM Tree
          5 PIM-Bidir Tree
          6 Ingress Replication
          7 LDP MP2MP LSP\
          """);

  private final Line line;

  BgpTunnel(Line line) {
    this.line = line;
  }

  /// Prints the attribute.
  ///
  /// @return false if it is too short
  boolean print(long at, int length) {
    if (length < HEAD) {
      return false;
    }
    int type = line.u8(at + 1);
    line.text("\n\t    Tunnel-type ").text(TYPES.find(type, "Unknown")).print(" (%u)", type);
    boolean isLeafNeeded = (line.u8(at) & 1) != 0;
    line.text(", Flags [").text(isLeafNeeded ? "Leaf Information required" : "none");
    line.print("], MPLS Label %u", line.u24(at + 2) >> 4);
    long identifier = at + HEAD;
    switch (type) {
      case 1 -> address("Extended-Tunnel-ID ", identifier, ", P2MP-ID 0x%08x");
      case 2, 7 -> address("Root-Node ", identifier, ", LSP-ID 0x%08x");
      case 3 -> addresses("Root-Node ", identifier);
      case 4, 5 -> addresses("Sender ", identifier);
      case 6 -> {
        if (line.needs(identifier, 4)) {
          line.text("\n\t      Tunnel-Endpoint ").ipv4(identifier);
        }
      }
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t      ", identifier, length - HEAD, false);
        }
      }
    }
    return true;
  }

  private void address(String before, long at, String number) {
    if (line.needs(at, 8)) {
      line.text("\n\t      ").text(before).ipv4(at).print(number, line.u32(at + 4));
    }
  }

  private void addresses(String before, long at) {
    if (line.needs(at, 8)) {
      line.text("\n\t      ").text(before).ipv4(at).text(", P-Group ").ipv4(at + 4);
    }
  }
}
