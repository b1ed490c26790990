package io.ringtap.print.transport;

import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.TcpOption;
import io.ringtap.print.line.Line;

/// The options of a TCP header.
final class TcpOptions {
  private static final int USER_TIMEOUT = 28; // RFC 5482

  private final Line line;
  private final MultipathOption multipath;

  TcpOptions(Line line) {
    this.line = line;
    this.multipath = new MultipathOption(line);
  }

  /// Prints all of them.
  ///
  /// @param selectiveOrigin the number to subtract from those in the SACK option
  /// @return false if the snaplen cut them off
  boolean print(long header, int headerLength, int selectiveOrigin) {
    int flags = TcpHeader.flags(line.frame(), header);
    long end = header + headerLength;
    long at = header + TcpHeader.MIN_BYTES;
    line.text(", options [");
    boolean isFirst = true;
    while (at < end) {
      if (!isFirst) {
        line.text(",");
      }
      isFirst = false;
      int length = TcpOption.length(line.frame(), at, Math.min(end, line.end()));
      if (length == 0) {
        if (isCut(at, end)) {
          line.mark("tcp");
          return false;
        }
        line.text("[bad opt]");
        break;
      }
      int kind = TcpOption.kind(line.frame(), at);
      if (kind == TcpOption.MULTIPATH) {
        line.text("mptcp");
        if (!multipath.print(at, length, flags)) {
          line.text("[bad opt]");
          break;
        }
      } else {
        option(kind, at, length, selectiveOrigin);
      }
      if (kind == TcpOption.END) {
        break;
      }
      at += length;
    }
    line.text("]");
    return true;
  }

  /// Whether the option seems to have no length only because it was cut off.
  private boolean isCut(long at, long end) {
    if (!line.has(at, 1)) {
      return true;
    }
    if (!line.has(at, 2)) {
      return end - at >= 2;
    }
    int length = line.u8(at + 1);
    return length >= 2 && length <= end - at;
  }

  private void option(int kind, long at, int length, int selectiveOrigin) {
    long data = at + 2;
    switch (kind) {
      case TcpOption.END -> line.text("eol");
      case TcpOption.NO_OPERATION -> line.text("nop");
      case TcpOption.MAXIMUM_SEGMENT_SIZE -> {
        line.text("mss");
        if (hasLength(4, length)) {
          line.text(" ").number(line.u16(data));
        }
      }
      case TcpOption.WINDOW_SCALE -> {
        line.text("wscale");
        if (hasLength(3, length)) {
          line.text(" ").number(line.u8(data));
        }
      }
      case TcpOption.SACK_PERMITTED -> {
        line.text("sackOK");
        boolean _ = hasLength(2, length);
      }
      case TcpOption.SACK -> {
        line.text("sack");
        if ((length - 2) % 8 == 0) {
          selective(data, (length - 2) / 8, selectiveOrigin);
        } else {
          line.text(" invalid sack");
        }
      }
      case TcpOption.TIMESTAMPS -> {
        line.text("TS");
        if (hasLength(10, length)) {
          line.text(" val ").number(line.u32(data)).text(" ecr ").number(line.u32(data + 4));
        }
      }
      case TcpOption.MD5_SIGNATURE -> line.text("md5 ").hexBytes(data, length - 2);
      case USER_TIMEOUT -> {
        line.text("uto");
        if (hasLength(4, length)) {
          line.text(" ").hex(line.u16(data), 1);
        }
      }
      case TcpOption.FAST_OPEN -> {
        line.text(length == 2 ? "tfo  cookiereq" : "tfo  cookie ");
        line.hexBytes(data, length - 2);
      }
      default -> {
        line.text("unknown-").number(kind);
        if (length > 2) {
          line.text(" 0x").hexBytes(data, length - 2);
        }
      }
    }
  }

  private boolean hasLength(int needed, int length) {
    if (length != needed) {
      line.text("[len ").number(length).text("]");
    }
    return length == needed;
  }

  private void selective(long data, int blocks, int origin) {
    line.text(" ").number(blocks).text(" ");
    for (int i = 0; i < blocks; i++) {
      int from = (int) line.u32(data + i * 8L) - origin;
      int to = (int) line.u32(data + i * 8L + 4) - origin;
      line.text("{").number(Integer.toUnsignedLong(from));
      line.text(":").number(Integer.toUnsignedLong(to)).text("}");
    }
  }
}
