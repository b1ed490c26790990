package io.ringtap.print.application;

import io.ringtap.packet.EtherType;
import io.ringtap.packet.LinkType;
import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// Geneve: any EtherType in UDP (RFC 8926).
public final class GenevePrinter implements Protocol {
  private static final int BYTES = 8;
  private static final int TRANSPARENT_ETHERNET = 0x6558;

  private static final BitNames FLAGS =
      BitNames.of(
          "",
          """
          0x80 O
          0x40 C\
          """);

  private final Line line;
  private final Protocols protocols;

  public GenevePrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long at, long length) {
    line.enter("geneve");
    line.text("Geneve");
    if (length < BYTES) {
      line.invalid();
      return;
    }
    int first = line.needs(at, BYTES) ? line.u8(at) : 0;
    if (first >> 6 != 0) {
      line.print(" ERROR: unknown-version %u", first >> 6);
      return;
    }
    int flags = line.u8(at + 1);
    line.text(", Flags [").bits(FLAGS, flags, "none").text("]");
    int type = line.u16(at + 2);
    line.print(", vni 0x%x", line.u24(at + 4));
    int reserved = line.u8(at + 7);
    if (reserved != 0) {
      line.print(", rsvd 0x%x", reserved);
    }
    if (line.hasLinkHeader()) {
      String word = type == TRANSPARENT_ETHERNET ? "TEB" : EtherType.word(type);
      line.text(", proto ").text(word.equals("Unknown") ? "unknown" : word);
      line.print(" (0x%04x)", type);
    }
    int optionBytes = (first & 0x3F) * 4;
    long payload = at + BYTES + optionBytes;
    long rest = length - BYTES - optionBytes;
    if (rest < 0) {
      line.print(" truncated-geneve - %u bytes missing", -rest);
      return;
    }
    if (optionBytes > 0) {
      options(at + BYTES, optionBytes);
    }
    line.text(line.isVerbose() ? "\n\t" : ": ");
    boolean isPrinted =
        type == TRANSPARENT_ETHERNET
            ? protocols.print(NumberSpace.LINK_TYPE, LinkType.LINKTYPE_ETHERNET, payload, rest)
            : protocols.print(NumberSpace.ETHER_TYPE, type, payload, rest);
    if (!isPrinted) {
      line.print("geneve-proto-0x%x", type);
    }
  }

  private static final Names CLASSES =
      Names.of(
          """
          0x100 Linux
          0x101 Open vSwitch
          0x102 Open Virtual Networking (OVN)
          0x103 In-band Network Telemetry (INT)
          0x104 VMware\
          """);

  private void options(long first, int length) {
    if (!line.needs(first, length)) {
      return;
    }
    line.text(", options [");
    if (!line.isVerbose()) {
      line.print("%u bytes]", length);
      return;
    }
    long at = first;
    long end = first + length;
    while (at < end) {
      int optionClass = line.u16(at);
      int type = line.u8(at + 2);
      int bytes = 4 + (line.u8(at + 3) & 0x1F) * 4;
      line.text(at > first ? ", class " : "class ").text(CLASSES.find(optionClass, "Unknown"));
      line.print(" (0x%x) type 0x%x", optionClass, type);
      line.text((type & 0x80) != 0 ? "(C)" : "").print(" len %u", bytes);
      if (bytes > end - at) {
        line.text(" [bad length]");
        break;
      }
      if (line.verbosity() > 1 && bytes > 4) {
        line.text(" data");
        for (long word = at + 4; word < at + bytes; word += 4) {
          line.print(" %08x", line.u32(word));
        }
      }
      at += bytes;
    }
    line.text("]");
  }
}
