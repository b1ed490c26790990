package io.ringtap.savefile;

import io.ringtap.packet.Direction;

/// The bits of `epb_flags`, the flags of a packet in a pcapng file (draft-ietf-opsawg-pcapng
/// §4.3.1). 0 means that nothing is known.
public final class PacketFlags {
  /// Nothing is known.
  public static final int NONE = 0;

  /// The two bits of the direction.
  public static final int DIRECTION = 0x3;

  /// Direction: received.
  public static final int INBOUND = 1;

  /// Direction: sent.
  public static final int OUTBOUND = 2;

  /// The three bits of the reception type.
  public static final int RECEPTION = 0x1C;

  /// Reception type: addressed to this machine.
  public static final int UNICAST = 1 << 2;

  /// Reception type: addressed to a multicast group.
  public static final int MULTICAST = 2 << 2;

  /// Reception type: broadcast.
  public static final int BROADCAST = 3 << 2;

  /// Reception type: addressed to another machine.
  public static final int PROMISCUOUS = 4 << 2;

  private PacketFlags() {}

  /// The flags that a recording stores for a packet of this direction: whether it was received or
  /// sent.
  public static int of(Direction direction) {
    return direction == Direction.OUTGOING ? OUTBOUND : NONE;
  }

  /// The flags that say the whole direction, also to whom a received packet was addressed.
  static int complete(Direction direction) {
    return switch (direction) {
      case HOST -> INBOUND | UNICAST;
      case BROADCAST -> INBOUND | BROADCAST;
      case MULTICAST -> INBOUND | MULTICAST;
      case OTHERHOST -> INBOUND | PROMISCUOUS;
      case OUTGOING -> OUTBOUND;
      case UNKNOWN -> NONE;
    };
  }

  /// The direction of a packet with these flags. If the direction bits are zero, the reception type
  /// is used.
  public static Direction direction(int flags) {
    if ((flags & DIRECTION) == OUTBOUND) {
      return Direction.OUTGOING;
    }
    return switch (flags & RECEPTION) {
      case UNICAST -> Direction.HOST;
      case MULTICAST -> Direction.MULTICAST;
      case BROADCAST -> Direction.BROADCAST;
      case PROMISCUOUS -> Direction.OTHERHOST;
      default -> (flags & DIRECTION) == INBOUND ? Direction.HOST : Direction.UNKNOWN;
    };
  }
}
