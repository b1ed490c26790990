package io.ringtap.top;

/// What the heaviest are heaviest by.
public enum Order {
  /// By the number of packets.
  PACKETS,
  /// By bits a second.
  BITS
}
