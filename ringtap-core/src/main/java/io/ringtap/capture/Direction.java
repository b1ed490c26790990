package io.ringtap.capture;

import io.ringtap.linux.abi.packet.IfPacket;

/// Which way a packet went, as the kernel saw it (`sll_pkttype`, `packet(7)`). The order of the
/// constants is that of the kernel's numbers.
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
  /// Nobody tells.
  UNKNOWN;

  private static final Direction[] VALUES = values();

  /// The direction of the kernel's `PACKET_HOST` to `PACKET_OUTGOING`.
  static Direction of(int pkttype) {
    return pkttype >= 0 && pkttype <= IfPacket.PACKET_OUTGOING ? VALUES[pkttype] : UNKNOWN;
  }
}
