package io.ringtap.top;

import java.util.List;

/// The result of an interval. Rates are per measured time, not per requested time.
///
/// @param by the kind of key by which packets were counted
/// @param order what `rows` are ordered by
/// @param epochNanos the end of the interval, in nanoseconds since the epoch
/// @param durationNanos the longest counting time of a thread
/// @param packets all packets
/// @param bytes of all packets
/// @param packetsPerSecond all packets as a rate
/// @param bitsPerSecond all bytes as a rate, in bits per second
/// @param notIp packets that were not IP, or whose IP header was cut off or malformed
/// @param droppedByKernel packets that passed the filter and were dropped by the kernel for lack of
///   room, since the last interval
/// @param droppedByInterface packets that the interfaces dropped, since the last interval
/// @param bound the greatest possible error of any count, and the greatest possible count of a key
///   without a counter: in packets, or in bytes if the order is by bits; 0 if all counts are exact
/// @param boundPerSecond the same as a rate: packets or bits per second
/// @param uncounted packets that are in no key's count: of keys that had no counter when they came,
///   or have lost it since; 0 if all counts are exact
/// @param keys the number of keys; if `bound` is not 0, there were more
/// @param rows the heaviest keys, heaviest first
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
    long uncounted,
    int keys,
    List<Row> rows) {
  /// One of the heaviest keys.
  ///
  /// @param key the key
  /// @param packets the packets of this key since it had a counter; may be too low but never too
  ///   high
  /// @param bytes of these packets
  /// @param packetsPerSecond these packets as a rate
  /// @param bitsPerSecond these bytes as a rate, in bits per second
  /// @param missed the greatest possible error of the count: in packets, or in bytes if the order
  ///   is by bits
  /// @param share the key's share of all packets, or of all bytes if the order is by bits, 0 to 1
  public record Row(
      TrafficKey key,
      long packets,
      long bytes,
      double packetsPerSecond,
      double bitsPerSecond,
      long missed,
      double share) {}
}
