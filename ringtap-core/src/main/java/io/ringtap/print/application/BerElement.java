package io.ringtap.print.application;

import io.ringtap.print.line.Line;

/// One element of ASN.1's basic encoding rules (ITU-T X.690 §8), as far as SNMP uses them (RFC 2578
/// §7.1): read from a packet, then printed. One instance is used for all elements.
final class BerElement {
  /// What an element is.
  enum Kind {
    INTEGER,
    UNSIGNED,
    STRING,
    NULL,
    OBJECT_ID,
    SEQUENCE,
    ADDRESS,
    PDU,
    EXCEPTION,
    BYTES,
    UNKNOWN
  }

  private static final int LONG_FORM = 0x1F; // of a tag: its number follows
  private static final int MORE = 0x80; // of bytes that hold seven bits of a number each
  private static final int IPV4 = 4; // bytes
  private static final int MULTIPLIER = 40; // of an object identifier's first number

  private static final String[] UNIVERSAL = {
    "U-0",
    "Boolean",
    "Integer",
    "Bitstring",
    "String",
    "Null",
    "ObjID",
    "ObjectDes",
    "U-8",
    "U-9",
    "U-10",
    "U-11",
    "U-12",
    "U-13",
    "U-14",
    "U-15",
    "Sequence",
    "Set"
  };
  private static final String[] APPLICATION = {
    "IpAddress", "Counter", "Gauge", "TimeTicks", "Opaque", "C-5", "Counter64"
  };
  private static final String[] PDUS = {
    "GetRequest",
    "GetNextRequest",
    "GetResponse",
    "SetRequest",
    "Trap",
    "GetBulk",
    "Inform",
    "V2Trap",
    "Report"
  };
  private static final String[] PRIVATE = {"P-0"};
  private static final String[][] CLASSES = {UNIVERSAL, APPLICATION, PDUS, PRIVATE};
  private static final String[] EXCEPTIONS = {"noSuchObject", "noSuchInstance", "endOfMibView"};

  private final Line line;
  private Kind kind = Kind.UNKNOWN;
  private int tag;
  private long at;
  private long length;
  private long number;

  BerElement(Line line) {
    this.line = line;
  }

  Kind kind() {
    return kind;
  }

  /// The number of its tag, within its class.
  int tag() {
    return tag;
  }

  /// The offset of its contents.
  long at() {
    return at;
  }

  /// The bytes of its contents.
  long length() {
    return length;
  }

  /// The value of an [Kind#INTEGER], of which 32 bits count, or of an [Kind#UNSIGNED].
  long number() {
    return number;
  }

  /// Reads the element at `first`; prints why if it is malformed.
  ///
  /// @param rest bytes of what surrounds it
  /// @return its bytes, 0 if it is malformed
  long read(long first, long rest) {
    kind = Kind.UNKNOWN;
    if (rest < 1) {
      return malformed("[nothing to parse]");
    }
    int identifier = line.u8(first);
    long next = afterTag(identifier, first, rest);
    if (next < 0) {
      return malformed("[Xtagfield?]");
    }
    long left = rest - (next - first);
    if (left < 1) {
      return malformed("[no asnlen]");
    }
    length = line.u8(next++);
    left--;
    if (length >= MORE) {
      int bytes = (int) length - MORE;
      if (left < bytes) {
        line.print("[asnlen? %u<%u]", left, bytes);
        return 0;
      }
      if (!isCaptured(next, bytes)) {
        return 0;
      }
      length = unsigned(next, bytes) & 0xFFFF_FFFFL;
      next += bytes;
      left -= bytes;
    }
    if (left < length) {
      line.print("[len%u<asnlen%u]", left, length);
      return 0;
    }
    int tagClass = identifier >> 6;
    boolean isConstructed = (identifier & 0x20) != 0;
    if (tag >= CLASSES[tagClass].length) {
      line.text(isConstructed ? "[id?C/x/" : "[id?P/x/").number(tag).text("]");
      return 0;
    }
    at = next;
    if (!isCaptured(at, length)) {
      return 0;
    }
    boolean isSound = isConstructed ? constructed(tagClass) : primitive(tagClass);
    return isSound ? next + length - first : 0;
  }

  private long malformed(String text) {
    line.text(text);
    return 0;
  }

  /// The line goes on after the mark: what is open is closed.
  private boolean isCaptured(long from, long bytes) {
    boolean isThere = line.has(from, bytes);
    if (!isThere && !line.isCut()) {
      line.mark("snmp");
    }
    return isThere;
  }

