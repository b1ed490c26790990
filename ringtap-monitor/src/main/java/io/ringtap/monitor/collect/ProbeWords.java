package io.ringtap.monitor.collect;

import io.ringtap.monitor.window.Outcome;

/// How an outcome stands in four words of a [ProbeRing]. The first has whose it is (32 bits), what
/// it is (8), the hop limit (8) and the ICMP type plus 1 (16); the second the sequence number (40),
/// the ICMP code (8) and the error number (16); the third when it was known, and the fourth the
/// round-trip time.
public final class ProbeWords {
  static final int TARGET = 0;
  static final int NUMBER = 1;
  static final int EPOCH = 2;
  static final int RTT = 3;
  static final int COUNT = 4;

  private ProbeWords() {}

  /// The first word.
  ///
  /// @param target the target's number
  /// @param hopLimit 0 if unknown
  /// @param icmpType -1 for none
  public static long target(int target, Outcome outcome, int hopLimit, int icmpType) {
    return Integer.toUnsignedLong(target)
        | (long) outcome.index() << 32
        | (hopLimit & 0xFFL) << 40
        | ((icmpType + 1L) & 0xFFFF) << 48;
  }

  /// The second word.
  ///
  /// @param sequence the number of the probe, of which 40 bits are kept
  /// @param icmpCode any if there is no type
  /// @param errno 0 for none
  public static long number(long sequence, int icmpCode, int errno) {
    return sequence << 24 | (icmpCode & 0xFFL) << 16 | (errno & 0xFFFF);
  }

  static int target(long word) {
    return (int) word;
  }

  static Outcome outcome(long word) {
    return Outcome.of((int) (word >>> 32) & 0xFF);
  }

  static int hopLimit(long word) {
    return (int) (word >>> 40) & 0xFF;
  }

  static int icmpType(long word) {
    return (int) (word >>> 48) - 1;
  }

  static long sequence(long word) {
    return word >>> 24;
  }

  static int icmpCode(long word) {
    return (int) (word >>> 16) & 0xFF;
  }

  static int errno(long word) {
    return (int) word & 0xFFFF;
  }
}
