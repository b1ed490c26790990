package io.ringtap.print.osi;

import io.ringtap.print.line.Line;

/// The checksum of OSI protocols (ISO 8473 annex C), which Fletcher devised.
final class OsiChecksum {
  private static final int MODULUS = 255;

  private OsiChecksum() {}

  /// Prints whether a checksum is right, or that this cannot be known.
  ///
  /// @param at where the bytes that it covers begin
  /// @param offset of the checksum in them
  static void judge(Line line, int checksum, long at, int offset, long length) {
    boolean isKnown =
        checksum != 0 && line.has(at + offset, 2) && offset <= length && line.has(at, length);
    if (!isKnown) {
      line.text(" (unverified)");
      return;
    }
    int right = compute(line, at, offset, (int) length);
    if (right == checksum) {
      line.text(" (correct)");
    } else {
      line.print(" (incorrect should be 0x%04x)", right);
    }
  }

  private static int compute(Line line, long at, int offset, int length) {
    int sum = 0;
    int weighted = 0;
    for (int i = 0; i < length; i++) {
      if (i != offset && i != offset + 1) {
        sum += line.u8(at + i);
      }
      weighted += sum;
    }
    sum = Integer.remainderUnsigned(sum, MODULUS);
    weighted = Integer.remainderUnsigned(weighted, MODULUS);
    int product = (length - offset) * sum;
    int first = nonzero(product - sum - weighted);
    int second = nonzero(weighted - product);
    return first << 8 | second;
  }

  private static int nonzero(int value) {
    int rest = Math.floorMod(value, MODULUS);
    return rest == 0 ? MODULUS : rest;
  }
}