  /// Reads the number of the tag.
  ///
  /// @return the offset after it, or -1
  private long afterTag(int identifier, long first, long rest) {
    long next = first + 1;
    tag = identifier & LONG_FORM;
    if (tag != LONG_FORM) {
      return next;
    }
    tag = 0;
    long end = first + rest;
    while ((line.u8(next) & MORE) != 0 && next < end) {
      tag = tag << 7 | (line.u8(next) & 0x7F);
      next++;
    }
    if (next >= end) {
      return -1;
    }
    tag = (tag << 7 | line.u8(next)) & 0xFF;
    return next + 1;
  }

  /// A number of which the last eight bytes count.
  private long unsigned(long from, long bytes) {
    long value = 0;
    for (long i = from; i < from + bytes; i++) {
      value = value << 8 | line.u8(i);
    }
    return value;
  }

  private boolean primitive(int tagClass) {
    switch (tagClass) {
      case 0 -> {
        switch (tag) {
          case 2 -> {
            if (length == 0) {
              line.text("[asnlen=0]");
              return false;
            }
            kind = Kind.INTEGER;
            long sign = line.u8(at) >= 0x80 && length < 4 ? -1L << (length * 8) : 0;
            number = (int) (sign | unsigned(at, length));
          }
          case 4 -> kind = Kind.STRING;
          case 5 -> kind = Kind.NULL;
          case 6 -> kind = Kind.OBJECT_ID;
          default -> bytes("[P/U/", UNIVERSAL, "]");
        }
      }
      case 1 -> {
        switch (tag) {
          case 0 -> kind = Kind.ADDRESS;
          case 1, 2, 3 -> {
            kind = Kind.UNSIGNED;
            number = unsigned(at, length) & 0xFFFF_FFFFL;
          }
          case 6 -> {
            kind = Kind.UNSIGNED;
            number = unsigned(at, length);
          }
          default -> bytes("[P/A/", APPLICATION, "]");
        }
      }
      case 2 -> kind = tag < EXCEPTIONS.length ? Kind.EXCEPTION : Kind.UNKNOWN;
      default -> bytes("[P/x/", PRIVATE, "]");
    }
    return true;
  }

  private boolean constructed(int tagClass) {
    if (tagClass == 0 && tag == 16) {
      kind = Kind.SEQUENCE;
    } else if (tagClass == 2) {
      kind = Kind.PDU;
    } else {
      bytes(tagClass == 0 ? "C/U/" : "C/x/", CLASSES[tagClass], "");
    }
    return true;
  }

  private void bytes(String before, String[] names, String after) {
    kind = Kind.BYTES;
    line.text(before).text(names[tag]).text(after);
  }

  /// Prints it.
  void print() {
    switch (kind) {
      case INTEGER -> line.number(number);
      case UNSIGNED -> line.unsigned(number);
      case STRING -> printText();
      case NULL -> {}
      case OBJECT_ID -> printObjectId();
      case SEQUENCE -> line.print("Seq(%u)", length);
      case ADDRESS -> printAddress();
      case PDU -> line.text(PDUS[tag]).print("(%u)", length);
      case EXCEPTION -> line.text("[").text(EXCEPTIONS[tag]).text("]");
      case BYTES -> printBytes();
      case UNKNOWN -> line.text("[BE_ANY!?]");
    }
  }

  /// Prints the bytes in hexadecimal, each after an underscore.
  void printBytes() {
    for (long i = at; i < at + length; i++) {
      line.print("_%02x", line.u8(i));
    }
  }

  /// Prints the contents as text in quotation marks, or in hexadecimal if they are no text.
  void printText() {
    boolean isText = true;
    for (long i = at; i < at + length; i++) {
      int value = line.u8(i);
      isText &= value >= ' ' && value <= '~';
    }
    if (isText) {
      line.text("\"").safeText(at, length).text("\"");
    } else {
      for (long i = at; i < at + length; i++) {
        line.print(i == at ? "%02x" : "_%02x", line.u8(i));
      }
    }
  }

  private void printAddress() {
    if (length != IPV4) {
      line.text("[inetaddr len!=4]");
    }
    for (long i = at; i < at + length; i++) {
      line.print(i == at ? "%u" : ".%u", line.u8(i));
    }
  }

  private void printObjectId() {
    int value = 0; // a larger number wraps
    boolean isFirst = true;
    for (long i = at; i < at + length; i++) {
      value = value << 7 | (line.u8(i) & 0x7F);
      if ((line.u8(i) & MORE) != 0) {
        continue;
      }
      if (isFirst) {
        int first = Math.min(2, value / MULTIPLIER);
        line.print(".%u", Integer.toUnsignedLong(first));
        value -= first * MULTIPLIER;
        isFirst = false;
      }
      line.print(".%u", Integer.toUnsignedLong(value));
      value = 0;
    }
  }

  /// Whether the contents are this ASCII text.
  boolean isText(String text) {
    boolean isSame = length == text.length();
    for (int i = 0; isSame && i < text.length(); i++) {
      isSame = line.u8(at + i) == text.charAt(i);
    }
    return isSame;
  }
}
