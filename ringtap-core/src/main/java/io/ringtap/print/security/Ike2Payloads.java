package io.ringtap.print.security;

import static io.ringtap.print.security.IkeText.NOTHING;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;
import io.ringtap.print.security.IkeAttributes.Registry;

/// The payloads of IKE version 2 (RFC 7296 §3).
final class Ike2Payloads {
  private static final int HEADER = 4; // bytes of every payload: what is next, flags, a length
  private static final int FIXED = 8; // bytes of those that say more before their data
  private static final int CRITICAL = 0x80;
  private static final int PROPOSAL = 2; // kinds of payloads
  private static final int TRANSFORM = 3;
  private static final int NOTIFICATION_1 = 11; // that of version 1, whose name is printed
  private static final int ASSOCIATION = 33;
  private static final int KEY_EXCHANGE = 34;
  private static final int INITIATOR = 35;
  private static final int RESPONDER = 36;
  private static final int AUTHENTICATION = 39;
  private static final int NONCE = 40;
  private static final int NOTIFICATION = 41;
  private static final int VENDOR = 43;
  static final int ENCRYPTED = 46;

  private static final Names TRANSFORMS =
      Names.of(
          """
          1 encr
          2 prf
          3 integ
          4 dh
          5 esn\
          """);

  private static final Names PSEUDO_RANDOM_FUNCTIONS =
      Names.of(
          """
          1 hmac-md5
          2 hmac-sha
          3 hmac-tiger
          4 aes128_xcbc\
          """);

  private static final Names INTEGRITY =
      Names.of(
          """
          1 hmac-md5
          2 hmac-sha
          3 dec-mac
          4 kpdk-md5
          5 aes-xcbc\
          """);

  private static final Names EXTENDED_SEQUENCES =
      Names.of(
          """
          0 no-esn
          1 esn\
          """);

  private static final Names METHODS =
      Names.of(
          """
          0 invalid
          1 rsasig
          2 shared-secret
          3 dsssig\
          """);

  private static final Names IDENTIFICATIONS =
      Names.of(
          """
          1 ipv4
          2 fqdn
          3 rfc822
          5 ipv6
          9 dn
          10 gn
          11 keyid\
          """);

  private final Line line;
  private final IkeText text;
  private final IkeAttributes attributes;
  private final IkeNotification notification;

  Ike2Payloads(Line line) {
    this.line = line;
    this.text = new IkeText(line);
    this.attributes = new IkeAttributes(line);
    this.notification = new IkeNotification(line);
  }

  /// Prints a payload.
  ///
  /// @param length its bytes, which were captured
  /// @param depth 1, or more in other payloads
  /// @return the offset after it, or [IkeText#NOTHING]
  long print(int kind, long at, int length, int depth) {
    return switch (kind) {
      case ASSOCIATION -> association(at, length, depth);
      case KEY_EXCHANGE, INITIATOR, RESPONDER, AUTHENTICATION, NOTIFICATION ->
          fixed(kind, at, length);
      case NONCE -> nonce(at, length);
      case VENDOR -> vendor(at, length);
      case ENCRYPTED -> {
        name(kind, at);
        line.print(" len=%u", length - HEADER);
        if (length > FIXED) {
          boolean _ = text.detail(at + HEADER, length - HEADER);
        }
        yield NOTHING;
      }
      default -> {
        name(kind, at);
        line.print(" len=%u", length - HEADER);
        yield text.detail(at + HEADER, length - HEADER) ? at + length : text.cut(kind);
      }
    };
  }

  private long fixed(int kind, long at, int length) {
    int name = kind == NOTIFICATION ? NOTIFICATION_1 : kind;
    if (!line.has(at, FIXED)) {
      return text.cut(name);
    }
    name(name, at);
    boolean isWhole =
        switch (kind) {
          case KEY_EXCHANGE -> keyExchange(at, length);
          case AUTHENTICATION -> authentication(at, length);
          case NOTIFICATION -> notification.print(at);
          default -> identification(at, length);
        };
    return isWhole ? at + length : text.cut(name);
  }

  private void name(int kind, long at) {
    text.payload(kind);
    critical(at);
  }

  private void critical(long at) {
    line.text((line.u8(at + 1) & CRITICAL) != 0 ? "[C]:" : ":");
  }

  private long association(long at, int length, int depth) {
    line.text("sa");
    critical(at);
    line.print(" len=%u", length - HEADER);
    return items(ASSOCIATION, at + HEADER, length - HEADER, depth + 1);
  }

