package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// OPEN messages of BGP (RFC 4271 §4.2) and the capabilities in them (RFC 5492).
final class BgpOpen {
  private static final int BYTES = 29; // before the optional parameters
  private static final int HEAD = 2; // bytes: type and length
  private static final int CAPABILITIES = 2; // the optional parameter

  private static final Names NAMES =
      Names.of(
          """
          1 Multiprotocol Extensions
          2 Route Refresh
          3 Cooperative Route Filtering
          4 Multiple Routes to a Destination
          5 Extended Next Hop Encoding
          8 Multiple Labels
          64 Graceful Restart
          65 32-Bit AS Number
          67 Dynamic Capability
          68 Multisession BGP
          69 Multiple Paths
          70 Enhanced Route Refresh
          71 Long-lived Graceful Restart
          128 Route Refresh (Cisco)\
          """);

  private static final Names DIRECTIONS =
      Names.of(
          """
          1 Receive
          2 Send
          3 Both\
          """);

  private final Line line;

  BgpOpen(Line line) {
    this.line = line;
  }

  /// Prints a message.
  ///
  /// @return false if it is shorter than it should be
  boolean print(long at, int length) {
    if (length < BYTES) {
      return false;
    }
    line.print("\n\t  Version %u, my AS %u, ", line.u8(at + 19), line.u16(at + 20));
    line.print("Holdtime %us, ID ", line.u16(at + 22)).ipv4(at + 24);
    int bytes = line.u8(at + 28);
    line.print("\n\t  Optional parameters, length: %u", bytes);
    long first = at + BYTES;
    for (int i = 0; i < bytes; ) {
      if (length - BYTES < i + HEAD) {
        return false;
      }
      int type = line.u8(first + i);
      int valueLength = line.u8(first + i + 1);
      if (i + HEAD + valueLength > bytes) {
        line.print("\n\t     Option %u, length: %u, ", type, valueLength);
        line.text("goes past the end of the options");
        return true;
      }
      parameter(type, first + i + HEAD, valueLength);
      i += HEAD + valueLength;
    }
    return true;
  }

  private void parameter(int type, long at, int length) {
    line.text("\n\t    Option ");
    line.text(
        switch (type) {
          case 1 -> "Authentication Information";
          case CAPABILITIES -> "Capabilities Advertisement";
          default -> "Unknown";
        });
    line.print(" (%u), length: %u", type, length);
    if (type != CAPABILITIES) {
      line.print("\n\t      no decoder for option %u", type);
    } else if (!capabilities(at, length)) {
      line.mark("bgp");
    }
  }

  /// @return false if they were cut off
  private boolean capabilities(long first, int length) {
    for (int i = 0; i < length; ) {
      long at = first + i + HEAD;
      if (!line.has(first + i, HEAD)) {
        return false;
      }
      int type = line.u8(first + i);
      int bytes = line.u8(first + i + 1);
      line.text("\n\t      ").text(NAMES.find(type, "Unknown"));
      line.print(" (%u), length: %u", type, bytes);
      if (!line.has(at, bytes)) {
        return false;
      }
      int needed = type == 1 || type == 65 ? 4 : type == 64 ? 2 : 0;
      if (bytes < needed) {
        line.print(" (too short, < %u)", needed);
        return true;
      }
      capability(type, at, bytes);
      if (line.verbosity() > 1) {
        line.hexDump("\n\t\t", at, bytes, false);
      }
      i += HEAD + bytes;
    }
    return true;
  }

  private void capability(int type, long at, int length) {
    switch (type) {
      case 1 -> {
        line.text("\n\t\t");
        BgpNames.family(line, line.u16(at), line.u8(at + 3));
      }
      case 8 -> {
        for (int i = 0; i + 4 <= length; i += 4) {
          family("\n\t\t", at + i);
          line.print(", Count: %u", line.u8(at + i + 3));
        }
      }
      case 64 -> restart(at, length);
      case 2, 71, 128 -> {}
      case 65 -> BgpNames.system(line, "\n\t\t 4 Byte AS ", 4, at);
      case 69 -> paths(at, length);
      default -> {
        line.print("\n\t\tno decoder for Capability %u", type);
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t\t", at, length, false);
        }
      }
    }
  }

  private void family(String before, long at) {
    line.text(before);
    BgpNames.family(line, line.u16(at), line.u8(at + 2));
  }

  /// RFC 4724 §3.
  private void restart(long at, int length) {
    int flags = line.u16(at);
    line.text("\n\t\tRestart Flags: [").text(flags >= 0x8000 ? "R" : "none");
    line.print("], Restart Time %us", flags & 0xFFF);
    for (int i = 2; i + 4 <= length; i += 4) {
      family("\n\t\t  ", at + i);
      line.text(", Forwarding state preserved: ");
      line.text(line.u8(at + i + 3) >= 0x80 ? "yes" : "no");
    }
  }

  /// RFC 7911 §4.
  private void paths(long at, int length) {
    line.text(length == 0 ? " (bogus)" : "");
    for (int i = 0; i < length; i += 4) {
      if (length - i < 4) {
        line.invalid();
        return;
      }
      family("\n\t\t", at + i);
      int direction = line.u8(at + i + 3);
      line.text(", Send/Receive: ").name(DIRECTIONS.find(direction), "Bogus (0x%02x)", direction);
    }
  }
}
