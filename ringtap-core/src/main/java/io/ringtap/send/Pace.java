package io.ringtap.send;

/// When each of several frames is due. Immutable.
///
/// Times are kept on the whole: what a busy machine delays is made up for by sending faster, until
/// the frames are on time again.
public sealed interface Pace {
  /// At the distances of their stamps, `factor` times as fast. A frame without a stamp, or stamped
  /// earlier than the one before it, follows at once.
  ///
  /// @param factor 1 for the recorded speed, 2 for twice as fast; more than 0
  record Recorded(double factor) implements Pace {
    /// Checks the range.
    public Recorded {
      requirePositive(factor, "a speed");
    }
  }

  /// So many frames a second, at equal distances.
  ///
  /// @param perSecond frames a second, more than 0
  record Packets(double perSecond) implements Pace {
    /// Checks the range.
    public Packets {
      requirePositive(perSecond, "a rate");
    }
  }

  /// So many bits a second, each frame counted from its link header to its last byte, without
  /// preamble, frame check sequence and gap.
  ///
  /// @param perSecond bits a second, more than 0
  record Bits(double perSecond) implements Pace {
    /// Checks the range.
    public Bits {
      requirePositive(perSecond, "a bit rate");
    }
  }

  /// As fast as the kernel takes them.
  record Unlimited() implements Pace {}

  /// At the distances of their stamps.
  static Pace asRecorded() {
    return new Recorded(1);
  }

  /// At the distances of their stamps, `factor` times as fast: 2 halves them.
  ///
  /// @throws IllegalArgumentException if it is not a positive number
  static Pace speed(double factor) {
    return new Recorded(factor);
  }

  /// So many frames a second.
  ///
  /// @throws IllegalArgumentException if it is not a positive number
  static Pace packetsPerSecond(double rate) {
    return new Packets(rate);
  }

  /// So many bits a second.
  ///
  /// @throws IllegalArgumentException if it is not a positive number
  static Pace bitsPerSecond(double rate) {
    return new Bits(rate);
  }

  /// As fast as the kernel takes them.
  static Pace asFastAsPossible() {
    return new Unlimited();
  }

  private static void requirePositive(double value, String what) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " is a number above 0, not " + value);
    }
  }
}
