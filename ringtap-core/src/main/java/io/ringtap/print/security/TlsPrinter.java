package io.ringtap.print.security;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// TLS in TCP (RFC 8446, RFC 5246): the records that begin in a segment. Of a segment that begins
/// in the middle of a record, as most do, nothing is printed.
public final class TlsPrinter implements Protocol {
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int HEARTBEAT = 24;

  private static final int RECORD_HEADER = 5; // bytes: type, version, length
  private static final int MESSAGE_HEADER = 4; // bytes: type, length
  private static final int MAX_RECORD = (1 << 14) + 2048; // bytes (RFC 5246 §6.2.3)
  private static final int MAX_MESSAGE = 1 << 18; // bytes of what is still read as a message

  private final Line line;
  private final TlsHello hello;
  private String separator = "";

  public TlsPrinter(Line line) {
    this.line = line;
    this.hello = new TlsHello(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("tls");
    long end = at + length;
    if (isRecord(at, end)) {
      line.text(": TLS");
    }
    separator = ": ";
    boolean isEncrypted = false;
    int before = -1;
    for (long record = at; isRecord(record, end); ) {
      int type = line.u8(record);
      long content = record + RECORD_HEADER;
      long next = content + line.u16(record + 3);
      long last = Math.min(next, end);
      // A name that repeats would say nothing new; a handshake record has messages of its own.
      boolean isRepeated = type == before && (type != HANDSHAKE || isEncrypted);
      if (!isRepeated) {
        record(type, content, last, isEncrypted);
      }
      isEncrypted |= type == CHANGE_CIPHER_SPEC || type == APPLICATION_DATA;
      before = type;
      record = next;
    }
  }

  private boolean isRecord(long at, long end) {
    if (end - at < RECORD_HEADER || !line.has(at, RECORD_HEADER)) {
      return false;
    }
    int type = line.u8(at);
    int length = line.u16(at + 3);
    return type >= CHANGE_CIPHER_SPEC
        && type <= HEARTBEAT
        && line.u8(at + 1) == 3
        && line.u8(at + 2) <= 4
        && length > 0
        && length <= MAX_RECORD;
  }

  private void record(int type, long at, long end, boolean isEncrypted) {
    switch (type) {
      case CHANGE_CIPHER_SPEC -> item().text("change cipher spec");
      case ALERT -> alert(at, end);
      case APPLICATION_DATA -> item().text("application data");
      case HEARTBEAT -> item().text("heartbeat");
      default -> {
        if (isEncrypted || !isMessage(at, end)) {
          item().text("encrypted handshake");
        } else {
          messages(at, end);
        }
      }
    }
  }

  private void alert(long at, long end) {
    if (end - at != 2) {
      item().text("encrypted alert");
    } else if (line.needs(at, 2)) {
      item().text(line.u8(at) == 1 ? "alert (warning " : "alert (fatal ");
      int reason = line.u8(at + 1);
      line.name(TlsNames.ALERTS.find(reason), "%u", reason).text(")");
    }
  }

  /// Whether it reads as a message. One that is encrypted without a sign of it before, because its
  /// segment begins with it, is random bytes.
  private boolean isMessage(long at, long end) {
    if (end - at < MESSAGE_HEADER || !line.has(at, MESSAGE_HEADER)) {
      return true;
    }
    int length = line.u24(at + 1);
    boolean isAlone = end - at == MESSAGE_HEADER;
    return TlsNames.MESSAGES.find(line.u8(at)) != null
        && length <= MAX_MESSAGE
        && (line.u8(at) != 0 || (length == 0 && isAlone));
  }

  private void messages(long first, long end) {
    for (long at = first; at < end; ) {
      if (end - at < MESSAGE_HEADER) {
        item().text("handshake");
        return;
      }
      if (!line.needs(at, MESSAGE_HEADER)) {
        return;
      }
      int type = line.u8(at);
      long following = at + MESSAGE_HEADER + line.u24(at + 1);
      long last = Math.min(following, end);
      item();
      if (type == TlsHello.CLIENT_HELLO || type == TlsHello.SERVER_HELLO) {
        hello.print(line.frame(), at, Math.min(last, line.end()));
        boolean _ = line.needs(at, last - at);
      } else {
        line.name(TlsNames.MESSAGES.find(type), "handshake %u", type);
      }
      at = following;
    }
  }

  private Line item() {
    line.text(separator);
    separator = ", ";
    return line;
  }
}
