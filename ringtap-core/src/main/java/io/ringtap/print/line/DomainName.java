package io.ringtap.print.line;

/// A domain name of labels (RFC 1035 §3.1, §4.1.4), as tcpdump prints it: with a dot after each
/// label, and bytes that are not printable ASCII by [Line#visible].
public final class DomainName {
  private static final int KIND = 0xC0; // the bits of a length that say what it is
  private static final int EXTENDED = 0x40;

  private DomainName() {}

  /// Prints the name at `name`. A pointer must point before everything read so far, so every name
  /// ends.
  ///
  /// @param message the offset from which pointers count
  /// @return false if it is malformed or was not captured whole; its beginning has been printed
  public static boolean print(Line line, long message, long name) {
    if (!line.has(name, 1)) {
      return false;
    }
    long at = name;
    long earliest = name;
    int length = line.u8(at);
    if (length == 0) {
      line.text(".");
    }
    while (length != 0) {
      at++;
      if (!line.has(at, 1)) {
        // tcpdump takes a name as whole of which the bytes up to a length were captured.
        return at > name + 1 || (length & KIND) != KIND;
      }
      if ((length & KIND) == KIND) {
        long target = message + ((length << 8 | line.u8(at)) & 0x3FFF);
        if (target >= earliest) {
          line.text("<BAD PTR>");
          return false;
        }
        earliest = target;
        at = target;
      } else if ((length & KIND) == EXTENDED) {
        line.print("<ELT %u>", length & ~KIND);
        return false;
      } else {
        for (long end = at + length; at < end; at++) {
          if (!line.has(at, 1)) {
            return false;
          }
          line.visible(line.u8(at));
        }
        line.text(".");
      }
      if (!line.has(at, 1)) {
        return false;
      }
      length = line.u8(at);
    }
    return true;
  }
}
