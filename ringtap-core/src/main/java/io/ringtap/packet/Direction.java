package io.ringtap.packet;

/// Which way a packet went, as the kernel saw it: `sll_pkttype` of `packet(7)`, the packet type of
/// the pseudo-headers [LinuxSll] and [LinuxSll2], the flags of pcapng. The order of the constants
/// is that of the kernel's numbers.
public enum Direction {
  /// It came, for this machine.
  HOST,
  /// It came, for all on the link.
  BROADCAST,
  /// It came, for a group.
  MULTICAST,
  /// It came, for another machine.
  OTHERHOST,
  /// It leaves this machine.
  OUTGOING,
  /// It is not known.
  UNKNOWN;

  private static final Direction[] VALUES = values();

  /// The direction that a packet type stands for: [LinuxSll#HOST] to [LinuxSll#OUTGOING]; of any
  /// other number, [#UNKNOWN].
  public static Direction of(int packetType) {
    return packetType >= LinuxSll.HOST && packetType <= LinuxSll.OUTGOING
        ? VALUES[packetType]
        : UNKNOWN;
  }

  /// The packet type, [LinuxSll#HOST] to [LinuxSll#OUTGOING]. What is not known counts as
  /// [LinuxSll#HOST], as for libpcap, which gives filters no packet type of a file.
  public int packetType() {
    return this == UNKNOWN ? LinuxSll.HOST : ordinal();
  }
}
