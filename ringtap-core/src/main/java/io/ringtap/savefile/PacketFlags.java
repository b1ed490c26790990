package io.ringtap.savefile;

import io.ringtap.packet.Direction;

/// The bits of `epb_flags`, what a pcapng file says of a packet beside its stamp
/// (draft-ietf-opsawg-pcapng §4.3.1). 0 says nothing.
public final class PacketFlags {
  /// Nothing is known.
  public static final int NONE = 0;

  /// The two bits of the direction.
  public static final int DIRECTION = 0x3;

  /// It came in.
  public static final int INBOUND = 1;

  /// It went out.
  public static final int OUTBOUND = 2;

  /// The three bits of the reception type.
  public static final int RECEPTION = 0x1C;

  /// For this machine.
  public static final int UNICAST = 1 << 2;

  /// For a group.
  public static final int MULTICAST = 2 << 2;

  /// For all on the link.
  public static final int BROADCAST = 3 << 2;

  /// For another machine.
  public static final int PROMISCUOUS = 4 << 2;

  private PacketFlags() {}

  /// The flags of a packet that went that way, as far as a recording has them: whether it departed.
  public static int of(Direction direction) {
    return direction == Direction.OUTGOING ? OUTBOUND : NONE;
  }

  /// Which way a packet with these flags went. The reception type says so too where the direction
  /// is not known.
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
