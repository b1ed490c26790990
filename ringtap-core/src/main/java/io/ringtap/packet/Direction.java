package io.ringtap.packet;

/// Which way a packet went, as the kernel saw it: `sll_pkttype` of `packet(7)`, the packet type of
/// the pseudo-headers [LinuxSll] and [LinuxSll2], the flags of pcapng. The order of the constants
/// is that of the kernel's numbers.
public enum Direction {
  /// It came, for this machine.
  HOST(LinuxSll.HOST),
  /// It came, for all on the link.
  BROADCAST(LinuxSll.BROADCAST),
  /// It came, for a group.
  MULTICAST(LinuxSll.MULTICAST),
  /// It came, for another machine.
  OTHERHOST(LinuxSll.OTHERHOST),
  /// It leaves this machine.
  OUTGOING(LinuxSll.OUTGOING),
  /// It is not known.
  UNKNOWN(LinuxSll.HOST);

  private final int packetType;

  Direction(int packetType) {
    this.packetType = packetType;
  }

  /// The direction that a packet type stands for: [LinuxSll#HOST] to [LinuxSll#OUTGOING]; of any
  /// other number, [#UNKNOWN].
  public static Direction of(int packetType) {
    return switch (packetType) {
      case LinuxSll.HOST -> HOST;
      case LinuxSll.BROADCAST -> BROADCAST;
      case LinuxSll.MULTICAST -> MULTICAST;
      case LinuxSll.OTHERHOST -> OTHERHOST;
      case LinuxSll.OUTGOING -> OUTGOING;
      default -> UNKNOWN;
    };
  }

  /// The packet type, [LinuxSll#HOST] to [LinuxSll#OUTGOING]. What is not known counts as
  /// [LinuxSll#HOST].
  public int packetType() {
    return packetType;
  }
}
