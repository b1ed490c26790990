package io.ringtap.ping.engine.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.ping.engine.probe.ProbeForm.Mode;

/// A socket that requests go out through, whose options follow what each batch of them asks for.
/// The sending thread's, once it is made.
final class EchoOutlet {
  private final Socket socket;
  private final boolean ipv6;
  private final int systemPathMtu;
  private Mode mode = Mode.DEFAULT;

  /// An outlet through a socket on which none of these options has been set.
  EchoOutlet(Socket socket, boolean ipv6) throws LinuxException {
    this.socket = socket;
    this.ipv6 = ipv6;
    systemPathMtu = socket.intOption(level(), pathMtuOption(), "IP_MTU_DISCOVER");
  }

  int number() {
    return socket.number();
  }

  /// Flags of its send calls in the present mode.
  int flags() {
    return mode.isRouted()
        ? SysSocket.MSG_DONTWAIT
        : SysSocket.MSG_DONTWAIT | SysSocket.MSG_DONTROUTE;
  }

  /// Has the next packets leave in a mode.
  ///
  /// @return 0 or `-errno`
  @SuppressWarnings("ReferenceEquality") // of an equal one no option differs
  int set(Mode wanted) {
    if (wanted == mode) {
      return 0;
    }
    int rc = 0;
    if (wanted.pathMtu() != mode.pathMtu()) {
      boolean isSystems = wanted.pathMtu() == Mode.SYSTEM_PATH_MTU;
      rc = socket.tryOption(level(), pathMtuOption(), isSystems ? systemPathMtu : wanted.pathMtu());
    }
    if (rc >= 0 && wanted.loopsMulticast() != mode.loopsMulticast()) {
      rc = socket.tryOption(level(), multicastLoopOption(), wanted.loopsMulticast() ? 1 : 0);
    }
    if (rc >= 0 && wanted.allowsBroadcast() != mode.allowsBroadcast()) {
      int isAllowed = wanted.allowsBroadcast() ? 1 : 0;
      rc = socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_BROADCAST, isAllowed);
    }
    if (rc >= 0) {
      mode = wanted;
    }
    return rc;
  }

  private int level() {
    return ipv6 ? NetinetIn.IPPROTO_IPV6 : NetinetIn.IPPROTO_IP;
  }

  private int pathMtuOption() {
    return ipv6 ? NetinetIn.IPV6_MTU_DISCOVER : NetinetIn.IP_MTU_DISCOVER;
  }

  private int multicastLoopOption() {
    return ipv6 ? NetinetIn.IPV6_MULTICAST_LOOP : NetinetIn.IP_MULTICAST_LOOP;
  }

  void close() {
    socket.close();
  }
}
