package io.ringtap.print.security;

import static io.ringtap.print.security.IkeText.NOTHING;

import io.ringtap.print.line.Line;

/// A chain of IKE's payloads, each of which says what is next (RFC 2408 §3.2, RFC 7296 §3.2).
final class IkePayloads {
  private static final int HEADER = 4; // bytes of every payload: what is next, flags, a length
  private static final int LAST_1 = 13; // the last kind of version 1
  private static final int FIRST_2 = 33; // and those of version 2
  private static final int LAST_2 = 48;
  private static final int MAX_DEPTH = 32;

  private final Line line;
  private final IkeText text;
  private final Ike1Payloads version1;
  private final Ike2Payloads version2;
  private int version;

  IkePayloads(Line line) {
    this.line = line;
    this.text = new IkeText(line);
    this.version1 = new Ike1Payloads(line, this);
    this.version2 = new Ike2Payloads(line);
  }

  /// Prints the payloads of a message of a version.
  void print(int messageVersion, int firstKind, long first) {
    version = messageVersion;
    long _ = print(firstKind, first, 0, 0);
  }

  /// Prints a chain of payloads.
  ///
  /// @param protocol to which the proposal around them belongs
  /// @param depth the number of payloads around them
  /// @return the offset after them, or [IkeText#NOTHING]
  long print(int firstKind, long first, int protocol, int depth) {
    if (depth == MAX_DEPTH) {
      line.text("[too many headers]");
      return NOTHING;
    }
    int kind = firstKind;
    long at = first;
    while (kind != 0) {
      if (!line.has(at, HEADER) || !line.has(at, line.u16(at + 2))) {
        return text.cut(kind);
      }
      int length = line.u16(at + 2);
      text.open(depth + 1);
      long next = length <= HEADER ? NOTHING : payload(kind, at, length, protocol, depth + 1);
      line.text(")");
      if (next == NOTHING) {
        return NOTHING;
      }
      kind = line.u8(at);
      at = next;
    }
    return at;
  }

  private long payload(int kind, long at, int length, int protocol, int depth) {
    if (kind <= LAST_1) {
      return version1.print(kind, at, length, protocol, depth);
    }
    boolean isOdd = kind == Ike2Payloads.ENCRYPTED && (version == 1 || depth > 1);
    if (kind >= FIRST_2 && kind <= LAST_2 && !isOdd) {
      return version2.print(kind, at, length, depth);
    }
    text.payload(kind);
    return at + length;
  }
}
