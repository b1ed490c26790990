package io.ringtap.ping.engine.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.IpAddress;
import io.ringtap.ping.engine.probe.ProbeForm.Header;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Tries what probes ask for on a socket that sends nothing, before all of them are refused.
public final class HeaderCheck {
  private HeaderCheck() {}

  /// Returns if the kernel can send packets with these headers from the network namespace of the
  /// calling thread.
  ///
  /// @throws LinuxException if the source is not an address of this host (`EADDRNOTAVAIL`), or if
  ///   the mark is not permitted (`EPERM`)
  public static void require(Header header) throws LinuxException {
    IpAddress source = header.source();
    boolean isIpv6 = source != null && source.isIpv6();
    int family = isIpv6 ? SysSocket.AF_INET6 : SysSocket.AF_INET;
    try (Socket socket = Socket.open(family, SysSocket.SOCK_DGRAM, 0, "probes", "")) {
      if (header.mark() != 0) {
        int rc = socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_MARK, header.mark());
        LinuxException.check(
            rc,
            "setsockopt(SO_MARK)",
            "mark " + Integer.toUnsignedString(header.mark()),
            "needs CAP_NET_ADMIN or CAP_NET_RAW");
      }
      if (source != null) {
        requireOurs(socket, source, header.interfaceIndex());
      }
    }
  }

  private static void requireOurs(Socket socket, IpAddress source, int interfaceIndex)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address =
          arena.allocate(source.isIpv6() ? SockaddrIn6.LAYOUT : SockaddrIn.LAYOUT);
      if (source.isIpv6()) {
        SockaddrIn6.write(address, 0, 0, source.high(), source.low(), interfaceIndex);
      } else {
        SockaddrIn.write(address, 0, 0, (int) source.low());
      }
      int rc = socket.tryBind(address);
      LinuxException.check(rc, "bind", source.toString(), "not an address of this host");
    }
  }
}
