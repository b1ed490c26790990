package io.ringtap.linux.abi.socket;

import io.ringtap.linux.abi.CHeader;

/// Kinds of time stamps (`Documentation/networking/timestamping.rst` of the kernel).
@CHeader("linux/net_tstamp.h")
public final class NetTstamp {
  public static final int SOF_TIMESTAMPING_TX_HARDWARE = 1;
  public static final int SOF_TIMESTAMPING_TX_SOFTWARE = 1 << 1;
  public static final int SOF_TIMESTAMPING_RX_HARDWARE = 1 << 2;
  public static final int SOF_TIMESTAMPING_RX_SOFTWARE = 1 << 3;

  /// Software's stamps are delivered.
  public static final int SOF_TIMESTAMPING_SOFTWARE = 1 << 4;

  /// Unmodified stamps of the device's clock are available.
  public static final int SOF_TIMESTAMPING_RAW_HARDWARE = 1 << 6;

  private NetTstamp() {}
}
