package io.ringtap.top;

/// What the heaviest are heaviest by.
public enum Order {
  PACKETS,
  BITS
}
