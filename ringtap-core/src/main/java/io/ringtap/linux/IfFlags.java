package io.ringtap.linux;

/// Flags of an interface, as `netdevice(7)` and [Ifinfomsg] have them.
@CHeader("linux/if.h")
public final class IfFlags {
  public static final int IFF_UP = 0x1;

  /// The device has a carrier, and so, of a veth pair, the other end is up too.
  public static final int IFF_LOWER_UP = 0x10000;

  private IfFlags() {}
}
