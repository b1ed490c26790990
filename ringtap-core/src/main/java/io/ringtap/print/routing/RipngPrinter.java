package io.ringtap.print.routing;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// RIPng (RFC 2080).
public final class RipngPrinter implements Protocol {
  private static final int HEADER = 4; // bytes
  private static final int ENTRY = 20; // bytes
  private static final int INFINITY = 16;

  private final Line line;

  public RipngPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("ripng");
    int version = line.u8(at + 1);
    if (version != 1) {
      line.print(" [vers %u]", version);
      line.invalid();
      return;
    }
    int command = line.u8(at);
    if (command != 1 && command != 2) {
      line.print(" ripng-%u ?? %u", command, length);
      line.invalid();
    } else if (length < HEADER) {
      line.invalid();
    } else {
      entries(at + HEADER, length - HEADER, command == 1);
    }
  }

  private void entries(long first, long length, boolean isRequest) {
    long count = length / ENTRY;
    if (isRequest && count == 1 && isForAll(first)) {
      line.text(" ripng-req dump");
      return;
    }
    line.text(isRequest ? " ripng-req " : " ripng-resp ").number(count);
    if (length % ENTRY != 0) {
      line.print("[%u]", length + HEADER);
    }
    line.text(":");
    for (long i = 0; i < count && !line.isCut(); i++) {
      line.text(line.verbosity() > 1 ? "\n\t" : " ");
      entry(first + i * ENTRY, isRequest);
    }
    if (length % ENTRY != 0) {
      line.invalid();
    }
  }

  /// Whether a request is one for all routes (§2.4.1).
  private boolean isForAll(long at) {
    return line.u8(at + 19) == INFINITY && (line.u64(at) | line.u64(at + 8)) == 0;
  }

  private void entry(long at, boolean isRequest) {
    if (line.needs(at, 19)) {
      line.ipv6(at).print("/%u", line.u8(at + 18));
    }
    int tag = line.u16(at + 16);
    if (tag != 0) {
      line.print(" [%u]", tag);
    }
    int metric = line.u8(at + 19);
    if (metric != 0 && !isRequest) {
      line.print(" (%u)", metric);
    }
  }
}
