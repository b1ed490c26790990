package io.ringtap.packet;

/// What an Ethernet frame carries (IEEE 802 numbers, IANA registry).
public final class EtherType {
  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;

  /// A customer tag (802.1Q) follows, then another EtherType.
  public static final int VLAN = 0x8100;

  public static final int IPV6 = 0x86DD;

  /// A service tag (802.1ad) follows, then another EtherType.
  public static final int QINQ = 0x88A8;

  private EtherType() {}
}
