package io.ringtap.packet;

/// The text of addresses: what RFC 4291 §2.2 allows is read, what RFC 5952 recommends is written.
final class IpAddressText {
  private static final int GROUPS = 8; // of sixteen bits
  private static final int NUMBERS = 4; // of an IPv4 address
  private static final long MAPPED_PREFIX = 0xFFFF; // ::ffff:0:0/96 without its last 32 bits

  private final String text;
  private int position;

  private IpAddressText(String text) {
    this.text = text;
  }

  static IpAddress parse(String text) {
    IpAddressText reader = new IpAddressText(text);
    return text.indexOf(':') >= 0 ? reader.ipv6() : reader.ipv4();
  }

  private IpAddress ipv4() {
    int address = dottedQuad();
    if (position != text.length()) {
      throw refused("four numbers are an IPv4 address, but more follows");
    }
    return IpAddress.ofIpv4(address);
  }

  private IpAddress ipv6() {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = -1; // how many groups stand before the "::"
    if (text.startsWith("::")) {
      gap = 0;
      position = 2;
    }
    while (position < text.length()) {
      if (count == GROUPS) {
        throw refused("more than eight groups");
      }
      if (isDottedQuadNext()) {
        if (count > GROUPS - 2) {
          throw refused("no room for an IPv4 address after seven groups");
        }
        int address = dottedQuad();
        groups[count++] = address >>> 16;
        groups[count++] = address & 0xFFFF;
        break;
      }
      groups[count++] = group();
      if (position == text.length()) {
        break;
      }
      expect(':');
      if (position == text.length()) {
        throw refused("a single ':' at the end");
      }
      if (text.charAt(position) == ':') {
        if (gap >= 0) {
          throw refused("a second '::'");
        }
        gap = count;
        position++;
      }
    }
    if (position != text.length()) {
      throw refused("more follows the address");
    }
    if (gap < 0 ? count != GROUPS : count >= GROUPS) {
      throw refused(
          gap < 0 ? "only " + count + " of eight groups, and no '::'" : "'::' stands for nothing");
    }
    return IpAddress.ofIpv6(half(groups, count, gap, 0), half(groups, count, gap, GROUPS / 2));
  }

  /// Four groups from `first` on, of the eight groups once the gap is filled with zeros.
  private static long half(int[] groups, int count, int gap, int first) {
    long half = 0;
    int afterGap = gap < 0 ? 0 : gap + GROUPS - count;
    for (int i = first; i < first + GROUPS / 2; i++) {
      int group;
      if (gap < 0 || i < gap) {
        group = groups[i];
      } else {
        group = i < afterGap ? 0 : groups[i - (GROUPS - count)];
      }
      half = half << 16 | group;
    }
    return half;
  }

  private boolean isDottedQuadNext() {
    int end = position;
    while (end < text.length() && isDecimal(text.charAt(end))) {
      end++;
    }
    return end > position && end < text.length() && text.charAt(end) == '.';
  }

  private int group() {
    int begin = position;
    int value = 0;
    while (position < text.length() && isHexadecimal(text.charAt(position))) {
      value = value << 4 | Character.digit(text.charAt(position++), 16);
      if (position - begin > 4) {
        throw refused("a group of more than four digits");
      }
    }
    if (position == begin) {
      throw refused("a group of one to four hexadecimal digits is missing");
    }
    return value;
  }

  private int dottedQuad() {
    int address = 0;
    for (int i = 0; i < NUMBERS; i++) {
      if (i > 0) {
        expect('.');
      }
      address = address << 8 | number();
    }
    return address;
  }

  private int number() {
    int begin = position;
    int value = 0;
    while (position < text.length() && isDecimal(text.charAt(position))) {
      value = value * 10 + (text.charAt(position++) - '0');
      if (value > 255) {
        throw refused("a number above 255");
      }
      if (position - begin > 1 && text.charAt(begin) == '0') {
        // inet_aton(3) reads such a number as octal, which gives another address than the user
        // meant.
        throw refused("a number with a leading zero");
      }
    }
    if (position == begin) {
      throw refused("a number from 0 to 255 is missing");
    }
    return value;
  }

  private void expect(char separator) {
    if (position == text.length() || text.charAt(position) != separator) {
      throw refused("expected '" + separator + "'");
    }
    position++;
  }

  private IllegalArgumentException refused(String problem) {
    return new IllegalArgumentException(
        "not an IP address: \""
            + text
            + "\": "
            + problem
            + " (at character "
            + (position + 1)
            + ")");
  }

  // Only ASCII: Character.digit also accepts digits of other scripts.
  private static boolean isDecimal(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHexadecimal(char c) {
    return isDecimal(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  static String format(IpAddress address) {
    StringBuilder out = new StringBuilder(45);
    if (address.isIpv6()) {
      appendIpv6(out, address.high(), address.low());
    } else {
      appendDottedQuad(out, address.low());
    }
    return out.toString();
  }

  static void appendIpv6(StringBuilder out, long high, long low) {
    if (high == 0 && low >>> 32 == MAPPED_PREFIX) {
      appendDottedQuad(out.append("::ffff:"), low); // RFC 5952 §5
    } else {
      appendGroups(out, high, low);
    }
  }

  static void appendDottedQuad(StringBuilder out, long address) {
    out.append(address >>> 24 & 0xFF).append('.');
    out.append(address >>> 16 & 0xFF).append('.');
    out.append(address >>> 8 & 0xFF).append('.');
    out.append(address & 0xFF);
  }

  /// Lower case, no leading zeros, `::` for the longest run of two or more zero groups, or the
  /// first of them if several are longest (RFC 5952 §4).
  private static void appendGroups(StringBuilder out, long high, long low) {
    int runBegin = -1;
    int runLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int length = zerosFrom(high, low, i);
      if (length > runLength) {
        runBegin = i;
        runLength = length;
      }
    }
    for (int i = 0; i < GROUPS; i++) {
      if (i == runBegin) {
        out.append("::");
        i += runLength - 1;
        continue;
      }
      if (i > 0 && out.charAt(out.length() - 1) != ':') {
        out.append(':');
      }
      appendHexadecimal(out, groupAt(high, low, i));
    }
  }

  private static void appendHexadecimal(StringBuilder out, int group) {
    boolean isLeading = true;
    for (int shift = 12; shift >= 0; shift -= 4) {
      int digit = group >>> shift & 0xF;
      isLeading &= digit == 0 && shift > 0;
      if (!isLeading) {
        out.append(Character.forDigit(digit, 16));
      }
    }
  }

  private static int zerosFrom(long high, long low, int begin) {
    int i = begin;
    while (i < GROUPS && groupAt(high, low, i) == 0) {
      i++;
    }
    return i - begin;
  }

  private static int groupAt(long high, long low, int i) {
    long half = i < GROUPS / 2 ? high : low;
    return (int) (half >>> (16 * (GROUPS / 2 - 1 - i % (GROUPS / 2)))) & 0xFFFF;
  }
}
