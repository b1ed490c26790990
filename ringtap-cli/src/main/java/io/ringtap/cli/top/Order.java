package io.ringtap.cli.top;

/// What the heaviest are heaviest by.
public enum Order {
  PACKETS,
  BITS
}
