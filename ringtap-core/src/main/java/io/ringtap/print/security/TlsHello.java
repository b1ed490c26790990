package io.ringtap.print.security;

import io.ringtap.packet.NetworkOrder;
import io.ringtap.print.line.Line;
import java.lang.foreign.MemorySegment;

/// A ClientHello or ServerHello of TLS (RFC 8446 §4.1): the version, and the names of the server,
/// of application protocols and of the cipher suite. It may lie in a packet or in decrypted memory,
/// and may end early, as when it continues in the next segment: what is there is printed.
final class TlsHello {
  static final int CLIENT_HELLO = 1;
  static final int SERVER_HELLO = 2;

  private static final int HEADER = 4; // bytes: type and length
  private static final int RANDOM = HEADER + 2;
  private static final int SESSION = RANDOM + 32;

  private static final int SERVER_NAME = 0;
  private static final int ALPN = 16;
  private static final int SUPPORTED_VERSIONS = 43;

  /// How the random number begins that makes a ServerHello a HelloRetryRequest (RFC 8446 §4.1.3).
  private static final long RETRY = 0xCF21_AD74_E59A_6111L;

  private final Line line;
  private MemorySegment memory = MemorySegment.NULL;
  private long end;
  private int version;
  private int cipher;
  private long name;
  private int nameLength;
  private long protocols;
  private long protocolsEnd;

  TlsHello(Line line) {
    this.line = line;
  }

  /// Prints the message.
  ///
  /// @param at the offset of its type, which is there
  /// @param endOfMessage the offset after its last byte that is there
  void print(MemorySegment in, long at, long endOfMessage) {
    memory = in;
    end = endOfMessage;
    version = 0;
    cipher = -1;
    name = -1;
    protocols = -1;
    protocolsEnd = -1;
    boolean isClient = u8(at) == CLIENT_HELLO;
    boolean isRetry =
        !isClient && has(at + RANDOM, 8) && NetworkOrder.doubleWord(memory, at + RANDOM) == RETRY;
    line.text(isClient ? "ClientHello" : isRetry ? "HelloRetryRequest" : "ServerHello");
    if (!has(at + HEADER, 2)) {
      return;
    }
    version = u16(at + HEADER);
    read(at + SESSION, isClient);
    values();
  }

  private void read(long session, boolean isClient) {
    long at = session + 1 + u8(session);
    if (isClient) {
      at += 2 + u16(at); // cipher suites
      at += 1 + u8(at); // compression methods
    } else {
      cipher = has(at, 2) ? u16(at) : -1;
      at += 3;
    }
    long last = at + 2 + u16(at);
    at += 2;
    while (at < last && has(at, 4)) {
      int type = u16(at);
      int length = u16(at + 2);
      at += 4;
      switch (type) {
        case SERVER_NAME -> serverName(at, length);
        case ALPN -> {
          protocols = at + 2;
          protocolsEnd = Math.min(end, at + length);
        }
        case SUPPORTED_VERSIONS -> supportedVersions(at, length, isClient);
        default -> {}
      }
      at += length;
    }
  }

  /// The first name (RFC 6066 §3).
  private void serverName(long list, int length) {
    if (length > 5 && has(list, length)) {
      name = list + 5;
      nameLength = Math.min(u16(list + 3), length - 5);
    }
  }

  /// The highest version that is not there to be ignored (RFC 8701).
  private void supportedVersions(long at, int length, boolean isClient) {
    if (!isClient) {
      version = has(at, 2) ? u16(at) : version;
      return;
    }
    int highest = 0;
    for (long each = at + 1; each + 2 <= at + length && has(each, 2); each += 2) {
      int offered = u16(each);
      boolean isIgnored = (offered & 0x0F0F) == 0x0A0A && offered >> 8 == (offered & 0xFF);
      highest = isIgnored ? highest : Math.max(highest, offered);
    }
    version = highest == 0 ? version : highest;
  }

  private void values() {
    line.text(" (version ");
    TlsNames.version(line, version);
    if (cipher >= 0) {
      line.text(", cipher ").name(TlsNames.CIPHER_SUITES.find(cipher), "0x%04x", cipher);
    }
    if (name >= 0) {
      line.text(", SNI ");
      visible(name, name + nameLength);
    }
    String separator = ", ALPN ";
    for (long at = protocols; at < protocolsEnd; ) {
      long next = at + 1 + u8(at);
      if (next > protocolsEnd) {
        break;
      }
      line.text(separator);
      visible(at + 1, next);
      separator = ",";
      at = next;
    }
    line.text(")");
  }

  private void visible(long from, long to) {
    for (long at = from; at < to; at++) {
      line.visible(u8(at));
    }
  }

  private boolean has(long at, long length) {
    return end - at >= length;
  }

  private int u8(long at) {
    return has(at, 1) ? NetworkOrder.unsignedByte(memory, at) : 0;
  }

  private int u16(long at) {
    return has(at, 2) ? NetworkOrder.unsignedShort(memory, at) : 0;
  }
}
