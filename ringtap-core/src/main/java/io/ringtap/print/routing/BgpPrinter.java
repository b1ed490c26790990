package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// BGP-4 (RFC 4271): with `-v` the messages that lie whole in one segment.
public final class BgpPrinter implements Protocol {
  private static final int MARKER = 16; // bytes, all ones
  private static final int HEADER = 19; // bytes
  private static final int REFRESH = 23; // bytes of the message
  private static final int NOTIFICATION = 21; // bytes before its data
  private static final int CEASE = 6;
  private static final int MAX_PREFIXES = 1; // the reason of a cease, and its data
  private static final int SHUTDOWN = 2;
  private static final int RESET = 4;

  private static final Names TYPES =
      Names.of(
          """
          1 Open
          2 Update
          3 Notification
          4 Keepalive
          5 Route Refresh\
          """);

  private final Line line;
  private final BgpOpen open;
  private final BgpUpdate update;

  public BgpPrinter(Line line) {
    this.line = line;
    this.open = new BgpOpen(line);
    this.update = new BgpUpdate(line);
  }

  @Override
  public void print(long first, long length) {
    line.enter("bgp");
    line.text(": BGP");
    long end = line.isVerbose() ? line.end() : first;
    long at = first;
    long expected = first;
    while (at < end && !line.isCut()) {
      if (!isMarker(at)) {
        at++;
        continue;
      }
      if (!line.needs(at, HEADER)) {
        return;
      }
      if (at != expected) {
        line.mark("bgp");
      }
      int messageLength = line.u16(at + MARKER);
      int type = line.u8(at + MARKER + 2);
      if (messageLength < HEADER) {
        line.print("\nmessage length %u < %u", messageLength, HEADER);
        line.invalid();
        return;
      }
      if (!line.has(at, messageLength)) {
        line.text("\n[|BGP ").text(TYPES.find(type, "Unknown Message Type")).text("]");
        return;
      }
      message(type, at, messageLength);
      at += messageLength;
      expected = at;
    }
  }

  private boolean isMarker(long at) {
    return line.has(at, MARKER) && (line.u64(at) & line.u64(at + 8)) == -1;
  }

  private void message(int type, long at, int length) {
    line.text("\n\t").text(TYPES.find(type, "Unknown"));
    line.print(" Message (%u), length: %u", type, length);
    boolean isWhole =
        switch (type) {
          case 1 -> open.print(at, length);
          case 2 -> update.print(at + HEADER, length - HEADER);
          case 3 -> notification(at, length);
          case 4 -> true;
          case 5 -> refresh(at, length);
          default -> {
            line.print("\n\t  no Message %u decoder", type);
            line.hexDump("\n\t  ", at, length, false);
            yield true;
          }
        };
    if (!isWhole) {
      line.mark("bgp");
    }
  }

  /// RFC 2918.
  ///
  /// @return false if not all of it was captured
  private boolean refresh(long at, int length) {
    if (length >= REFRESH) {
      line.text("\n\t  ");
      BgpNames.family(line, line.u16(at + HEADER), line.u8(at + HEADER + 3));
      if (line.verbosity() > 1) {
        line.hexDump("\n\t  ", at, length, false);
      }
    }
    return line.has(at, REFRESH);
  }

  /// @return false if not all of it was captured
  private boolean notification(long at, int length) {
    if (length < NOTIFICATION) {
      return line.has(at, NOTIFICATION);
    }
    int error = line.u8(at + HEADER);
    int subcode = line.u8(at + HEADER + 1);
    line.text(", ").text(BgpNames.ERRORS.find(error, "Unknown Error")).print(" (%u)", error);
    Names subcodes =
        switch (error) {
          case 1 -> BgpNames.HEADER_ERRORS;
          case 2 -> BgpNames.OPEN_ERRORS;
          case 3 -> BgpNames.UPDATE_ERRORS;
          case 5 -> BgpNames.STATE_ERRORS;
          case CEASE -> BgpNames.REASONS;
          case 7 -> BgpNames.CAPABILITY_ERRORS;
          default -> BgpNames.NO_SUBCODES;
        };
    if (subcodes != BgpNames.NO_SUBCODES) {
      line.text(error == 5 || error == 7 ? " subcode " : ", subcode ");
      line.text(subcodes.find(subcode, "Unknown")).print(" (%u)", subcode);
    }
    long data = at + NOTIFICATION;
    int bytes = length - NOTIFICATION;
    if (error == CEASE && subcode == MAX_PREFIXES && bytes >= 7) {
      line.text(", ");
      BgpNames.family(line, line.u16(data), line.u8(data + 2));
      line.print(", Max Prefixes: %u", line.u32(data + 3));
    } else if (error == CEASE && (subcode == SHUTDOWN || subcode == RESET) && bytes > 0) {
      communication(data, bytes);
    }
    return true;
  }

  /// What an operator says about it (RFC 9003).
  private void communication(long at, int length) {
    int bytes = line.u8(at);
    int used = 1 + bytes;
    if (used > length) {
      line.text(", invalid Shutdown Communication length");
      used = 0;
    } else if (bytes == 0) {
      line.text(", empty Shutdown Communication");
    } else {
      line.print(", Shutdown Communication (length: %u): \"", bytes);
      line.visibleText(at + 1, bytes).text("\"");
    }
    if (length > used) {
      line.print(", Data: (length: %u)", length - used);
      line.hexDump("\n\t\t", at + used, length - used, false);
    }
  }
}
