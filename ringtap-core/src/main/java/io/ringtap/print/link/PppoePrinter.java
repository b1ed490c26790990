package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// PPP over Ethernet (RFC 2516): sessions, and the tags of their discovery.
public final class PppoePrinter implements Protocol {
  private static final int BYTES = 6;
  private static final int INITIATION = 0x09;
  private static final int MAX_INITIATION = 1478; // bytes
  private static final int MAX_TEXT = 79; // bytes of a tag that are looked at

  private static final Names CODES =
      Names.of(
          """
          0x07 PADO
          0x09 PADI
          0x19 PADR
          0x65 PADS
          0xa7 PADT\
          """);

  private static final Names TAGS =
      Names.of(
          """
          0x0000 EOL
          0x0101 Service-Name
          0x0102 AC-Name
          0x0103 Host-Uniq
          0x0104 AC-Cookie
          0x0105 Vendor-Specific
          0x0110 Relay-Session-ID
          0x0120 PPP-Max-Payload
          0x0201 Service-Name-Error
          0x0202 AC-System-Error
          0x0203 Generic-Error\
          """);

  private final Line line;
  private final Protocol ppp;

  public PppoePrinter(Line line, Protocol ppp) {
    this.line = line;
    this.ppp = ppp;
  }

  @Override
  public void print(long at, long length) {
    line.enter("pppoe");
    if (length < BYTES) {
      line.print(" (length %u < 6)", length);
      line.invalid();
      return;
    }
    if (!line.needs(at, BYTES)) {
      return;
    }
    int versionAndType = line.u8(at);
    int code = line.u8(at + 1);
    int session = line.u16(at + 2);
    int claimed = line.u16(at + 4);
    if (versionAndType >> 4 != 1) {
      line.print(" [ver %u]", versionAndType >> 4);
    }
    if ((versionAndType & 0xF) != 1) {
      line.print(" [type %u]", versionAndType & 0xF);
    }
    line.text("PPPoE ");
    if (code != 0) {
      line.name(CODES.find(code), "PAD-%x", code);
    }
    if (code == INITIATION && claimed > MAX_INITIATION) {
      line.print(" [len %u!]", claimed);
    }
    long rest = length - BYTES;
    if (claimed > rest) {
      line.print(" [len %u > %u!]", claimed, rest);
    }
    if (session != 0) {
      line.print(" [ses 0x%x]", session);
    }
    rest = Math.min(claimed, rest);
    if (code == 0) {
      line.text(" ");
      ppp.print(at + BYTES, rest);
    } else {
      tags(at + BYTES, at + BYTES + rest);
    }
  }

  private void tags(long first, long end) {
    long at = first;
    int type = -1;
    while (type != 0 && at < end && line.needs(at, 4)) {
      type = line.u16(at);
      int length = line.u16(at + 2);
      if (!line.needs(at + 4, length)) {
        return;
      }
      line.text(" [").name(TAGS.find(type), "TAG-0x%x", type);
      if (length > 0) {
        value(at + 4, length);
      }
      line.text("]");
      at += 4 + length;
    }
  }

  /// As text if most of its beginning is printable.
  private void value(long at, int length) {
    int looked = Math.min(length, MAX_TEXT);
    int printable = 0;
    for (int i = 0; i < looked; i++) {
      int value = line.u8(at + i);
      printable += value >= ' ' && value < 0x7F ? 1 : 0;
    }
    if (printable > looked - printable) {
      line.text(" \"").safeText(at, looked).text("\"");
    } else {
      line.text(" 0x");
      for (int i = 0; i < length; i++) {
        int value = line.u8(at + i);
        line.out().append("0123456789ABCDEF".charAt(value >> 4));
        line.out().append("0123456789ABCDEF".charAt(value & 0xF));
      }
    }
  }
}
