package io.ringtap.print.network;

import io.ringtap.print.line.Line;

/// The options of a hop-by-hop or destination options header, printed with `-v` (RFC 8200 §4.2).
final class Ipv6Options {
  private static final int PAD_1 = 0;
  private static final int PAD_N = 1;
  private static final int ROUTER_ALERT = 5; // RFC 2711
  private static final int JUMBO_PAYLOAD = 0xC2; // RFC 2675
  private static final int HOME_ADDRESS = 0xC9; // RFC 6275 §6.3

  private final Line line;

  Ipv6Options(Line line) {
    this.line = line;
  }

  /// Prints all options up to `end`.
  ///
  /// @param allowsJumbo whether a jumbo payload option would be valid: the header has no length
  /// @return false if an option passes the end, or has the wrong length
  boolean print(long first, long end, boolean allowsJumbo) {
    long at = first;
    while (at < end) {
      int type = line.u8(at);
      if (type == PAD_1) {
        verbose("(pad1)");
        at++;
        continue;
      }
      long rest = end - at;
      int length = rest > 1 ? line.u8(at + 1) : 0;
      if (rest < 2 || rest < length + 2 || !option(type, at, rest, allowsJumbo)) {
        return false;
      }
      at += 2 + length;
    }
    verbose(" ");
    return true;
  }

  private boolean option(int type, long at, long rest, boolean allowsJumbo) {
    int length = line.u8(at + 1);
    switch (type) {
      case PAD_N -> verbose("(padn)");
      case ROUTER_ALERT -> {
        if (!hasLength("(rtalert: ", 2, length, rest)) {
          return false;
        }
        if (line.isVerbose()) {
          line.print("(rtalert: 0x%04x) ", line.u16(at + 2));
        }
      }
      case JUMBO_PAYLOAD -> {
        if (!hasLength("(jumbo: ", 4, length, rest)) {
          return false;
        }
        if (line.isVerbose()) {
          line.print("(jumbo: %u", line.u32(at + 2));
          line.text(allowsJumbo ? ") " : " - payload len != 0) ");
        }
      }
      case HOME_ADDRESS -> {
        if (!hasLength("(homeaddr: ", 16, length, rest)) {
          return false;
        }
        if (line.isVerbose()) {
          line.text("(homeaddr: ").ipv6(at + 2).text(")");
        }
      }
      default -> {
        if (line.isVerbose()) {
          line.print("(opt_type 0x%02x: len=%u)", type, length);
        }
      }
    }
    return true;
  }

  private boolean hasLength(String name, int needed, int length, long rest) {
    if (rest < needed + 2) {
      line.text(name).text("trunc)");
    } else if (length != needed) {
      line.text(name).print("invalid len %u)", length);
    }
    return length == needed;
  }

  private void verbose(String text) {
    line.text(line.isVerbose() ? text : "");
  }
}
