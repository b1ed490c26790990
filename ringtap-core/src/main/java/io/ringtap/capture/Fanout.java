package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.linux.abi.packet.IfPacket;
import org.jspecify.annotations.Nullable;

/// How several threads share the packets of an interface (`PACKET_FANOUT`, `packet(7)`).
///
/// @param mode how packets are spread over the sockets
/// @param isDefragmenting whether the kernel reassembles IPv4 fragments first, so that all packets
///   of a flow have the same hash
/// @param isRollingOver whether a packet for a full socket goes to another socket. This loses fewer
///   packets but may change their order
/// @param group the group's number, 1 to 65535, which sockets of other processes may join; 0 lets
///   the kernel choose an unused one. Captures that share a group lose nothing when one joins, but
///   a packet that arrives in that moment may be shown twice. A capture's share of the packets
///   between its stop and its close is lost
/// @param steering the program of [FanoutMode#CBPF]; null for all other modes
public record Fanout(
    FanoutMode mode,
    boolean isDefragmenting,
    boolean isRollingOver,
    int group,
    @Nullable BpfProgram steering) {
  /// A group number that the kernel chooses.
  public static final int UNIQUE = 0;

  private static final int MAX_GROUP = 0xFFFF;

  /// Checks that the parts are consistent.
  ///
  /// @throws IllegalArgumentException if `group` does not fit 16 bits, the mode needs a program or
  ///   takes none, or `isRollingOver` is set for [FanoutMode#ROLLOVER]
  public Fanout {
    if (group < 0 || group > MAX_GROUP) {
      throw new IllegalArgumentException(
          "a fanout group is 1 to 65535, or 0 to let the kernel choose, not " + group);
    }
    if (mode == FanoutMode.ROLLOVER && isRollingOver) {
      throw new IllegalArgumentException("fanout mode ROLLOVER already rolls over");
    }
    if ((mode == FanoutMode.CBPF) != (steering != null)) {
      throw new IllegalArgumentException(
          "fanout by " + mode + (steering == null ? " needs a program" : " takes no program"));
    }
  }

  /// A group chosen by the kernel, with a mode and no further options.
  public static Fanout by(FanoutMode mode) {
    return new Fanout(mode, false, false, UNIQUE, null);
  }

  /// A group chosen by the kernel, whose packets are distributed by `steering`.
  public static Fanout by(BpfProgram steering) {
    return new Fanout(FanoutMode.CBPF, false, false, UNIQUE, steering);
  }

  /// The flags of `PACKET_FANOUT`, without the group's number.
  int flags() {
    return (isDefragmenting ? IfPacket.PACKET_FANOUT_FLAG_DEFRAG : 0)
        | (isRollingOver ? IfPacket.PACKET_FANOUT_FLAG_ROLLOVER : 0);
  }
}
