package io.ringtap.testnet.load;

/// What differs between the frames of a [FrameLoad]: the source address and port. Both depend only
/// on the frame's sequence number, so a test can compute them in advance.
///
/// Sources and ports are used in turn. With heavy hitters, a share of the frames, chosen by a hash
/// of the sequence number, comes from the first sources instead.
///
/// @param sources distinct source addresses, from 10.0.0.0 on, 1 to 2²⁴
/// @param ports distinct source ports, from [#FIRST_PORT] on, 1 to 64 512
/// @param heavyHitters how many of the sources are heavy hitters; 0 for none
/// @param heavyPermille the share of the frames, in thousandths, that the heavy hitters send in
///   addition to their turns
public record FrameVariation(int sources, int ports, int heavyHitters, int heavyPermille) {
  public static final int FIRST_PORT = 1024;

  static final int FIRST_ADDRESS = 0x0a000000; // 10.0.0.0
  static final int MOST_SOURCES = 1 << 24;
  static final int MOST_PORTS = 65_536 - FIRST_PORT;
  static final int PERMILLE = 1000;

  // Fibonacci hashing: 2^64 divided by the golden ratio. The upper half of the product is the hash.
  static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
  static final int HASH_SHIFT = 32;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a number is out of range, or there are more heavy hitters
  ///   than sources
  public FrameVariation {
    check("sources", sources, 1, MOST_SOURCES);
    check("ports", ports, 1, MOST_PORTS);
    check("heavy hitters", heavyHitters, 0, sources);
    check("the share of the heavy hitters, in thousandths,", heavyPermille, 0, PERMILLE);
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be %d to %d, not %d".formatted(what, least, most, value));
    }
  }

  /// The source address of the frame `sequence`, as a number (10.0.0.1 is `0x0a000001`).
  public int sourceAddress(long sequence) {
    return FIRST_ADDRESS + source(sequence);
  }

  /// The source port of the frame `sequence`.
  public int sourcePort(long sequence) {
    return FIRST_PORT + (int) (sequence % ports);
  }

  private int source(long sequence) {
    if (heavyHitters > 0) {
      long hash = (sequence * MULTIPLIER) >>> HASH_SHIFT;
      if (hash % PERMILLE < heavyPermille) {
        return (int) (hash / PERMILLE % heavyHitters);
      }
    }
    return (int) (sequence % sources);
  }
}
