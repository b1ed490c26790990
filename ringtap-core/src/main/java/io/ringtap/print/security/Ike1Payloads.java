package io.ringtap.print.security;

import io.ringtap.print.line.BitNames;
import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.security.IkeAttributes.Registry;

/// The payloads of IKE version 1 (RFC 2407 §4.6, RFC 2408 §3).
final class Ike1Payloads {
  private static final int HEADER = 4; // bytes of every payload: what is next, a length
  private static final int ASSOCIATION = 1; // kinds of payloads
  private static final int PROPOSAL = 2;
  private static final int TRANSFORM = 3;
  private static final int KEY_EXCHANGE = 4;
  private static final int IDENTIFICATION = 5;
  private static final int CERTIFICATE = 6;
  private static final int CERTIFICATE_REQUEST = 7;
  private static final int HASH = 8;
  private static final int SIGNATURE = 9;
  private static final int NONCE = 10;
  private static final int NOTIFICATION = 11;
  private static final int DELETE = 12;
  private static final int VENDOR = 13;
  private static final int IPSEC = 1; // the domain of interpretation
  private static final int RANGE =
      0x2000; // of notifications: errors, private ones, status, private
  private static final int RESPONDER_LIFETIME = 24_576;
  private static final int REPLAY_STATUS = 24_577;

  private static final BitNames SITUATIONS =
      BitNames.of(
          "+",
          """
          1 identity
          2 secrecy
          4 integrity\
          """);

  private static final Names IKE_TRANSFORMS = Names.of("1 ike");

  private static final Names AH_TRANSFORMS =
      Names.of(
          """
          1 (reserved)
          2 md5
          3 sha
          4 1des
          5 sha2-256
          6 sha2-384
          7 sha2-512\
          """);

  static final Names ESP_TRANSFORMS =
      Names.of(
          """
          1 1des-iv64
          2 1des
          3 3des
          4 rc5
          5 idea
          6 cast
          7 blowfish
          8 3idea
          9 1des-iv32
          10 rc4
          11 null
          12 aes\
          """);

  private static final Names IPCOMP_TRANSFORMS =
      Names.of(
          """
          1 oui
          2 deflate
          3 lzs\
          """);

  private static final Names CERTIFICATES =
      Names.of(
          """
          0 none
          1 pkcs7
          2 pgp
          3 dns
          4 x509sign
          5 x509ke
          6 kerberos
          7 crl
          8 arl
          9 spki
          10 x509attr\
          """);

  private static final Names NOTIFICATIONS =
      Names.of(
          """
          1 INVALID-PAYLOAD-TYPE
          2 DOI-NOT-SUPPORTED
          3 SITUATION-NOT-SUPPORTED
          4 INVALID-COOKIE
          5 INVALID-MAJOR-VERSION
          6 INVALID-MINOR-VERSION
          7 INVALID-EXCHANGE-TYPE
          8 INVALID-FLAGS
          9 INVALID-MESSAGE-ID
          10 INVALID-PROTOCOL-ID
          11 INVALID-SPI
          12 INVALID-TRANSFORM-ID
          13 ATTRIBUTES-NOT-SUPPORTED
          14 NO-PROPOSAL-CHOSEN
          15 BAD-PROPOSAL-SYNTAX
          16 PAYLOAD-MALFORMED
          17 INVALID-KEY-INFORMATION
          18 INVALID-ID-INFORMATION
          19 INVALID-CERT-ENCODING
          20 INVALID-CERTIFICATE
          21 CERT-TYPE-UNSUPPORTED
          22 INVALID-CERT-AUTHORITY
          23 INVALID-HASH-INFORMATION
          24 AUTHENTICATION-FAILED
          25 INVALID-SIGNATURE
          26 ADDRESS-NOTIFICATION
          27 NOTIFY-SA-LIFETIME
          28 CERTIFICATE-UNAVAILABLE
          29 UNSUPPORTED-EXCHANGE-TYPE
          30 UNEQUAL-PAYLOAD-LENGTHS
          16384 CONNECTED\
          """);

