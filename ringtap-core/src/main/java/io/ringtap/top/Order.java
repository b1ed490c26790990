package io.ringtap.top;

/// What keys are ranked by.
public enum Order {
  /// By the number of packets.
  PACKETS,
  /// By bits a second.
  BITS
}
