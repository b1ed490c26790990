package io.ringtap.print.application;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.line.Protocol;

/// TFTP (RFC 1350, RFC 2347). Only the first packet of a transfer has its port.
public final class TftpPrinter implements Protocol {
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int DATA = 3;
  private static final int ACKNOWLEDGMENT = 4;
  private static final int ERROR = 5;
  private static final int OPTIONS = 6;

  private static final Names OPERATIONS =
      Names.of(
          """
          1 RRQ
          2 WRQ
          3 DATA
          4 ACK
          5 ERROR
          6 OACK\
          """);

  private static final Names ERRORS =
      Names.of(
          """
          0 EUNDEF
          1 ENOTFOUND
          2 EACCESS
          3 ENOSPACE
          4 EBADOP
          5 EBADID
          6 EEXISTS
          7 ENOUSER\
          """);

  private final Line line;

  public TftpPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("tftp");
    line.print("TFTP, length %u", length);
    long end = at + length;
    if (!has(at, 2, end)) {
      return;
    }
    int operation = line.u16(at);
    String name = OPERATIONS.find(operation);
    if (name == null) {
      line.print(", tftp-#%u", operation);
      return;
    }
    line.text(", ").text(name);
    switch (operation) {
      case READ, WRITE -> request(at + 2, end);
      case DATA, ACKNOWLEDGMENT -> {
        if (has(at + 2, 2, end)) {
          line.print(" block %u", line.u16(at + 2));
        }
      }
      case ERROR -> error(at + 2, end);
      case OPTIONS -> options(at + 2, end);
      default -> {}
    }
  }

  /// Whether the packet has this many bytes and they were captured; the line is cut if not.
  private boolean has(long at, int bytes, long end) {
    if (end - at < bytes) {
      line.cut();
      return false;
    }
    return line.needs(at, bytes);
  }

  /// The name of the file, the mode and options.
  private void request(long at, long end) {
    if (at == end) {
      line.cut();
      return;
    }
    line.text(" ");
    long mode = quoted(at, end);
    if (mode < 0) {
      return;
    }
    if (mode == end) {
      line.cut();
      return;
    }
    line.text(" ");
    long options = text(mode, end);
    if (options < 0) {
      line.cut();
    } else {
      options(options, end);
    }
  }

  private void options(long first, long end) {
    long at = first;
    while (at >= 0 && at < end && line.needs(at, 1)) {
      line.text(line.u8(at) != 0 ? " " : "");
      at = text(at, end);
    }
    if (at < 0) {
      line.cut();
    }
  }

  private void error(long at, long end) {
    if (!has(at, 2, end)) {
      return;
    }
    int code = line.u16(at);
    line.text(" ").name(ERRORS.find(code), "tftp-err-#%u \"", code);
    if (at + 2 == end) {
      line.cut();
      return;
    }
    line.text(" ");
    long _ = quoted(at + 2, end);
  }

  /// @return the offset after it; -1 if it has no end, and the line is cut
  private long quoted(long at, long end) {
    line.text("\"");
    long next = text(at, end);
    line.text("\"");
    if (next < 0) {
      line.cut();
    }
    return next;
  }

  /// Prints a text that ends with a zero.
  ///
  /// @return the offset after the zero; -1 if there is no zero
  private long text(long first, long end) {
    for (long at = first; at < end && line.has(at, 1); at++) {
      int value = line.u8(at);
      if (value == 0) {
        return at + 1;
      }
      line.visible(value);
    }
    return -1;
  }
}
