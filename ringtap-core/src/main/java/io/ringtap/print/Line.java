package io.ringtap.print;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.ringtap.packet.IpAddress;
import io.ringtap.packet.NetworkOrder;
import java.lang.foreign.MemorySegment;

/// The state that all protocols of one line share: the frame, the end of the captured part of the
/// innermost packet, and the text so far. A printer uses one instance for all packets.
final class Line {
  private static final int DUMP_ROW = 16; // bytes

  final PrintOptions options;
  StringBuilder out = new StringBuilder();
  MemorySegment frame = MemorySegment.NULL;
  long end;

  Line(PrintOptions options) {
    this.options = options;
  }

  void begin(StringBuilder to, MemorySegment memory, long endOfCapture) {
    out = to;
    frame = memory;
    end = endOfCapture;
  }

  /// Whether `length` bytes at `at` were captured.
  boolean has(long at, long length) {
    return end - at >= length;
  }

  int u8(long at) {
    return Byte.toUnsignedInt(frame.get(JAVA_BYTE, at));
  }

  int u16(long at) {
    return NetworkOrder.unsignedShort(frame, at);
  }

  long u32(long at) {
    return NetworkOrder.unsignedWord(frame, at);
  }

  /// Prints that `layer` was cut off, in the words of tcpdump.
  void cut(String layer) {
    out.append(" [|").append(layer).append(']');
  }

  Line text(String text) {
    out.append(text);
    return this;
  }

  Line number(long number) {
    out.append(number);
    return this;
  }

  /// Appends `value` as `0x` and at least `digits` digits.
  Line hex(long value, int digits) {
    out.append("0x");
    return plainHex(value, digits);
  }

  Line plainHex(long value, int digits) {
    boolean isLeading = true;
    for (int i = Long.SIZE / 4 - 1; i >= 0; i--) {
      int digit = (int) (value >>> (i * 4)) & 0xF;
      isLeading &= digit == 0 && i >= digits && i > 0;
      if (!isLeading) {
        out.append(Character.forDigit(digit, 16));
      }
    }
    return this;
  }

  /// Appends the bytes at `at` in hexadecimal; bytes beyond the end are left out.
  Line hexBytes(long at, long length) {
    for (long i = at; i < Math.min(at + length, end); i++) {
      plainHex(u8(i), 2);
    }
    return this;
  }

  /// Appends bytes in pairs of digits with colons between, as hardware addresses have them.
  Line hardware(long at, int length) {
    for (int i = 0; i < length; i++) {
      if (i > 0) {
        out.append(':');
      }
      plainHex(u8(at + i), 2);
    }
    return this;
  }

  Line ipv4(long at) {
    IpAddress.appendIpv4(out, NetworkOrder.word(frame, at));
    return this;
  }

  Line ipv6(long at) {
    IpAddress.appendIpv6(
        out, NetworkOrder.doubleWord(frame, at), NetworkOrder.doubleWord(frame, at + Long.BYTES));
    return this;
  }

  /// Appends the bytes of a protocol that is not decoded, unless all packets are dumped anyway or
  /// the output is quiet.
  void unknown(long at) {
    if (!options.dump().isHex && !options.isQuiet()) {
      hexDump(at, true);
    }
  }

  /// Appends rows of sixteen bytes up to the end.
  void hexDump(long at, boolean withText) {
    for (long row = at; row < end; row += DUMP_ROW) {
      long rowEnd = Math.min(end, row + DUMP_ROW);
      text("\n\t").hex(row - at, 4).text(": ");
      for (long i = row; i < rowEnd; i++) {
        if ((i - row) % 2 == 0) {
          out.append(' ');
        }
        plainHex(u8(i), 2);
      }
      if (withText) {
        long missing = DUMP_ROW - (rowEnd - row);
        out.repeat(' ', (int) (missing * 2 + missing / 2 + 2));
        for (long i = row; i < rowEnd; i++) {
          int value = u8(i);
          out.append(value > ' ' && value <= '~' ? (char) value : '.');
        }
      }
    }
  }

  /// Appends the bytes up to the end as text. A byte that is not printable ASCII, a tab or an end
  /// of line becomes a dot, so no escape sequence reaches a terminal.
  void textDump(long at) {
    out.append('\n');
    for (long i = at; i < end; i++) {
      int value = u8(i);
      if (value == '\r' && i + 1 < end && u8(i + 1) == '\n') {
        continue;
      }
      boolean passes = (value >= ' ' && value <= '~') || value == '\n' || value == '\t';
      out.append(passes ? (char) value : '.');
    }
  }
}
