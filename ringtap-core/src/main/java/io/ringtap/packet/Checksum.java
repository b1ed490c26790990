package io.ringtap.packet;

import java.lang.foreign.MemorySegment;

/// The Internet checksum (RFC 1071): the complement of the ones'-complement sum of 16-bit words.
///
/// Sums stay unfolded in a `long` and can be added: the parts of a message, a pseudo-header, or the
/// few words that differ from one probe to the next. Every part except the last must have an even
/// length. [#fold] makes the sixteen bits that a header stores.
public final class Checksum {
  private static final long LOW_WORD = 0xFFFF_FFFFL;

  private Checksum() {}

  /// The unfolded sum of the big-endian 16-bit words of `[offset, offset + length)`. An odd last
  /// byte counts as if a zero byte followed it.
  ///
  /// It is congruent to that sum modulo 65 535, and zero only when all bytes are.
  ///
  /// @return a number below 2³¹ times the length, so that sums of packets do not overflow
  public static long sum(MemorySegment data, long offset, long length) {
    long sum = 0;
    // 2¹⁶ is 1 modulo 65 535: words of 32 bits sum to the same as their 16-bit halves (RFC 1071
    // §2).
    // An int counts them because only such a loop becomes SIMD code.
    int words = (int) (length / Integer.BYTES);
    for (int i = 0; i < words; i++) {
      sum += NetworkOrder.unsignedWord(data, offset + (long) i * Integer.BYTES);
    }
    long rest = offset + (long) words * Integer.BYTES;
    if ((length & 2) != 0) {
      sum += NetworkOrder.unsignedShort(data, rest);
      rest += Short.BYTES;
    }
    if ((length & 1) != 0) {
      sum += NetworkOrder.unsignedByte(data, rest) << 8;
    }
    return sum;
  }

  /// The checksum to store: `sum` folded to sixteen bits and complemented.
  ///
  /// @param sum of the message with its checksum field zero
  public static int fold(long sum) {
    long folded = halves(sum);
    folded = (folded >>> 16) + (folded & 0xFFFF);
    folded = (folded >>> 16) + (folded & 0xFFFF);
    folded = (folded >>> 16) + (folded & 0xFFFF);
    return (int) ~folded & 0xFFFF;
  }

  /// Whether a message matches its checksum.
  ///
  /// @param sumIncludingChecksumField of the message as it arrived
  public static boolean isValid(long sumIncludingChecksumField) {
    return fold(sumIncludingChecksumField) == 0;
  }

  /// The sum of the IPv4 pseudo-header (RFC 768, RFC 9293 §3.1).
  ///
  /// @param length of the upper-layer packet, header and data, in bytes
  public static long pseudoHeader(int source, int destination, int protocol, int length) {
    return Integer.toUnsignedLong(source) + Integer.toUnsignedLong(destination) + protocol + length;
  }

  /// The sum of the IPv6 pseudo-header (RFC 8200 §8.1).
  ///
  /// @param nextHeader of the upper layer, not of an extension header before it
  /// @param length of the upper-layer packet, header and data, in bytes
  public static long pseudoHeader(
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow,
      int nextHeader,
      int length) {
    return halves(sourceHigh)
        + halves(sourceLow)
        + halves(destinationHigh)
        + halves(destinationLow)
        + nextHeader
        + length;
  }

  private static long halves(long words) {
    return (words >>> 32) + (words & LOW_WORD);
  }
}
