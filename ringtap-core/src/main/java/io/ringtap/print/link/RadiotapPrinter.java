package io.ringtap.print.link;

import io.ringtap.print.line.Line;
import io.ringtap.print.line.NumberSpace;
import io.ringtap.print.line.Protocol;
import io.ringtap.print.line.Protocols;

/// The radiotap header before an 802.11 frame (<https://www.radiotap.org>). What it says about the
/// radio is not printed.
public final class RadiotapPrinter implements Protocol {
  private static final int BYTES = 8;
  private static final int WIRELESS = 105; // LINKTYPE_IEEE802_11
  private static final int HAS_TIME = 1; // bits of what is present
  private static final int HAS_FLAGS = 2;
  private static final long HAS_MORE = 0x8000_0000L; // another word of bits follows
  private static final int HAS_CHECKSUM = 0x10; // of the flags: FCS at the frame's end
  private static final int CHECKSUM = 4; // bytes

  private final Line line;
  private final Protocols protocols;

  public RadiotapPrinter(Line line, Protocols protocols) {
    this.line = line;
    this.protocols = protocols;
  }

  @Override
  public void print(long at, long length) {
    line.enter("802.11_radio");
    int bytes = line.needs(at, BYTES) ? line.u8(at + 3) << 8 | line.u8(at + 2) : 0;
    if (bytes < BYTES || length < bytes || !line.needs(at, bytes)) {
      line.cut();
      return;
    }
    long rest = length - bytes;
    if ((flags(at, bytes) & HAS_CHECKSUM) != 0) {
      rest = Math.max(0, rest - CHECKSUM);
    }
    long outer = line.narrow(at + bytes + rest);
    boolean _ = protocols.print(NumberSpace.LINK_TYPE, WIRELESS, at + bytes, rest);
    line.widen(outer);
  }

  /// Numbers are in little-endian order.
  private int flags(long at, int bytes) {
    long present = Integer.reverseBytes((int) line.u32(at + 4)) & 0xFFFF_FFFFL;
    long field = at + BYTES;
    for (long word = present; (word & HAS_MORE) != 0 && field < at + bytes; field += 4) {
      word = Integer.reverseBytes((int) line.u32(field)) & 0xFFFF_FFFFL;
    }
    if ((present & HAS_TIME) != 0) {
      field = at + (field - at + 7 & ~7) + 8; // aligned to its size
    }
    return (present & HAS_FLAGS) != 0 && field < at + bytes ? line.u8(field) : 0;
  }
}
