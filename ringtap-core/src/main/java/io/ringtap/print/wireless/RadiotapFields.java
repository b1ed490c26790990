package io.ringtap.print.wireless;

import io.ringtap.print.line.Line;

/// The fields of a radiotap header: each begins at a multiple of its size, from the header on.
final class RadiotapFields {
  private static final int EXTENDED_CHANNEL = 18; // bits
  private static final int MCS = 19;
  private static final int TURBO = 0x10; // of channels
  private static final int HALF = 0x4000;
  private static final int QUARTER = 0x8000;
  private static final int HT_20 = 0x10000;
  private static final int HT_40_ABOVE = 0x20000;
  private static final int HT_40_BELOW = 0x40000;

  private static final String[] HT_BANDWIDTHS = {"20 MHz", "40 MHz", "20 MHz (L)", "20 MHz (U)"};
  private static final String[] VHT_BANDWIDTHS = {
    "20 MHz",
    "40 MHz",
    "20 MHz (L)",
    "20 MHz (U)",
    "80 MHz",
    "80 MHz (L)",
    "80 MHz (U)",
    "80 MHz (LL)",
    "80 MHz (LU)",
    "80 MHz (UL)",
    "80 MHz (UU)",
    "160 MHz",
    "160 MHz (L)",
    "160 MHz (U)",
    "160 MHz (LL)",
    "160 MHz (LU)",
    "160 MHz (UL)",
    "160 MHz (UU)",
    "160 MHz (LLL)",
    "160 MHz (LLU)",
    "160 MHz (LUL)",
    "160 MHz (UUU)",
    "160 MHz (ULL)",
    "160 MHz (ULU)",
    "160 MHz (UUL)",
    "160 MHz (UUU)"
  };

  private final Line line;
  private long header;
  private long next; // the offset where the next field may begin
  private long end;
  private int flags;
  private int vendorBytes;

  RadiotapFields(Line line) {
    this.line = line;
  }

  /// Begins a header.
  ///
  /// @param first the offset after the words that say what is present
  void begin(long at, long first, long endOfHeader) {
    header = at;
    next = first;
    end = endOfHeader;
    flags = 0;
    vendorBytes = 0;
  }

  /// The flags of the frame; 0 if the header does not have them.
  int flags() {
    return flags;
  }

  /// Skips the fields of a vendor.
  ///
  /// @return false if it passes the end
  boolean skip() {
    boolean isThere = end - next >= vendorBytes;
    next += isThere ? vendorBytes : 0;
    vendorBytes = 0;
    return isThere;
  }

  /// Reads how many bytes of a vendor's fields follow.
  void vendor() {
    next += (next - header) % 2;
    if (end - next < 6) {
      next = end;
      cut();
    } else {
      vendorBytes = line.littleU16(next + 4);
      next += 6;
    }
  }

  private void cut() {
    line.mark("802.11_radio");
  }

  /// Prints the field of a bit.
  ///
  /// @param present all bits of the word
  /// @return false if it is not known or passes the end
  boolean print(int bit, long present) {
    int unit = unit(bit);
    if (unit == 0) {
      line.print("[bit %u] ", bit);
      return false;
    }
    long at = header + (next - header + unit - 1) / unit * unit;
    int bytes = bytes(bit);
    if (end - at < bytes) {
      cut();
      return false;
    }
    next = at + bytes;
    value(bit, at, present);
    return true;
  }

  /// The alignment of a field in bytes; 0 if the field is not known.
  private static int unit(int bit) {
    return switch (bit) {
      case 0 -> 8;
      case EXTENDED_CHANNEL, 20 -> 4;
      case 3, 7, 8, 14, 21 -> 2;
      case 1, 2, 4, 5, 6, 9, 10, 11, 12, 13, MCS -> 1;
      default -> 0;
    };
  }

  private static int bytes(int bit) {
    return switch (bit) {
      case 0, EXTENDED_CHANNEL, 20 -> 8;
      case 3 -> 4;
      case 4, 7, 8, 14 -> 2;
      case MCS -> 3;
      case 21 -> 12;
      default -> 1;
    };
  }