  private static final Names IPSEC_NOTIFICATIONS =
      Names.of(
          """
          8192 RESERVED
          24576 RESPONDER-LIFETIME
          24577 REPLAY-STATUS
          24578 INITIAL-CONTACT\
          """);

  private final Line line;
  private final IkeText text;
  private final IkeAttributes attributes;
  private final IkeIdentification identification;
  private final IkePayloads inner;

  /// @param inner prints payloads in payloads
  Ike1Payloads(Line line, IkePayloads inner) {
    this.line = line;
    this.inner = inner;
    this.text = new IkeText(line);
    this.attributes = new IkeAttributes(line);
    this.identification = new IkeIdentification(line);
  }

  /// Prints a payload.
  ///
  /// @param length its bytes, which were captured
  /// @param protocol to which the proposal around it belongs
  /// @param depth 1, or more in other payloads
  /// @return the offset after it, or [IkeText#NOTHING]
  long print(int kind, long at, int length, int protocol, int depth) {
    text.payload(kind);
    line.text(":");
    int least =
        switch (kind) {
          case ASSOCIATION, NOTIFICATION, DELETE -> 12;
          case PROPOSAL, TRANSFORM, IDENTIFICATION -> 8;
          case CERTIFICATE, CERTIFICATE_REQUEST -> 6;
          default -> HEADER;
        };
    if (!line.has(at, least)) {
      return text.cut(kind);
    }
    return switch (kind) {
      case ASSOCIATION -> association(at, protocol, depth);
      case PROPOSAL -> proposal(at, depth);
      case TRANSFORM -> transform(at, length, protocol);
      case IDENTIFICATION -> identification.print(kind, at, length);
      case CERTIFICATE, CERTIFICATE_REQUEST -> {
        line.print(" len=%u type=", length - HEADER);
        text.name(CERTIFICATES, line.u8(at + 4));
        yield detail(kind, at, length);
      }
      case KEY_EXCHANGE -> {
        line.print(" key len=%u", length - HEADER);
        yield detail(kind, at, length);
      }
      case HASH, SIGNATURE, VENDOR -> {
        line.print(" len=%u", length - HEADER);
        yield detail(kind, at, length);
      }
      case NONCE -> nonce(at, length);
      case NOTIFICATION -> notification(at, length);
      default -> delete(at);
    };
  }

  private long detail(int kind, long at, int length) {
    boolean isWhole = text.detail(at + HEADER, length - HEADER);
    return isWhole ? at + length : text.cut(kind);
  }

  private long association(long at, int protocol, int depth) {
    long domain = line.u32(at + 4);
    long situation = line.u32(at + 8);
    if (domain != IPSEC) {
      line.print(" doi=%u situation=%u", domain, situation);
      return at + 12;
    }
    line.text(" doi=ipsec situation=").bits(SITUATIONS, situation, "");
    long next = at + 12;
    if (situation != 1) {
      line.print(" ident=%u", line.u32(at + HEADER));
      next += 4;
    }
    return line.has(next, HEADER)
        ? inner.print(PROPOSAL, next, protocol, depth)
        : text.cut(ASSOCIATION);
  }

  private long proposal(long at, int depth) {
    line.print(" #%u protoid=", line.u8(at + 4));
    text.name(IkeText.PROTOCOLS, line.u8(at + 5));
    line.print(" transform=%u", line.u8(at + 7));
    long next = at + 8;
    if (!index(next, line.u8(at + 6))) {
      return text.cut(PROPOSAL);
    }
    next += line.u8(at + 6);
    return line.has(next, HEADER)
        ? inner.print(TRANSFORM, next, line.u8(at + 5), depth)
        : text.cut(PROPOSAL);
  }

