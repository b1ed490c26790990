package io.ringtap.socket;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Ifreq;
import io.ringtap.linux.abi.ethtool.HwtstampConfig;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.socket.NetTstamp;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Makes a network card stamp what it receives, and a ring report these stamps
/// (Documentation/networking/timestamping.rst).
public final class AdapterStamps {
  private AdapterStamps() {}

  /// Turns the stamps on for an interface, and for the ring of `socket`.
  ///
  /// @param name the interface's
  /// @throws LinuxException if the card cannot stamp (`EOPNOTSUPP`), or without CAP_NET_ADMIN
  public static void turnOn(PacketSocket socket, String name) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = Ifreq.allocate(arena, name, HwtstampConfig.allocateReceiveAll(arena));
      int rc =
          Libc.ioctl(CallState.current(), socket.number(), HwtstampConfig.SIOCSHWTSTAMP, request);
      LinuxException.check(rc, "ioctl(SIOCSHWTSTAMP)", name, remedy(rc));
    }
    socket.packetOption(
        IfPacket.PACKET_TIMESTAMP, NetTstamp.SOF_TIMESTAMPING_RAW_HARDWARE, "PACKET_TIMESTAMP");
  }

  private static String remedy(int rc) {
    if (Errno.EPERM.is(rc)) {
      return "needs CAP_NET_ADMIN";
    }
    return "this interface cannot stamp packets; use the kernel's stamps";
  }
}
