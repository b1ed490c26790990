package io.ringtap.print.transport;

import io.ringtap.packet.TcpHeader;
import io.ringtap.packet.TcpOption;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// The options of a TCP header.
final class TcpOptions {
  private static final int ECHO = 6; // RFC 1072
  private static final int ECHO_REPLY = 7;
  private static final int CONNECTION_COUNT = 11; // T/TCP (RFC 1644)
  private static final int NEW_CONNECTION_COUNT = 12;
  private static final int ECHOED_CONNECTION_COUNT = 13;
  private static final int SPACE_CAPABILITIES = 20; // SCPS
  private static final int USER_TIMEOUT = 28; // RFC 5482
  private static final int EXPERIMENT = 254; // RFC 6994

  private static final Names NAMES =
      Names.of(
          """
          2 mss
          3 wscale
          5 sack
          6 echo
          7 echoreply
          8 TS
          11 cc
          12 ccnew
          13\s
          19 md5
          20 scps
          28 uto
          29 tcp-ao
          30 mptcp
          34 tfo
          254 exp\
          """);

  private final Line line;
  private final MultipathOption multipath;
  private final TcpSignature signature;
  private String mark = ""; // of options that are cut

  TcpOptions(Line line) {
    this.line = line;
    this.multipath = new MultipathOption(line);
    this.signature = new TcpSignature(line);
  }

  /// Prints all of them.
  ///
  /// @param length of the whole segment
  /// @param selectiveOrigin the number to subtract from those in the SACK option
  /// @return false if the snaplen cut them off
  boolean print(long header, int headerLength, long length, int selectiveOrigin) {
    signature.begin(header, headerLength, length);
    int flags = TcpHeader.flags(line.frame(), header);
    long end = header + headerLength;
    long at = header + TcpHeader.MIN_BYTES;
    line.text(", options [");
    mark = "tcp";
    boolean isFirst = true;
    while (at < end) {
      line.text(isFirst ? "" : ",");
      int bytes = TcpOption.length(line.frame(), at, Math.min(end, line.end()));
      if (bytes == 0) {
        if (isCut(at, end)) {
          beginning(at, selectiveOrigin, isFirst);
          return false;
        }
        line.text("[bad opt]");
        break;
      }
      int kind = TcpOption.kind(line.frame(), at);
      if (kind == TcpOption.MULTIPATH) {
        line.text("mptcp");
        mark = "mptcp"; // as tcpdump has it from here on
        if (!multipath.print(at, bytes, flags)) {
          line.text("[bad opt]");
          break;
        }
      } else {
        option(kind, at, bytes, selectiveOrigin);
      }
      if (kind == TcpOption.END) {
        break;
      }
      isFirst = false;
      at += bytes;
    }
    line.text("]");
    return true;
  }

  /// Prints what was captured of an option, and a mark.
  private void beginning(long at, int selectiveOrigin, boolean isFirst) {
    if (!line.has(at, 2)) {
      line.mark(mark);
      return;
    }
    int kind = line.u8(at);
    int there = (int) (line.end() - at) - 2;
    line.name(NAMES.find(kind), "unknown-%u", kind);
    if (kind == TcpOption.SACK) {
      int blocks = (line.u8(at + 1) - 2) / 8;
      selective(at + 2, there / 8, blocks, selectiveOrigin);
    } else if (kind == TcpOption.AUTHENTICATION && there > 0) {
      line.print(" keyid %u", line.u8(at + 2));
      if (there > 1) {
        line.print(" rnextkeyid %u mac 0x", line.u8(at + 3)).hexBytes(at + 4, there - 2);
      }
    } else if (NAMES.find(kind) == null) {
      line.text(" 0x").hexBytes(at + 2, there);
    }
    line.mark(mark);
    line.text(isFirst ? "" : ">"); // as tcpdump
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
          line.print(" %u", line.u16(data));
        }
      }
      case TcpOption.WINDOW_SCALE -> {
        line.text("wscale");
        if (hasLength(3, length)) {
          line.print(" %u", line.u8(data));
        }
      }
      case TcpOption.SACK_PERMITTED -> {
        line.text("sackOK");
        boolean _ = hasLength(2, length);
      }
      case TcpOption.SACK -> {
        line.text("sack");
        if ((length - 2) % 8 == 0) {
          selective(data, (length - 2) / 8, (length - 2) / 8, selectiveOrigin);
        } else {
          line.text(" invalid sack");
        }
      }
      case TcpOption.TIMESTAMPS -> {
        line.text("TS");
        if (hasLength(10, length)) {
          line.print(" val %u ecr %u", line.u32(data), line.u32(data + 4));
        }
      }
      case ECHO, ECHO_REPLY, CONNECTION_COUNT, NEW_CONNECTION_COUNT, ECHOED_CONNECTION_COUNT -> {
        line.text(NAMES.find(kind, ""));
        if (hasLength(6, length)) {
          line.print(" %u", line.u32(data));
        }
      }
      case TcpOption.MD5_SIGNATURE -> {
        line.text("md5");
        if (hasLength(TcpSignature.BYTES, length)) {
          line.text(" ");
          signature.print(data);
        }
      }
      case SPACE_CAPABILITIES -> {
        line.text("scps");
        if (hasLength(4, length)) {
          line.print(" cap %02x id %u", line.u8(data), line.u8(data + 1));
        }
      }
      case USER_TIMEOUT -> {
        line.text("uto");
        if (hasLength(4, length)) {
          int value = line.u16(data);
          line.print(" 0x%x %u", value, (value >> 1) * ((value & 1) != 0 ? 60L : 1L));
        }
      }
      case TcpOption.AUTHENTICATION -> {
        line.text("tcp-ao");
        if (length < 4) {
          line.invalid();
          break;
        }
        line.print(" keyid %u rnextkeyid %u", line.u8(data), line.u8(data + 1));
        line.text(length > 4 ? " mac 0x" : "").hexBytes(data + 2, length - 4);
      }
      case TcpOption.FAST_OPEN -> cookie(data, length - 2);
      case EXPERIMENT -> {
        line.text("exp");
        if (length >= 4) {
          line.print("-%04x", line.u16(data));
        }
      }
      default -> {
        line.text("unknown-").number(kind);
        if (length > 2) {
          line.text(" 0x").hexBytes(data, length - 2);
        }
      }
    }
  }

  /// A cookie has 4 to 16 bytes, an even number; a request has none (RFC 7413 §4.1.1).
  private void cookie(long data, int length) {
    line.text("tfo ");
    if (length == 0) {
      line.text(" cookiereq");
    } else if (length % 2 != 0 || length < 4 || length > 16) {
      line.invalid();
    } else {
      line.text(" cookie ").hexBytes(data, length);
    }
  }

  private boolean hasLength(int needed, int length) {
    if (length != needed) {
      line.text("[len ").number(length).text("]");
    }
    return length == needed;
  }

  /// @param there how many blocks were captured
  private void selective(long data, int there, int blocks, int origin) {
    line.text(" ").number(blocks).text(" ");
    for (int i = 0; i < there; i++) {
      int from = (int) line.u32(data + i * 8L) - origin;
      int to = (int) line.u32(data + i * 8L + 4) - origin;
      line.text("{").number(Integer.toUnsignedLong(from));
      line.text(":").number(Integer.toUnsignedLong(to)).text("}");
    }
  }
}
