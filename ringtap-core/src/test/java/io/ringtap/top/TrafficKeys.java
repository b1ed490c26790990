package io.ringtap.top;

/// Makes keys for tests of other packages.
public final class TrafficKeys {
  private TrafficKeys() {}

  /// An IPv4 source.
  public static TrafficKey source4(int address) {
    return new TrafficKey(
        KeyKind.SOURCE, new long[] {TrafficKey.head(4), 0, Integer.toUnsignedLong(address)});
  }
}
