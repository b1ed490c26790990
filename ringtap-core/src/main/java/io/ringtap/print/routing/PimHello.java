package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The options of PIM hello messages (RFC 7761 §4.9.2).
final class PimHello {
  private static final int HEAD = 4; // bytes: type and length

  private static final Names OPTIONS =
      Names.of(
          """
          1 Hold Time
          2 LAN Prune Delay
          18 DR Priority (Old)
          19 DR Priority
          20 Generation ID
          21 State Refresh Capability
          22 Bi-Directional Capability
          24 Address List
          65001 Address List (Old)\
          """);

  private final Line line;
  private final PimCursor cursor;

  PimHello(Line line, PimCursor cursor) {
    this.line = line;
    this.cursor = cursor;
  }

  void print() {
    while (cursor.rest() > 0 && !line.isCut()) {
      long head = cursor.take(HEAD);
      int type = line.u16(head);
      int length = line.u16(head + 2);
      line.text("\n\t  ").text(OPTIONS.find(type, "Unknown"));
      line.print(" Option (%u), length %u, Value: ", type, length);
      long value = head + HEAD;
      if (cursor.rest() < length || !line.needs(value, length)) {
        line.cut();
      }
      if (isWrong(type, length)) {
        line.invalid();
        return;
      }
      option(type, value, length);
      if (line.verbosity() > 1) {
        line.hexDump("\n\t    ", value, length, false);
      }
      cursor.seek(value + length);
    }
  }

  private boolean isWrong(int type, int length) {
    int needed =
        switch (type) {
          case 1 -> 2;
          case 2, 20, 21 -> 4;
          case 18, 19 -> length == 0 ? 0 : 4;
          default -> length;
        };
    if (length != needed) {
      line.print("[option length %u != %u]", length, needed);
    }
    return length != needed;
  }

  private void option(int type, long at, int length) {
    switch (type) {
      case 1 -> line.duration(line.u16(at));
      case 2 -> {
        int delay = line.u16(at);
        line.print("\n\t    T-bit=%u, LAN delay %ums", delay >> 15, delay & 0x7FFF);
        line.print(", Override interval %ums", line.u16(at + 2));
      }
      case 18, 19 -> {
        if (length == 0) {
          line.text("Bi-Directional Capability (Old)");
        } else {
          line.number(line.u32(at));
        }
      }
      case 20 -> line.print("0x%08x", line.u32(at));
      case 21 -> {
        line.print("v%u", line.u8(at));
        if (line.u8(at + 1) != 0) {
          line.text(", interval ").duration(line.u8(at + 1));
        }
        if (line.u16(at + 2) != 0) {
          line.print(" ?0x%04x?", line.u16(at + 2));
        }
      }
      case 22 -> {}
      case 24, 65001 -> {
        while (line.verbosity() > 1 && cursor.at() < at + length && !line.isCut()) {
          cursor.unicast("\n\t    ");
        }
      }
      default -> {
        if (line.verbosity() <= 1) {
          line.hexDump("\n\t    ", at, length, false);
        }
      }
    }
  }
}
