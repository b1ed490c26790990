package io.ringtap.socket.xdp;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.xdp.IfXdp;
import io.ringtap.linux.abi.xdp.SockaddrXdp;
import java.lang.foreign.Arena;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What an AF_XDP socket has got by being bound to a queue.
///
/// @param zeroCopyRefusal why frames are copied; null if they are not, or if that was not asked for
/// @param isInPieces whether frames may come in several entries
record XdpBinding(@Nullable LinuxException zeroCopyRefusal, boolean isInPieces) {
  private static final int MOST_TRIES = 250;
  private static final long TRY_NANOS = 20_000_000;

  /// In `sxdp_flags`: frames may consist of several entries. In `linux/if_xdp.h` since Linux 6.6,
  /// so older headers lack it.
  private static final int XDP_USE_SG = 1 << 4;

  /// Binds a socket without copying if the driver can, otherwise with it. One that only transmits
  /// copies.
  ///
  /// @throws LinuxException as [XdpSocket#open]
  static XdpBinding of(Socket socket, XdpSocket.Place place, XdpSocket.Rings sizes)
      throws LinuxException {
    int pieces = sizes.longFrames() == XdpSocket.LongFrames.ALWAYS ? XDP_USE_SG : 0;
    // Without copying, a card receives into this socket's chunks only: without any, it would drop
    // what comes to the queue.
    int way = sizes.received() > 0 ? IfXdp.XDP_ZEROCOPY : IfXdp.XDP_COPY;
    LinuxException zeroCopyRefusal = null;
    int result = tryBind(socket, place, way | pieces);
    // The kernel gives a queue free some time after its socket was closed: a second on a busy
    // machine.
    for (int i = 0; i < MOST_TRIES && Errno.EBUSY.is(result); i++) {
      LockSupport.parkNanos(TRY_NANOS);
      result = tryBind(socket, place, way | pieces);
    }
    if (result < 0 && way == IfXdp.XDP_ZEROCOPY && !Errno.EBUSY.is(result)) {
      zeroCopyRefusal =
          new LinuxException("bind(XDP_ZEROCOPY)", place.toString(), Errno.of(result), "");
      pieces = sizes.longFrames() == XdpSocket.LongFrames.NONE ? 0 : XDP_USE_SG;
      result = tryBind(socket, place, IfXdp.XDP_COPY | pieces);
      if (Errno.EINVAL.is(result) && pieces != 0) {
        pieces = 0; // a kernel before 6.6 does not know the flag
        result = tryBind(socket, place, IfXdp.XDP_COPY);
      }
    }
    LinuxException.check(result, "bind", place.toString(), remedy(result));
    return new XdpBinding(zeroCopyRefusal, pieces != 0);
  }

  private static int tryBind(Socket socket, XdpSocket.Place place, int flags) {
    try (Arena setUp = Arena.ofConfined()) {
      return socket.tryBind(
          SockaddrXdp.allocate(
              setUp, place.interfaceIndex(), place.queue(), flags | IfXdp.XDP_USE_NEED_WAKEUP));
    }
  }

  private static String remedy(int result) {
    if (Errno.EBUSY.is(result)) {
      return "the queue has an AF_XDP socket already";
    }
    return Errno.EINVAL.is(result) ? "is there such a queue?" : "";
  }
}
