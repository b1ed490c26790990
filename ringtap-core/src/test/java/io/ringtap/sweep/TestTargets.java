package io.ringtap.sweep;

/// IPv4 addresses from `0.0.0.0` on, each with every port from 0 on. Position and index are the
/// same number: address times 65 536 plus port.
record TestTargets(long size) implements SweepTargets {
  @Override
  public boolean hasIpv4() {
    return true;
  }

  @Override
  public boolean hasIpv6() {
    return false;
  }

  @Override
  public long span() {
    return size;
  }

  @Override
  public void read(long position, SweepTarget into) {
    into.ipv4((int) (position >>> 16), (int) position & 0xFFFF);
  }

  @Override
  public long indexOf(boolean isIpv6, long high, long low, int port) {
    return low << 16 | port;
  }
}
