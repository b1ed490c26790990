package io.ringtap.print.security;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// WireGuard: the kind of a message, and by which indices the peers know their sessions. All
/// numbers are little-endian.
///
/// Donenfeld, "WireGuard: Next Generation Kernel Network Tunnel", §5.4.
public final class WireGuardPrinter implements Protocol {
  private static final int INITIATION = 1;
  private static final int RESPONSE = 2;
  private static final int COOKIE_REPLY = 3;
  private static final int DATA = 4;

  private static final int INITIATION_BYTES = 148;
  private static final int RESPONSE_BYTES = 92;
  private static final int COOKIE_REPLY_BYTES = 64;
  private static final int EMPTY_DATA_BYTES = 32;

  private final Line line;

  public WireGuardPrinter(Line line) {
    this.line = line;
  }

  @Override
  public void print(long at, long length) {
    line.enter("wireguard");
    if (!line.has(at, 4) || line.u24(at + 1) != 0) {
      return;
    }
    int type = line.u8(at);
    if (type == INITIATION && length == INITIATION_BYTES) {
      index(": WireGuard: handshake initiation (sender 0x%08x)", at + 4);
    } else if (type == RESPONSE && length == RESPONSE_BYTES) {
      index(": WireGuard: handshake response (sender 0x%08x", at + 4);
      index(", receiver 0x%08x)", at + 8);
    } else if (type == COOKIE_REPLY && length == COOKIE_REPLY_BYTES) {
      index(": WireGuard: cookie reply (receiver 0x%08x)", at + 4);
    } else if (type == DATA && length >= EMPTY_DATA_BYTES) {
      line.text(length == EMPTY_DATA_BYTES ? ": WireGuard: keepalive" : ": WireGuard: data");
      index(" (receiver 0x%08x", at + 4);
      long counter = line.u64(at + 8);
      line.text(", counter ").unsigned(Long.reverseBytes(counter)).text(")");
    }
  }

  private void index(String template, long at) {
    int index = Integer.reverseBytes((int) line.u32(at));
    line.print(template, Integer.toUnsignedLong(index));
  }
}
