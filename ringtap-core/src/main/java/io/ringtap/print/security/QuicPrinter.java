package io.ringtap.print.security;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;
import java.lang.foreign.MemorySegment;

/// QUIC (RFC 8999, RFC 9000, RFC 9369): the packets of a datagram. The first packet of a client is
/// decrypted with keys that follow from its connection ID, and its ClientHello is printed.
public final class QuicPrinter implements Protocol {
  private static final int LONG_HEADER = 0x80;
  private static final int FIXED_BIT = 0x40;
  private static final int MAX_CONNECTION_ID = 20; // bytes
  private static final int SERVER_PORT = 443;

  /// The kinds of packets with a long header, by their number in version 1 (RFC 9000 §17.2).
  private static final String[] KINDS = {"initial", "0-RTT", "handshake", "retry"};

  private static final int INITIAL = 0;
  private static final int RETRY = 3;

  private final Line line;
  private final QuicInitial initial = new QuicInitial();
  private final TlsHello hello;

  public QuicPrinter(Line line) {
    this.line = line;
    this.hello = new TlsHello(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("quic");
    long end = at + length;
    if (!line.has(at, 1)) {
      return;
    }
    if ((line.u8(at) & LONG_HEADER) == 0) {
      if ((line.u8(at) & FIXED_BIT) != 0) {
        line.text(": QUIC: 1-RTT");
      }
      return;
    }
    if (!line.has(at, 6)) {
      return;
    }
    int version = (int) line.u32(at + 1);
    long source = at + 6 + line.u8(at + 5);
    if (line.u8(at + 5) > MAX_CONNECTION_ID
        || (line.has(source, 1) && line.u8(source) > MAX_CONNECTION_ID)
        || (version != 0 && (line.u8(at) & FIXED_BIT) == 0)) {
      return;
    }
    line.text(": QUIC: ");
    if (version == 0) {
      line.text("version negotiation (");
      connection(at);
      versions(source + 1 + line.u8(source), end);
    } else if (version != QuicInitial.VERSION_1 && version != QuicInitial.VERSION_2) {
      line.text("long header (version ");
      version(version).text(", ");
      connection(at);
      line.text(")");
    } else {
      packets(at, end, version);
    }
  }

  /// The packets of versions 1 and 2 that a datagram holds, all of the same connection (RFC 9000
  /// §12.2).
  private void packets(long first, long end, int version) {
    long at = first;
    while (at < end && line.has(at, 7)) {
      if ((line.u8(at) & LONG_HEADER) == 0) {
        line.text((line.u8(at) & FIXED_BIT) != 0 ? ", 1-RTT" : "");
        return;
      }
      int number = line.u8(at) >> 4 & 3;
      int kind = version == QuicInitial.VERSION_2 ? number + 3 & 3 : number;
      line.text(at == first ? "" : ", ").text(KINDS[kind]);
      if (at == first) {
        line.text(" (version ");
        version(version).text(", ");
        connection(at);
        line.text(")");
      }
      if (kind == RETRY) {
        return;
      }
      long source = at + 6 + line.u8(at + 5);
      long next = source + 1 + line.u8(source);
      if (kind == INITIAL) {
        next = skipInteger(next) + integer(next); // the token
      }
      long packetNumber = skipInteger(next);
      long last = packetNumber + integer(next);
      if (kind == INITIAL && line.destinationPort() == SERVER_PORT && last <= end) {
        clientHello(at, packetNumber, last);
      }
      at = last;
    }
    boolean _ = line.needs(at, Math.min(1, end - at));
  }

  private void clientHello(long at, long packetNumber, long end) {
    if (line.needs(at, end - at)) {
      byte[] message = initial.cryptoStream(line.frame(), at, packetNumber, end);
      if (message.length > 0 && message[0] == TlsHello.CLIENT_HELLO) {
        line.text(", ");
        hello.print(MemorySegment.ofArray(message), 0, message.length);
      }
    }
  }

  private void connection(long at) {
    int length = line.u8(at + 5);
    long source = at + 6 + length;
    line.text("dcid ");
    identifier(at + 6, length);
    int sourceLength = line.u8(source);
    line.text(", scid ");
    identifier(source + 1, sourceLength);
  }

  private void identifier(long at, int length) {
    line.text(length == 0 ? "none" : "");
    line.hexBytes(at, length);
  }

  private void versions(long first, long end) {
    line.text(", versions ");
    for (long at = first; end - at >= 4 && line.needs(at, 4); at += 4) {
      line.text(at == first ? "" : ",");
      version((int) line.u32(at));
    }
    line.text(")");
  }

  private Line version(int version) {
    return switch (version) {
      case QuicInitial.VERSION_1 -> line.text("1");
      case QuicInitial.VERSION_2 -> line.text("2");
      default -> line.hex(Integer.toUnsignedLong(version), 8);
    };
  }

  /// A number of 1, 2, 4 or 8 bytes, whose first two bits are its length (RFC 9000 §16).
  private long integer(long at) {
    int first = line.u8(at);
    long value = first & 0x3F;
    for (int i = 1; i < 1 << (first >> 6); i++) {
      value = value << 8 | line.u8(at + i);
    }
    return value;
  }

  private long skipInteger(long at) {
    return at + (1L << (line.u8(at) >> 6));
  }
}
