package io.ringtap.print.routing;

import io.ringtap.print.line.Line;

/// A place in a PIM message, with the addresses as PIM encodes them (RFC 7761 §4.9.1). What goes
/// beyond the message cuts the line.
final class PimCursor {
  private final Line line;
  private long at;
  private long rest;
  private int addressLength;

  PimCursor(Line line) {
    this.line = line;
  }

  /// Begins a message.
  ///
  /// @param bytesOfAddress as in RFC 2117; 0 if each address says what it is
  void begin(long first, long length, int bytesOfAddress) {
    at = first;
    rest = length;
    addressLength = bytesOfAddress;
  }

  long at() {
    return at;
  }

  /// Bytes of the message from here on.
  long rest() {
    return rest;
  }

  /// Takes the next bytes of the message.
  ///
  /// @return their offset
  long take(int bytes) {
    if (rest < bytes) {
      line.cut();
    }
    return skip(bytes);
  }

  /// As [#take], also beyond the message.
  long skip(int bytes) {
    long taken = at;
    at += bytes;
    rest -= bytes;
    return taken;
  }

  /// Goes to an offset.
  void seek(long offset) {
    rest += at - offset;
    at = offset;
  }

  /// Prints an encoded unicast address.
  void unicast(String before) {
    line.text(before);
    int bytes = family();
    long address = take(bytes);
    if (line.needs(address, bytes)) {
      line.address(bytes == 16, address);
    }
  }

  /// Prints an encoded group address.
  void group(String before) {
    line.text(before);
    int flags = prefix();
    if (flags != 0) {
      line.print("(0x%02x)", flags);
    }
  }

  /// Prints an encoded source address.
  void source() {
    int flags = prefix();
    if (flags != 0) {
      line.text("(").text((flags & 4) != 0 ? "S" : "").text((flags & 2) != 0 ? "W" : "");
      line.text((flags & 1) != 0 ? "R" : "");
      if ((flags & 0xF8) != 0) {
        line.print("+0x%02x", flags & 0xF8);
      }
      line.text(")");
    }
  }

  /// @return the flags
  private int prefix() {
    int bytes = family();
    long head = take(2 + bytes);
    if (!line.needs(head, 2L + bytes)) {
      return 0;
    }
    line.address(bytes == 16, head + 2);
    int bits = line.u8(head + 1);
    if (bits != bytes * 8) {
      line.print("/%u", bits);
    }
    return line.u8(head);
  }

  /// @return the bytes of the address that follows
  private int family() {
    if (addressLength == 4 || addressLength == 16) {
      return addressLength;
    }
    long head = addressLength == 0 ? take(2) : at;
    int family = line.u8(head);
    if (addressLength != 0 || family < 1 || family > 2 || line.u8(head + 1) != 0) {
      line.cut();
    }
    return family == 2 ? 16 : 4;
  }
}
