package io.ringtap.print.switching;

import io.ringtap.print.line.Line;

/// A list of addresses in CDP: of IPv4, IPv6, or of a protocol whose bytes are printed.
final class CdpAddresses {
  private static final int NETWORK_LAYER_ID = 1; // kinds of names of protocols
  private static final int LINK_HEADER = 2;
  private static final int IPV4 = 0xCC;
  private static final long IPV6 = 0xAAAA_0300_0000_86DDL; // LLC and SNAP
  private static final int LENGTHS = 4; // the kind, and three bytes of lengths

  private final Line line;

  CdpAddresses(Line line) {
    this.line = line;
  }

  void print(long first, int length) {
    long end = first + length;
    if (length < 4) {
      int _ = malformed(" (not enough space for num)", first, end);
      return;
    }
    long at = first + 4;
    for (long left = line.u32(first); left > 0; left--) {
      int bytes = address(left, at, end);
      if (bytes == 0) {
        return;
      }
      at += bytes;
      line.text(left > 1 ? " " : "");
    }
    if (at < end) {
      line.print(" (%u bytes of stray data)", end - at);
    }
  }

  /// @param number counts down to 1
  /// @return its bytes; 0 if it passes the end
  private int address(long number, long at, long end) {
    if (end - at < 2) {
      return malformed(" (not enough space for PT+PL)", at, end);
    }
    int kind = line.u8(at);
    int nameLength = line.u8(at + 1);
    long name = at + 2;
    if (end - name < nameLength + 2) {
      return malformed(" (not enough space for P+AL)", name, end);
    }
    int length = line.u16(name + nameLength);
    long value = name + nameLength + 2;
    boolean isIpv4 =
        kind == NETWORK_LAYER_ID && nameLength == 1 && line.u8(name) == IPV4 && length == 4;
    boolean isIpv6 =
        kind == LINK_HEADER && nameLength == 8 && line.u64(name) == IPV6 && length == 16;
    if (!isIpv4 && !isIpv6) {
      line.print("pt=0x%02x, pl=%u, pb=", kind, nameLength);
      bytes(name, nameLength);
      line.print(", al=%u, a=", length);
    }
    if (end - value < length) {
      return malformed(" (not enough space for A)", value, end);
    }
    if (isIpv4 || isIpv6) {
      if (line.needs(value, length)) {
        line.print(isIpv4 ? "IPv4 (%u) " : "IPv6 (%u) ", number).address(isIpv6, value);
      }
    } else {
      bytes(value, length);
    }
    return nameLength + length + LENGTHS;
  }

  private int malformed(String text, long at, long end) {
    line.text(text);
    boolean _ = line.needs(at, end - at);
    return 0;
  }

  private void bytes(long at, int length) {
    for (long i = at; i < at + length && !line.isCut(); i++) {
      line.print(" %02x", line.u8(i));
    }
  }
}
