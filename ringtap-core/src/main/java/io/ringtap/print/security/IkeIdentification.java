package io.ringtap.print.security;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The identification payload of IKE version 1 (RFC 2407 §4.6.2).
final class IkeIdentification {
  private static final int HEADER = 8; // bytes

  private static final Names TYPES =
      Names.of(
          """
          1 IPv4
          2 FQDN
          3 user FQDN
          4 IPv4net
          5 IPv6
          6 IPv6net
          7 IPv4range
          8 IPv6range
          9 ASN1 DN
          10 ASN1 GN
          11 keyid\
          """);

  private final Line line;
  private final IkeText text;

  IkeIdentification(Line line) {
    this.line = line;
    this.text = new IkeText(line);
  }

  /// Prints an identification.
  ///
  /// @param kind of the payload
  /// @return the offset after it, or [IkeText#NOTHING]
  long print(int kind, long at, int length) {
    int type = line.u8(at + 4);
    line.text(" idtype=");
    text.name(TYPES, type);
    line.print(" protoid=%u port=%u", line.u8(at + 5), line.u16(at + 6));
    int bytes = length - HEADER;
    if (bytes > 0) {
      line.print(" len=%u", bytes);
      if (!data(type, at + HEADER, bytes)) {
        return text.cut(kind);
      }
    }
    return at + length;
  }

  private boolean data(int type, long at, int length) {
    int least =
        switch (type) {
          case 1 -> 4;
          case 4, 7 -> 8;
          case 5 -> 16;
          case 6, 8 -> 32;
          default -> 0;
        };
    if (length < least) {
      line.print(" [bad: < %u]", least);
      return true;
    }
    switch (type) {
      case 1 -> line.text(" ").ipv4(at);
      case 2, 3 -> line.text(" ").visibleText(at, length);
      case 4 -> line.text(" ").ipv4(at).text("/").ipv4(at + 4);
      case 5 -> line.text(" ").ipv6(at);
      case 6 -> line.text(" ").ipv6(at).text("/0x").hexBytes(at + 16, 16);
      case 7 -> line.text(" ").ipv4(at).text("-").ipv4(at + 4);
      case 8 -> line.text(" ").ipv6(at).text("-").ipv6(at + 16);
      default -> {
        return text.detail(at, length);
      }
    }
    return true;
  }
}