  /// Prints a security parameter index if it has any bytes.
  private boolean index(long at, int length) {
    if (length == 0) {
      return true;
    }
    line.text(" spi=");
    return text.bytes(at, length);
  }

  private long transform(long at, int length, int protocol) {
    line.print(" #%u id=", line.u8(at + 4));
    int id = line.u8(at + 5);
    switch (protocol) {
      case 1 -> text.name(IKE_TRANSFORMS, id);
      case 2 -> text.name(AH_TRANSFORMS, id);
      case 3 -> text.name(ESP_TRANSFORMS, id);
      case 4 -> text.name(IPCOMP_TRANSFORMS, id);
      default -> line.number(id);
    }
    line.text(" ");
    Registry registry =
        switch (protocol) {
          case 1 -> Registry.IKE;
          case 2, 3, 4 -> Registry.IPSEC;
          default -> Registry.NONE;
        };
    return attributes.print(at + 8, at + length, registry);
  }

  private long nonce(long at, int length) {
    line.print(" n len=%u", length - HEADER);
    if (line.verbosity() == 2) {
      line.text(" ");
      return text.someBytes(at + HEADER) ? at + length : text.cut(NONCE);
    }
    return detail(NONCE, at, length);
  }

  private long notification(long at, int length) {
    long domain = line.u32(at + 4);
    int protocol = line.u8(at + 8);
    int indexLength = line.u8(at + 9);
    int type = line.u16(at + 10);
    if (domain != IPSEC) {
      line.print(" doi=%u proto=%u type=", domain, protocol);
      line.name(NOTIFICATIONS.find(type), "#%u", type / RANGE == 2 ? type % RANGE : type);
      return index(at + 12, indexLength) ? at + 12 + indexLength : text.cut(NOTIFICATION);
    }
    line.text(" doi=ipsec proto=");
    text.name(IkeText.PROTOCOLS, protocol);
    line.text(" type=");
    notificationType(type);
    if (!index(at + 12, indexLength)) {
      return text.cut(NOTIFICATION);
    }
    long data = at + 12 + indexLength;
    boolean isWhole = data >= line.end() || data(type, data, at + length);
    return isWhole ? at + length : text.cut(NOTIFICATION);
  }

  /// Numbers that have no name count from the beginning of their range.
  private void notificationType(int type) {
    String name = NOTIFICATIONS.find(type);
    if (name == null) {
      name = IPSEC_NOTIFICATIONS.find(type);
    }
    line.name(name, "#%u", type < 4 * RANGE ? type % RANGE : type);
  }

  private boolean data(int type, long at, long end) {
    return switch (type) {
      case RESPONDER_LIFETIME -> {
        line.text(" attrs=(");
        long _ = attributes.print(at, end, Registry.IKE);
        line.text(")");
        yield true;
      }
      case REPLAY_STATUS -> {
        line.text(" status=(");
        line.text(line.u32(at) == 0 ? "replay detection disabled)" : "replay detection enabled)");
        yield true;
      }
      default -> {
        if (line.verbosity() < 4) {
          yield text.someBytes(at);
        }
        line.text(" data=(").hexBytes(at, line.end() - at).text(")");
        yield true;
      }
    };
  }

  private long delete(long at) {
    long domain = line.u32(at + 4);
    int protocol = line.u8(at + 8);
    if (domain == IPSEC) {
      line.text(" doi=ipsec proto=");
      text.name(IkeText.PROTOCOLS, protocol);
    } else {
      line.print(" doi=%u proto=%u", domain, protocol);
    }
    int bytes = line.u8(at + 9);
    int count = line.u16(at + 10);
    line.print(" spilen=%u nspi=%u spi=", bytes, count);
    long next = at + 12;
    for (int i = 0; i < count; i++) {
      line.text(i == 0 ? "" : ",");
      if (!text.bytes(next, bytes)) {
        return text.cut(DELETE);
      }
      next += bytes;
    }
    return next;
  }
}
