package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.linux.abi.packet.IfPacket;
import org.jspecify.annotations.Nullable;

/// How several threads share the packets of an interface (`PACKET_FANOUT`, `packet(7)`).
///
/// @param mode how packets are spread over the sockets
/// @param isDefragmenting whether the kernel puts IPv4 fragments together first, so that the hash
///   of a flow is that of all its packets
/// @param isRollingOver whether a packet for a full socket goes to another one. It keeps packets at
///   the price of their order
/// @param group the group's number, 1 to 65535, which sockets of other processes may join; 0 lets
///   the kernel choose one that is not in use. Captures that share a group lose nothing when one
///   joins, though two may show a packet that comes in that moment; what comes between a capture's
///   stop and its close is lost as far as it is its share
/// @param steering the program of [FanoutMode#CBPF]; null for all others
public record Fanout(
    FanoutMode mode,
    boolean isDefragmenting,
    boolean isRollingOver,
    int group,
    @Nullable BpfProgram steering) {
  /// A group number that the kernel chooses.
  public static final int UNIQUE = 0;

  private static final int MAX_GROUP = 0xFFFF;

  /// Checks what belongs together.
  ///
  /// @throws IllegalArgumentException if `group` does not fit 16 bits, the program is missing or
  ///   has nothing to steer, or what rolls over by itself is to roll over
  public Fanout {
    if (group < 0 || group > MAX_GROUP) {
      throw new IllegalArgumentException(
          "a fanout group is numbered 1 to 65535, or 0 for one of the kernel's choice: " + group);
    }
    if (mode == FanoutMode.ROLLOVER && isRollingOver) {
      throw new IllegalArgumentException("fanout by ROLLOVER rolls over already");
    }
    if ((mode == FanoutMode.CBPF) != (steering != null)) {
      throw new IllegalArgumentException(
          "fanout by " + mode + (steering == null ? " needs a program" : " takes no program"));
    }
  }

  /// A group of the kernel's choice, without further wishes.
  public static Fanout by(FanoutMode mode) {
    return new Fanout(mode, false, false, UNIQUE, null);
  }

  /// A group of the kernel's choice that `steering` shares out.
  public static Fanout by(BpfProgram steering) {
    return new Fanout(FanoutMode.CBPF, false, false, UNIQUE, steering);
  }

  /// The flags of `PACKET_FANOUT`, without the group's number.
  int flags() {
    return (isDefragmenting ? IfPacket.PACKET_FANOUT_FLAG_DEFRAG : 0)
        | (isRollingOver ? IfPacket.PACKET_FANOUT_FLAG_ROLLOVER : 0);
  }
}
