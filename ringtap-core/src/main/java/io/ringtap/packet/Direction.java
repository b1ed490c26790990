package io.ringtap.packet;

/// The direction of a packet, as the kernel saw it: `sll_pkttype` of `packet(7)`, the packet type
/// of the pseudo-headers [LinuxSll] and [LinuxSll2], the flags of pcapng. The order of the
/// constants is that of the kernel's numbers.
public enum Direction {
  /// Received, addressed to this machine.
  HOST(LinuxSll.HOST),
  /// Received, broadcast.
  BROADCAST(LinuxSll.BROADCAST),
  /// Received, addressed to a multicast group.
  MULTICAST(LinuxSll.MULTICAST),
  /// Received, addressed to another machine.
  OTHERHOST(LinuxSll.OTHERHOST),
  /// Sent by this machine.
  OUTGOING(LinuxSll.OUTGOING),
  /// Not known.
  UNKNOWN(LinuxSll.HOST);

  private final int packetType;

  Direction(int packetType) {
    this.packetType = packetType;
  }

  /// The direction for a packet type from [LinuxSll#HOST] to [LinuxSll#OUTGOING]; [#UNKNOWN] for
  /// any other number.
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

  /// The packet type, [LinuxSll#HOST] to [LinuxSll#OUTGOING]. For [#UNKNOWN] it is [LinuxSll#HOST].
  public int packetType() {
    return packetType;
  }
}
