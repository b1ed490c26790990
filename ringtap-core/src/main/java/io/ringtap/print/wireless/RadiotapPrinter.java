package io.ringtap.print.wireless;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.Protocol;

/// The radiotap header before an 802.11 frame (<https://www.radiotap.org>): words of bits that say
/// which fields are present, then the fields. Numbers are in little-endian order.
public final class RadiotapPrinter implements Protocol {
  private static final int BYTES = 8;
  private static final long HAS_MORE = 0x8000_0000L; // another word of bits follows
  private static final long VENDOR = 0x4000_0000L; // the next word is a vendor's
  private static final long STANDARD = 0x2000_0000L; // the next word begins again
  private static final int FIELDS = 29; // bits of a word that stand for fields
  private static final int HAS_CHECKSUM = 0x10; // of the flags: FCS at the frame's end
  private static final int IS_PADDED = 0x20; // after the frame's header
  private static final int CHECKSUM = 4; // bytes

  private final Line line;
  private final WirelessPrinter wireless;
  private final RadiotapFields fields;

  public RadiotapPrinter(Line line, WirelessPrinter wireless) {
    this.line = line;
    this.wireless = wireless;
    this.fields = new RadiotapFields(line);
  }

  @Override
  public void print(long at, long length) {
    line.enter("802.11_radio");
    int bytes = line.needs(at, BYTES) ? line.littleU16(at + 2) : 0;
    if (bytes < BYTES || length < bytes || !line.needs(at, bytes)) {
      line.cut();
      return;
    }
    long last = at + 4;
    while (last + 4 <= at + bytes && (line.littleU32(last) & HAS_MORE) != 0) {
      last += 4;
    }
    if (last + 4 > at + bytes) {
      line.cut();
      return;
    }
    int flags = words(at, at + bytes, last);
    long rest = length - bytes;
    if ((flags & HAS_CHECKSUM) != 0) {
      if (rest < CHECKSUM) {
        line.enter("802.11");
        line.cut();
        return;
      }
      rest -= CHECKSUM;
    }
    long outer = line.narrow(at + bytes + rest);
    wireless.print(at + bytes, rest, (flags & IS_PADDED) != 0);
    line.widen(outer);
  }

  /// Prints the fields of all words.
  ///
  /// @param last the offset of the last word
  /// @return the flags of the frame
  private int words(long header, long end, long last) {
    fields.begin(header, last + 4, end);
    int firstBit = 0;
    boolean isVendor = false;
    for (long word = header + 4; word <= last; word += 4) {
      long present = line.littleU32(word);
      if (isVendor ? !fields.skip() : !present(present, firstBit)) {
        break;
      }
      long change = present & (VENDOR | STANDARD);
      if (change == 0) {
        firstBit += 32;
      } else if (change == STANDARD) {
        firstBit = 0;
        isVendor = false;
      } else if (change == VENDOR) {
        firstBit = 0;
        isVendor = true;
        fields.vendor();
      }
    }
    return fields.flags();
  }

  private boolean present(long present, int firstBit) {
    for (int bit = 0; bit < FIELDS; bit++) {
      if ((present >> bit & 1) != 0 && !fields.print(firstBit + bit, present)) {
        return false;
      }
    }
    return true;
  }
}
