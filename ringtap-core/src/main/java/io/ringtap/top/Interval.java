package io.ringtap.top;

import java.util.List;

/// What an interval showed. Rates are over the time that was measured, not the one that was asked
/// for.
///
/// @param by what the packets were counted by
/// @param order what `rows` are ordered by
/// @param epochNanos its end, since the epoch
/// @param durationNanos the longest that a thread counted
/// @param packets all packets that were counted
/// @param bytes of all those packets
/// @param packetsPerSecond all packets as a rate
/// @param bitsPerSecond all bytes as a rate, in bits a second
/// @param notIp packets that were not IP, or whose IP header was cut off or malformed
/// @param droppedByKernel packets that passed the filter and found no room, since the last interval
/// @param droppedByInterface packets that the interfaces lost, since the last interval
/// @param bound the most that is missing from the count of any key, and that any key that is not in
///   `rows` for want of a counter has: packets, or bytes if the order is by bits; 0 is exact
/// @param boundPerSecond the same as a rate: packets or bits a second
/// @param keys how many keys there were; there were more unless `bound` is 0
/// @param rows the heaviest, heaviest first
public record Interval(
    KeyKind by,
    Order order,
    long epochNanos,
    long durationNanos,
    long packets,
    long bytes,
    double packetsPerSecond,
    double bitsPerSecond,
    long notIp,
    long droppedByKernel,
    long droppedByInterface,
    long bound,
    double boundPerSecond,
    int keys,
    List<Row> rows) {
  /// One of the heaviest.
  ///
  /// @param key what these packets have in common
  /// @param packets its packets since it had a counter: never too many
  /// @param bytes those packets' bytes
  /// @param packetsPerSecond its packets as a rate
  /// @param bitsPerSecond its bytes as a rate, in bits a second
  /// @param missed the most that is missing from what rows are ordered by: packets, or bytes if the
  ///   order is by bits
  /// @param share its part of all packets, or of all bytes if the order is by bits, 0 to 1
  public record Row(
      TrafficKey key,
      long packets,
      long bytes,
      double packetsPerSecond,
      double bitsPerSecond,
      long missed,
      double share) {}
}
