package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// RESP, the protocol of Redis: the values that a segment holds.
///
/// The Redis documentation, "Redis serialization protocol specification", version 2.
public final class RespPrinter implements Protocol {
  private static final int MAX_DEPTH = 32; // arrays in arrays beyond this are an attack
  private static final long NULL = -1;
  private static final long CUT = -2; // as the next two, in place of a length
  private static final long NEGATIVE = -3;
  private static final long INVALID = -4;

  private final Line line;
  private long next; // the offset after the last length

  public RespPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long first, long length) {
    line.enter("resp");
    line.text(": RESP");
    long end = first + length;
    long at = first;
    while (at >= 0 && at < end) {
      at = value(at, end, 0);
    }
    if (at < 0) {
      line.mark("resp");
    }
  }

  /// @return the offset after it; -1 if its end was not captured or is not in the segment
  private long value(long at, long end, int depth) {
    if (!has(at, 1, end) || depth > MAX_DEPTH) {
      return -1;
    }
    return switch (line.u8(at)) {
      case '+', '-', ':' -> {
        long last = endOfLine(at + 1, end);
        if (last >= 0) {
          quoted(at + 1, last);
        }
        yield last < 0 ? -1 : last + 2;
      }
      case '$' -> string(at + 1, end);
      case '*' -> array(at + 1, end, depth);
      default -> command(at, end);
    };
  }

  private boolean has(long at, long bytes, long end) {
    return end - at >= bytes && line.has(at, bytes);
  }

  private void quoted(long first, long end) {
    line.text(" \"");
    for (long at = first; at < end; at++) {
      line.visible(line.u8(at));
    }
    line.text("\"");
  }

  /// @return the offset of the next carriage return that a line feed follows, or -1
  private long endOfLine(long first, long end) {
    for (long at = first; has(at, 2, end); at++) {
      if (line.u16(at) == ('\r' << 8 | '\n')) {
        return at;
      }
    }
    return -1;
  }

  private long string(long at, long end) {
    long length = length(at, end);
    if (length < 0) {
      return absent(length);
    }
    if (length == 0) {
      line.text(" empty");
    } else if (!has(next, length, end)) {
      return -1;
    } else {
      quoted(next, next + length);
    }
    long last = endOfLine(next + length, end);
    return last < 0 ? -1 : last + 2;
  }

  private long array(long at, long end, int depth) {
    long length = length(at, end);
    if (length < 0) {
      return absent(length);
    }
    line.text(length == 0 ? " empty" : "");
    long each = next;
    for (long i = 0; i < length && each >= 0; i++) {
      each = value(each, end, depth + 1);
    }
    return each;
  }

  private long absent(long length) {
    if (length == CUT) {
      return -1;
    }
    line.text(
        length == NULL
            ? " null"
            : length == NEGATIVE
                ? " length negative and not -1"
                : length == INVALID ? " invalid" : " length too large");
    return next;
  }

  /// A number and the end of its line.
  private long length(long first, long end) {
    long at = first;
    boolean isNegative = has(at, 1, end) && line.u8(at) == '-';
    at += isNegative ? 1 : 0;
    long value = 0;
    long digits = at;
    for (; has(at, 1, end) && line.u8(at) >= '0' && line.u8(at) <= '9'; at++) {
      value = Math.min(value * 10 + line.u8(at) - '0', 1L + Integer.MAX_VALUE);
    }
    next = at + 2;
    if (!has(at, 1, end)) {
      return CUT;
    }
    if (at == digits || line.u8(at) != '\r') {
      next = at + 1;
      return INVALID;
    }
    if (!has(at, 2, end)) {
      return CUT;
    }
    if (line.u8(at + 1) != '\n') {
      return INVALID;
    }
    if (isNegative) {
      return value == 1 ? NULL : NEGATIVE;
    }
    return value > Integer.MAX_VALUE ? Long.MIN_VALUE : value;
  }

  /// A command as a line of text.
  private long command(long first, long end) {
    long at = first;
    while (has(at, 1, end) && isEnd(at)) {
      at++;
    }
    long last = at;
    while (has(last, 1, end) && !isEnd(last)) {
      last++;
    }
    if (!has(last, 1, end)) {
      return -1;
    }
    quoted(at, last);
    while (has(last, 1, end) && isEnd(last)) {
      last++;
    }
    return last;
  }

  private boolean isEnd(long at) {
    return line.u8(at) == '\r' || line.u8(at) == '\n';
  }
}
