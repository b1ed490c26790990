package io.ringtap.print.line;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Bandwidths as routing protocols have them: bytes a second, in IEEE 754 single precision.
public final class Bandwidth {
  private Bandwidth() {}

  /// Prints the four bytes at `at` in megabits a second.
  public static void print(Line line, long at) {
    int bits = (int) line.u32(at);
    float megabits = Math.abs(Float.intBitsToFloat(bits)) * 8 / 1_000_000;
    line.text(bits < 0 ? "-" : "");
    if (Float.isFinite(megabits)) {
      BigDecimal exact = new BigDecimal((double) megabits);
      line.text(exact.setScale(3, RoundingMode.HALF_EVEN).toPlainString());
    } else {
      line.text(Float.isNaN(megabits) ? "nan" : "inf");
    }
    line.text(" Mbps");
  }
}
