package io.ringtap.sweep;

/// A target as [SweepTargets#read] writes it: one object for all of them in turn.
public final class SweepTarget {
  private boolean isIpv6;
  private long high;
  private long low;
  private int port;

  /// Creates a target that nothing has set yet.
  public SweepTarget() {}

  /// Sets an IPv4 target.
  ///
  /// @param address as a big-endian number
  /// @param newPort 0 if probes have none
  public void ipv4(int address, int newPort) {
    set(false, 0, Integer.toUnsignedLong(address), newPort);
  }

  /// Sets an IPv6 target.
  ///
  /// @param newHigh the first eight bytes of the address
  /// @param newLow its last eight
  /// @param newPort 0 if probes have none
  public void ipv6(long newHigh, long newLow, int newPort) {
    set(true, newHigh, newLow, newPort);
  }

  private void set(boolean newIsIpv6, long newHigh, long newLow, int newPort) {
    isIpv6 = newIsIpv6;
    high = newHigh;
    low = newLow;
    port = newPort;
  }

  /// Sets the same target as another one.
  void set(SweepTarget other) {
    set(other.isIpv6, other.high, other.low, other.port);
  }

  /// Whether the address is IPv6.
  public boolean isIpv6() {
    return isIpv6;
  }

  /// The first eight bytes of an IPv6 address; 0 for IPv4.
  public long high() {
    return high;
  }

  /// The last eight bytes of an IPv6 address, or an IPv4 address as an unsigned number.
  public long low() {
    return low;
  }

  /// The port; 0 if probes have none.
  public int port() {
    return port;
  }
}
