package io.ringtap.print.wireless;

/// The data rates of 802.11n by the index of modulation and coding, MCS (IEEE 802.11 §19.5).
final class HtRates {
  private static final int STREAMS = 32; // indices up to this: the same modulation in all streams
  private static final int DUPLICATE = 32; // only in 40 MHz: 6 Mb/s
  private static final int UNIT = 65; // tenths of Mb/s in 20 MHz
  private static final int WIDE_UNIT = 135; // in 40 MHz

  /// Units of one stream.
  private static final int[] ONE_STREAM = {1, 2, 3, 4, 6, 8, 9, 10};

  /// Units of the indices from 33 on, whose streams have different modulations.
  private static final int[] UNEQUAL = {
    6, 8, 10, 9, 12, 15, 8, 10, 10, 12, 14, 14, 16, 12, 15, 15, 18, 21, 21, 24, 10, 12, 14, 12, 14,
    16, 18, 16, 18, 20, 20, 22, 15, 18, 21, 18, 21, 24, 27, 24, 27, 30, 30, 33
  };

  private HtRates() {}

  /// The rate in tenths of Mb/s; 0 if the index has none.
  ///
  /// @param isWide whether the channel has 40 MHz, not 20
  /// @param isShort whether the guard interval is short
  static int tenths(int index, boolean isWide, boolean isShort) {
    int rate;
    if (index == DUPLICATE) {
      rate = isWide ? 60 : 0;
    } else if (index > DUPLICATE + UNEQUAL.length) {
      rate = 0;
    } else {
      int units =
          index < STREAMS
              ? ONE_STREAM[index % 8] * (index / 8 + 1)
              : UNEQUAL[index - DUPLICATE - 1];
      rate = units * (isWide ? WIDE_UNIT : UNIT);
    }
    return isShort ? (rate * 20 + 9) / 18 : rate;
  }
}
