package io.ringtap.print.security;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Names;

/// What the payloads of both versions of IKE have in common: their names, and how bytes of them are
/// printed. A payload that is cut gets a mark with its name, and the line goes on.
final class IkeText {
  /// What a method returns instead of an offset if nothing can follow.
  static final long NOTHING = -1;

  private static final int SOME = 10; // bytes of the beginning of long data
  private static final int LAST = 20; // bytes of its end

  static final Names PAYLOADS =
      Names.of(
          """
          0 none
          1 sa
          2 p
          3 t
          4 ke
          5 id
          6 cert
          7 cr
          8 hash
          9 sig
          10 nonce
          11 n
          12 d
          13 vid
          33 v2sa
          34 v2ke
          35 v2IDi
          36 v2IDr
          37 v2cert
          38 v2cr
          39 v2auth
          40 v2nonce
          41 v2n
          42 v2d
          43 v2vid
          44 v2TSi
          45 v2TSr
          46 v2e
          47 v2cp
          48 v2eap\
          """);

  static final Names PROTOCOLS =
      Names.of(
          """
          1 isakmp
          2 ipsec-ah
          3 ipsec-esp
          4 ipcomp\
          """);

  private final Line line;

  IkeText(Line line) {
    this.line = line;
  }

  /// Prints the name of a number, or the number after `#`.
  void name(Names names, long number) {
    line.name(names.find(number), "#%u", number);
  }

  /// Prints the name of a kind of payloads.
  void payload(int kind) {
    line.name(PAYLOADS.find(kind), kind < 33 ? "pay%u" : "#%u", kind);
  }

  /// Prints the mark of a payload that was cut.
  long cut(int kind) {
    line.text(" [|");
    payload(kind);
    line.text("]");
    return NOTHING;
  }

  /// Begins a payload in a row of its own.
  ///
  /// @param depth 1 or more
  void open(int depth) {
    line.text("\n");
    line.out().repeat("    ", depth);
    line.text("(");
  }

  /// Prints bytes in hexadecimal.
  ///
  /// @return false if they were not captured, and nothing was printed
  boolean bytes(long at, long length) {
    boolean isThere = length >= 0 && line.has(at, length);
    if (isThere) {
      line.hexBytes(at, length);
    }
    return isThere;
  }

  /// Prints the beginning and the end of the bytes up to the end of the packet.
  ///
  /// @return false if they were not captured
  boolean someBytes(long at) {
    long end = line.end();
    long first = Math.min(SOME, end - at);
    long last = Math.max(at + first, end - LAST);
    line.text(" data=(");
    if (!bytes(at, first)) {
      return false;
    }
    line.text("...").hexBytes(last, end - last).text(")");
    return true;
  }

  /// Prints `length` bytes after a space, if there are any and three `-v` were given.
  ///
  /// @return false if they were not captured
  boolean detail(long at, long length) {
    if (line.verbosity() < 3 || length <= 0) {
      return true;
    }
    line.text(" ");
    return bytes(at, length);
  }
}
