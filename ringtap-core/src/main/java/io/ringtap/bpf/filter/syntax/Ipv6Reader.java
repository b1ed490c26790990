package io.ringtap.bpf.filter.syntax;

/// Reads IPv6 addresses (RFC 4291 section 2.2) where they lie in a text.
final class Ipv6Reader {
  private static final int GROUPS = 8;

  private final String text;
  private final int[] groups = new int[GROUPS];
  private long high;
  private long low;

  Ipv6Reader(String text) {
    this.text = text;
  }

  /// The upper 64 bits of the address read last.
  long high() {
    return high;
  }

  /// The lower 64 bits of the address read last.
  long low() {
    return low;
  }

  /// Reads the longest address that begins at `start`.
  ///
  /// @return where it ends, or -1 if there is none
  int read(int start) {
    int i = start;
    int count = 0;
    int gap = -1; // how many groups stand before "::"
    if (text.startsWith("::", i)) {
      gap = 0;
      i += 2;
    }
    while (count < GROUPS && isHexDigit(text, i)) {
      int groupStart = i;
      int group = 0;
      for (; isHexDigit(text, i); i++) {
        if (i - groupStart == 4) {
          return -1;
        }
        group = group << 4 | Character.digit(text.charAt(i), 16);
      }
      if (i < text.length() && text.charAt(i) == '.') {
        if (count > GROUPS - 2) {
          return -1;
        }
        i = readIpv4(groupStart, count);
        count += 2;
        break;
      }
      groups[count++] = group;
      if (text.startsWith("::", i)) {
        if (gap >= 0) {
          return -1;
        }
        gap = count;
        i += 2;
      } else if (i < text.length() && text.charAt(i) == ':' && isHexDigit(text, i + 1)) {
        i++;
      } else {
        break;
      }
    }
    if (i < 0 || (gap < 0 ? count < GROUPS : count == GROUPS)) {
      return -1;
    }
    join(count, gap < 0 ? count : gap);
    return i;
  }

  /// The last 32 bits as four decimal numbers.
  private int readIpv4(int start, int group) {
    int i = start;
    int bits = 0;
    for (int octet = 0; octet < 4; octet++) {
      if (octet > 0) {
        if (i == text.length() || text.charAt(i) != '.') {
          return -1;
        }
        i++;
      }
      int digitsStart = i;
      int number = 0;
      for (; i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9'; i++) {
        number = number * 10 + (text.charAt(i) - '0');
        if (number > 255) {
          return -1;
        }
      }
      if (i == digitsStart) {
        return -1;
      }
      bits = bits << 8 | number;
    }
    groups[group] = bits >>> 16;
    groups[group + 1] = bits & 0xFFFF;
    return i;
  }

  private void join(int count, int gap) {
    high = 0;
    low = 0;
    for (int i = 0; i < count; i++) {
      int place = i < gap ? i : GROUPS - count + i;
      long bits = (long) groups[i] << 48 - 16 * (place & 3);
      if (place < 4) {
        high |= bits;
      } else {
        low |= bits;
      }
    }
  }

  static boolean isHexDigit(String text, int i) {
    if (i >= text.length()) {
      return false;
    }
    char c = text.charAt(i);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