  private long proposal(long at, int length, int depth) {
    if (!line.has(at, FIXED)) {
      return text.cut(PROPOSAL);
    }
    name(PROPOSAL, at);
    line.print(" #%u protoid=", line.u8(at + 4));
    text.name(IkeText.PROTOCOLS, line.u8(at + 5));
    line.print(" transform=%u len=%u", line.u8(at + 7), length);
    long next = at + FIXED;
    int rest = length - HEADER;
    int index = line.u8(at + 6);
    if (index > rest) {
      long _ = text.cut(PROPOSAL);
      return next + rest;
    }
    if (index > 0) {
      line.text(" spi=");
      if (!text.bytes(next, index)) {
        return text.cut(PROPOSAL);
      }
    }
    return items(PROPOSAL, next + index, rest - index, depth + 1);
  }

  /// Prints the proposals of an association, or the transforms of a proposal.
  private long items(int container, long first, int length, int depth) {
    long at = first;
    int rest = length;
    int kind = container == ASSOCIATION ? PROPOSAL : TRANSFORM;
    for (int number = 1; kind != 0; number++) {
      if (rest >= HEADER && !line.has(at, HEADER)) {
        return text.cut(container);
      }
      int bytes = rest < HEADER ? HEADER + 1 : line.u16(at + 2);
      if (bytes <= HEADER || (bytes <= rest && !line.has(at, bytes))) {
        return text.cut(container);
      }
      if (bytes > rest) {
        long _ = text.cut(container);
        return at + rest;
      }
      long item = at;
      text.open(depth);
      at = item(kind, number, item, bytes, depth);
      if (at == NOTHING) {
        return NOTHING;
      }
      line.text(")");
      rest -= bytes;
      kind = line.u8(item);
    }
    return at;
  }

  private long item(int kind, int number, long at, int length, int depth) {
    return switch (kind) {
      case PROPOSAL -> proposal(at, length, depth);
      case TRANSFORM -> transform(number, at, length);
      default -> {
        text.payload(kind);
        yield at + length;
      }
    };
  }

  private long transform(int number, long at, int length) {
    if (!line.has(at, FIXED)) {
      return text.cut(TRANSFORM);
    }
    name(TRANSFORM, at);
    int type = line.u8(at + 4);
    int id = line.u16(at + 6);
    line.print(" #%u type=", number);
    text.name(TRANSFORMS, type);
    line.text(" id=");
    switch (type) {
      case 1 -> text.name(Ike1Payloads.ESP_TRANSFORMS, id);
      case 2 -> text.name(PSEUDO_RANDOM_FUNCTIONS, id);
      case 3 -> text.name(INTEGRITY, id);
      case 4 -> text.name(IkeAttributes.GROUPS, id);
      case 5 -> text.name(EXTENDED_SEQUENCES, id);
      default -> line.number(id);
    }
    line.text(" ");
    return attributes.print(
        at + FIXED, at + length, type == 1 ? Registry.ENCRYPTION : Registry.NONE);
  }

  private boolean keyExchange(long at, int length) {
    if (length < FIXED) {
      line.print(" len=%u < 8", length);
      return true;
    }
    line.print(" len=%u group=", length - FIXED);
    text.name(IkeAttributes.GROUPS, line.u16(at + 4));
    return text.detail(at + FIXED, length - FIXED);
  }

  private boolean identification(long at, int length) {
    line.print(" len=%u", length - HEADER);
    if (!text.detail(at + HEADER, length - HEADER)) {
      return false;
    }
    int type = line.u8(at + 4);
    String name = IDENTIFICATIONS.find(type);
    if (name == null) {
      return true;
    }
    line.text(" ").text(name).text(":");
    int bytes = length - FIXED;
    boolean isText = type == 2 || type == 3;
    if (!isText || bytes < 0) {
      return text.bytes(at + FIXED, bytes);
    }
    line.safeText(at + FIXED, bytes);
    return true;
  }

  private boolean authentication(long at, int length) {
    line.print(" len=%u method=", length - HEADER);
    text.name(METHODS, line.u8(at + 4));
    if (line.verbosity() == 1) {
      return text.someBytes(at + FIXED);
    }
    line.text(" authdata=(");
    if (!text.bytes(at + FIXED, length - FIXED)) {
      return false;
    }
    line.text(") ");
    return true;
  }

  private long nonce(long at, int length) {
    line.text("nonce");
    critical(at);
    line.print(" len=%u", length - HEADER);
    if (line.verbosity() == 1) {
      return text.someBytes(at + HEADER) ? at + length : text.cut(NONCE);
    }
    line.text(" nonce=(").hexBytes(at + HEADER, length - HEADER).text(") ");
    return at + length;
  }

  private long vendor(long at, int length) {
    name(VENDOR, at);
    line.print(" len=%u vid=", length - HEADER).safeText(at + HEADER, length - HEADER);
    if (length > FIXED && !text.detail(at + HEADER, length - HEADER)) {
      return text.cut(VENDOR);
    }
    return at + length;
  }
}
