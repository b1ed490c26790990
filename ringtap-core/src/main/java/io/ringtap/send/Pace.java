package io.ringtap.send;

/// When each frame of a sequence is due. Immutable.
///
/// Delays do not accumulate: if a busy machine delays frames, the following ones are sent faster
/// until they are on time again.
public sealed interface Pace {
  /// At the intervals of their stamps, `factor` times as fast. A frame without a stamp, or with an
  /// earlier stamp than the frame before it, follows at once.
  ///
  /// @param factor 1 for the recorded speed, 2 for twice as fast; more than 0
  record Recorded(double factor) implements Pace {
    /// Checks the range.
    public Recorded {
      requirePositive(factor, "a speed");
    }
  }

  /// A number of frames per second, at equal intervals.
  ///
  /// @param perSecond frames per second, more than 0
  record Packets(double perSecond) implements Pace {
    /// Checks the range.
    public Packets {
      requirePositive(perSecond, "a rate");
    }
  }

  /// A number of bits per second. A frame counts from its link header to its last byte, without
  /// preamble, frame check sequence and interframe gap.
  ///
  /// @param perSecond bits per second, more than 0
  record Bits(double perSecond) implements Pace {
    /// Checks the range.
    public Bits {
      requirePositive(perSecond, "a bit rate");
    }
  }

  /// As fast as the kernel takes them.
  record Unlimited() implements Pace {}

  /// At the intervals of their stamps.
  static Pace asRecorded() {
    return new Recorded(1);
  }

  /// At the intervals of their stamps divided by `factor`: 2 is twice as fast.
  ///
  /// @throws IllegalArgumentException if it is not a positive number
  static Pace speed(double factor) {
    return new Recorded(factor);
  }

  /// A number of frames per second.
  ///
  /// @throws IllegalArgumentException if it is not a positive number
  static Pace packetsPerSecond(double rate) {
    return new Packets(rate);
  }

  /// A number of bits per second.
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
