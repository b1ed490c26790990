package io.ringtap.print.network;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The options of an IPv4 header (RFC 791 §3.1).
final class Ipv4Options {
  private static final int END = 0;
  private static final int NO_OPERATION = 1;
  private static final int RECORD_ROUTE = 7;
  private static final int TIME_STAMP = 68;
  private static final int LOOSE_ROUTE = 131;
  private static final int STRICT_ROUTE = 137;
  private static final int ROUTER_ALERT = 148;
  private static final int TIMES_ONLY = 0; // of time stamps, no addresses

  private static final Names NAMES =
      Names.of(
          """
          0 EOL
          1 NOP
          7 RR
          68 timestamp
          82 traceroute
          130 security
          131 LSRR
          137 SSRR
          148 RA\
          """);

  private final Line line;

  Ipv4Options(Line line) {
    this.line = line;
  }

  /// Prints all options up to `end`.
  ///
  /// @return false if an option was cut off
  boolean print(long first, long end) {
    line.text(", options (");
    boolean isWhole = options(first, end);
    line.text(isWhole ? ")" : " [truncated-option])");
    return isWhole;
  }

  private boolean options(long first, long end) {
    long at = first;
    while (at < end && !line.isCut()) {
      line.text(at > first ? "," : "");
      int type = line.u8(at);
      line.name(NAMES.find(type), "unknown %u", type);
      int length = 1;
      if (type != END && type != NO_OPERATION) {
        length = line.u8(at + 1);
        if (length < 2) {
          line.print(" [bad length %u]", length);
          return true;
        }
      }
      if (length > end - at) {
        line.print(" [bad length %u]", length);
        return true;
      }
      if (!line.isCut() && !line.has(at, length)) {
        return false;
      }
      switch (type) {
        case END -> {
          return true;
        }
        case TIME_STAMP -> timeStamps(at, length);
        case RECORD_ROUTE, LOOSE_ROUTE, STRICT_ROUTE -> {
          if (!route(at, length)) {
            return false;
          }
        }
        case ROUTER_ALERT -> {
          if (length < 4) {
            line.print(" [bad length %u]", length);
          } else if (line.u16(at + 2) != 0) {
            line.print(" value %u", line.u16(at + 2));
          }
        }
        default -> {}
      }
      at += length;
    }
    return true;
  }

  /// @return false if an address was cut off
  private boolean route(long at, int length) {
    if (length < 3) {
      line.print(" [bad length %u]", length);
      return true;
    }
    if ((length + 1 & 3) != 0) {
      line.print(" [bad length %u]", length);
    }
    int next = line.u8(at + 2) - 1; // the address to be filled in
    if (next < 3 || (next + 1 & 3) != 0 || next > length + 1) {
      line.print(" [bad ptr %u]", line.u8(at + 2));
    }
    for (int i = 3; i < length; i += 4) {
      if (!line.has(at + i, 4)) {
        return false;
      }
      line.text(" ").ipv4(at + i).text(next > i ? "," : "");
    }
    return true;
  }

  private void timeStamps(long at, int length) {
    if (length < 4) {
      line.print("[bad length %u]", length);
      return;
    }
    line.text(" TS{");
    int kind = line.u8(at + 3) & 0xF;
    int hop = kind == TIMES_ONLY ? 4 : 8; // bytes
    if ((length - 4 & hop - 1) != 0) {
      line.print("[bad length %u]", length);
    }
    int next = line.u8(at + 2) - 1;
    if (next < 4 || (next - 4 & hop - 1) != 0 || next > length + 1) {
      line.print("[bad ptr %u]", line.u8(at + 2));
    }
    int i = 0;
    switch (kind) {
      case TIMES_ONLY -> line.text("TSONLY");
      case 1 -> line.text("TS+ADDR");
      case 3 -> line.text("PRESPEC");
      default -> line.print("[bad ts type %u]", kind);
    }
    if (kind == TIMES_ONLY || kind == 1 || kind == 3) {
      for (i = 4; i < length; i += hop) {
        line.text(next == i ? " ^ " : " ");
        line.print("%u@", line.u32(at + i + hop - 4));
        if (hop == 8) {
          line.ipv4(at + i);
        }
      }
    }
    line.text(next == i ? " ^ " : "");
    int missed = line.u8(at + 3) >> 4;
    if (missed != 0) {
      line.print(" [%u hops not recorded]} ", missed);
    } else {
      line.text("}");
    }
  }
}