  private void value(int bit, long at, long present) {
    switch (bit) {
      case 0 -> line.unsigned(Long.reverseBytes(line.u64(at))).text("us tsft ");
      case 1 -> flags(line.u8(at));
      case 2 -> rate(line.u8(at));
      case 3 -> {
        if ((present >> EXTENDED_CHANNEL & 1) == 0) {
          channel(line.littleU16(at), line.littleU16(at + 2), present);
        }
      }
      case 4 -> line.print("fhset %u fhpat %u ", line.u8(at), line.u8(at + 1));
      case 5 -> line.number((byte) line.u8(at)).text("dBm signal ");
      case 6 -> line.number((byte) line.u8(at)).text("dBm noise ");
      case 7 -> line.number(line.littleU16(at)).text(" sq ");
      case 8 -> line.number(-(short) line.littleU16(at)).text(" tx power ");
      case 9 -> line.number(-(byte) line.u8(at)).text("dB tx attenuation ");
      case 10 -> line.number((byte) line.u8(at)).text("dBm tx power ");
      case 11 -> line.text("antenna ").number(line.u8(at)).text(" ");
      case 12 -> line.number(line.u8(at)).text("dB signal ");
      case 13 -> line.number(line.u8(at)).text("dB noise ");
      case EXTENDED_CHANNEL -> channel(line.littleU16(at + 4), (int) line.littleU32(at), present);
      case MCS -> modulation(line.u8(at), line.u8(at + 1), line.u8(at + 2));
      case 21 -> veryHighThroughput(at);
      default -> {}
    }
  }

  private void flags(int value) {
    flags = value;
    line.text((value & 0x01) != 0 ? "cfp " : "");
    line.text((value & 0x02) != 0 ? "short preamble " : "");
    line.text((value & 0x04) != 0 ? "wep " : "");
    line.text((value & 0x08) != 0 ? "fragmented " : "");
    line.text((value & 0x40) != 0 ? "bad-fcs " : "");
  }

  /// In halves of a megabit per second, or the number of a modulation.
  private void rate(int value) {
    if (value >= 0x80 && value <= 0x8F) {
      line.print("MCS %u ", value & 0x7F);
    } else {
      line.number(value / 2).text(value % 2 == 0 ? ".0 Mb/s " : ".5 Mb/s ");
    }
  }

  private void channel(int megahertz, int kind, long present) {
    line.number(megahertz).text(" MHz");
    if ((present >> MCS & 1) != 0) {
      line.text(" 11n");
    } else {
      line.text(isAll(kind, 0x880) ? " FHSS" : "");
      if (isAll(kind, 0x140)) {
        line.text(" 11a");
        width(kind);
      }
      if (isAll(kind, 0x0C0) || isAll(kind, 0x480)) {
        line.text(" 11g");
        width(kind);
      } else if (isAll(kind, 0x0A0)) {
        line.text(" 11b");
      }
      line.text((kind & TURBO) != 0 ? " Turbo" : "");
    }
    if ((kind & HT_20) != 0) {
      line.text(" ht/20");
    } else if ((kind & HT_40_BELOW) != 0) {
      line.text(" ht/40-");
    } else if ((kind & HT_40_ABOVE) != 0) {
      line.text(" ht/40+");
    }
    line.text(" ");
  }

  private static boolean isAll(int kind, int bits) {
    return (kind & bits) == bits;
  }

  private void width(int kind) {
    if ((kind & HALF) != 0) {
      line.text("/10Mhz");
    } else if ((kind & QUARTER) != 0) {
      line.text("/5Mhz");
    }
  }

  /// The modulation and coding of 802.11n.
  ///
  /// @param known which of `values` are known
  private void modulation(int known, int values, int index) {
    boolean isShort = (values & 4) != 0;
    if ((known & 2) != 0) {
      boolean isWide = (values & 3) == 1;
      int tenths = (known & 5) != 0 ? HtRates.tenths(index, isWide, isShort) : 0;
      if (tenths > 0) {
        line.print("%u.%u Mb/s ", tenths / 10, tenths % 10);
      }
      line.print("MCS %u ", index);
    }
    if ((known & 1) != 0) {
      line.text(HT_BANDWIDTHS[values & 3]).text(" ");
    }
    if ((known & 4) != 0) {
      line.text(isShort ? "short GI " : "long GI ");
    }
    if ((known & 8) != 0) {
      line.text((values & 8) != 0 ? "greenfield " : "mixed ");
    }
    if ((known & 0x10) != 0) {
      line.text((values & 0x10) != 0 ? "LDPC FEC " : "BCC FEC ");
    }
    if ((known & 0x20) != 0) {
      line.print("RX-STBC%u ", values >> 5 & 3);
    }
  }

  private void veryHighThroughput(long at) {
    int known = line.littleU16(at);
    for (int user = 0; user < 4; user++) {
      int streams = line.u8(at + 4 + user);
      if ((streams & 0xF) != 0) {
        line.print("User %u MCS %u ", user, streams >> 4);
        line.text((line.u8(at + 8) >> user & 1) != 0 ? "LDPC FEC " : "BCC FEC ");
      }
    }
    if ((known & 0x40) != 0) {
      int bandwidth = line.u8(at + 3) & 0x1F;
      if (bandwidth < VHT_BANDWIDTHS.length) {
        line.text(VHT_BANDWIDTHS[bandwidth]).text(" ");
      } else {
        line.print("unknown (%u) ", bandwidth);
      }
    }
    if ((known & 4) != 0) {
      line.text((line.u8(at + 2) & 4) != 0 ? "short GI " : "long GI ");
    }
  }
}
