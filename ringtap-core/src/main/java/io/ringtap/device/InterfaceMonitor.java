package io.ringtap.device;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.netlink.Ifinfomsg;
import io.ringtap.linux.abi.netlink.Netlink;
import io.ringtap.linux.abi.netlink.Nlmsghdr;
import io.ringtap.linux.abi.netlink.Rtattr;
import io.ringtap.linux.abi.netlink.Rtnetlink;
import io.ringtap.linux.abi.netlink.SockaddrNl;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// Watches the interfaces of one network namespace, that of the thread which opened it. One thread
/// at a time may drain it, and none while it is closed.
///
/// Events describe the changes since the monitor was opened. A change that was undone before the
/// kernel could report it, or whose message was lost, may be missing; the final state is always
/// reported.
public final class InterfaceMonitor implements AutoCloseable {
  private static final long RECEIVE_BYTES = 32 * 1024;
  private static final String OPERATION = "changes of interfaces";

  private final Arena arena = Arena.ofShared();
  private final MemorySegment received = arena.allocate(RECEIVE_BYTES, Long.BYTES);
  private final KnownInterfaces known = new KnownInterfaces();
  private final Socket socket;
  private final RtnetlinkSocket rtnetlink;

  private InterfaceMonitor(Socket socket, RtnetlinkSocket rtnetlink) {
    this.socket = socket;
    this.rtnetlink = rtnetlink;
  }

  /// Opens a monitor in the network namespace of the calling thread.
  ///
  /// @throws LinuxException `EMFILE` or `ENFILE` if there are no descriptors left
  public static InterfaceMonitor open() throws LinuxException {
    RtnetlinkSocket rtnetlink = RtnetlinkSocket.open();
    Socket socket;
    try {
      socket =
          Socket.open(
              SysSocket.AF_NETLINK,
              SysSocket.SOCK_RAW | SysSocket.SOCK_NONBLOCK,
              Netlink.NETLINK_ROUTE,
              OPERATION,
              "");
    } catch (LinuxException e) {
      rtnetlink.close();
      throw e;
    }
    InterfaceMonitor monitor = new InterfaceMonitor(socket, rtnetlink);
    try {
      monitor.begin();
      return monitor;
    } catch (LinuxException | RuntimeException e) {
      monitor.close();
      throw e;
    }
  }

  private void begin() throws LinuxException {
    try (Arena bound = Arena.ofConfined()) {
      socket.bind(SockaddrNl.allocate(bound, Rtnetlink.RTMGRP_LINK));
    }
    // Asked after the bind, so that no change is missed.
    known.heardAll(rtnetlink.links(), _ -> {});
  }

  /// The descriptor to poll. It is ready (`POLLIN`, or `POLLERR` if messages were lost) when there
  /// is something to drain.
  ///
  /// @throws IllegalStateException if the monitor is closed
  public int number() {
    return socket.number();
  }

  /// Reports the changes since the last call, in order, and returns without waiting.
  ///
  /// @throws LinuxException if the kernel refuses
  public void drain(Consumer<InterfaceEvent> listener) throws LinuxException {
    for (int bytes = receive(); !Errno.EAGAIN.is(bytes); bytes = receive()) {
      if (Errno.ENOBUFS.is(bytes) || bytes > RECEIVE_BYTES) {
        resynchronize(listener);
      } else {
        LinuxException.check(bytes, "recvfrom", OPERATION);
        accept(received.asSlice(0, bytes), known, listener);
      }
    }
  }

  /// Messages were lost. Those still queued are older than the state that the kernel reports now.
  private void resynchronize(Consumer<InterfaceEvent> listener) throws LinuxException {
    for (int bytes = receive(); !Errno.EAGAIN.is(bytes); bytes = receive()) {
      if (!Errno.ENOBUFS.is(bytes)) {
        LinuxException.check(bytes, "recvfrom", OPERATION);
      }
    }
    known.heardAll(rtnetlink.links(), listener);
  }

  private int receive() {
    return socket.receive(received);
  }

  /// Handles the messages of one datagram.
  static void accept(
      MemorySegment datagram, KnownInterfaces known, Consumer<InterfaceEvent> listener) {
    long end = datagram.byteSize();
    long at = 0;
    while (end - at >= Nlmsghdr.BYTES) {
      int length = Nlmsghdr.length(datagram, at);
      if (length < Nlmsghdr.BYTES || length > end - at) {
        return;
      }
      MemorySegment message = datagram.asSlice(at, length);
      if (RtnetlinkMessages.isWhole(message)
          && Ifinfomsg.family(message, Nlmsghdr.BYTES) == SysSocket.AF_UNSPEC) {
        // A message of another family is about a bridge port, and its RTM_DELLINK only means that
        // the interface left the bridge.
        switch (Nlmsghdr.type(message, 0)) {
          case Rtnetlink.RTM_NEWLINK -> known.heard(RtnetlinkMessages.link(message), listener);
          case Rtnetlink.RTM_DELLINK ->
              known.vanished(Ifinfomsg.index(message, Nlmsghdr.BYTES), listener);
          default -> {}
        }
      }
      at += Rtattr.align(length);
    }
  }

  @Override
  public void close() {
    socket.close();
    rtnetlink.close();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
