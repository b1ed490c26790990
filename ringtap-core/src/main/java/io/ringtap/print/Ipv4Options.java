package io.ringtap.print;

/// The options of an IPv4 header (RFC 791 §3.1).
final class Ipv4Options {
  private static final int END = 0;
  private static final int NO_OPERATION = 1;
  private static final int RECORD_ROUTE = 7;
  private static final int TIME_STAMP = 68;
  private static final int SECURITY = 130;
  private static final int LOOSE_ROUTE = 131;
  private static final int STRICT_ROUTE = 137;
  private static final int ROUTER_ALERT = 148;

  private final Line line;

  Ipv4Options(Line line) {
    this.line = line;
  }

  void print(long first, long end) {
    line.text(", options (");
    long at = first;
    while (at < end) {
      if (at > first) {
        line.text(",");
      }
      if (!line.has(at, 1)) {
        line.cut("ip");
        break;
      }
      int type = line.u8(at);
      line.text(word(type));
      if (type == END) {
        break;
      }
      if (type == NO_OPERATION) {
        at++;
        continue;
      }
      int length = Math.min(end, line.end) - at >= 2 ? line.u8(at + 1) : 0;
      if (length < 2 || length > Math.min(end, line.end) - at) {
        line.text(" [bad length ").number(length).text("]");
        break;
      }
      body(type, at, length);
      at += length;
    }
    line.text(")");
  }

  private void body(int type, long at, int length) {
    switch (type) {
      case RECORD_ROUTE, LOOSE_ROUTE, STRICT_ROUTE -> route(at, length);
      case ROUTER_ALERT -> {
        if (length == 4 && line.u16(at + 2) != 0) {
          line.text(" value ").number(line.u16(at + 2));
        }
      }
      default -> {}
    }
  }

  private void route(long at, int length) {
    if (length < 3) {
      return;
    }
    int pointer = line.u8(at + 2) - 1; // the next address to be filled in
    for (int i = 3; i + 4 <= length; i += 4) {
      line.text(" ").ipv4(at + i);
      if (pointer > i) {
        line.text(",");
      }
    }
  }

  private static String word(int type) {
    return switch (type) {
      case END -> "EOL";
      case NO_OPERATION -> "NOP";
      case RECORD_ROUTE -> "RR";
      case TIME_STAMP -> "timestamp";
      case SECURITY -> "security";
      case LOOSE_ROUTE -> "LSRR";
      case STRICT_ROUTE -> "SSRR";
      case ROUTER_ALERT -> "RA";
      default -> "unknown " + type;
    };
  }
}
