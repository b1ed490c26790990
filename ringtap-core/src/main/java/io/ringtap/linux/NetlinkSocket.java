package io.ringtap.linux;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.netlink.Netlink;
import io.ringtap.linux.abi.netlink.Nlmsgerr;
import io.ringtap.linux.abi.netlink.Nlmsghdr;
import io.ringtap.linux.abi.netlink.Rtattr;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// A route netlink socket of one network namespace, for one request at a time. Not thread-safe.
public final class NetlinkSocket implements AutoCloseable {
  private static final long RECEIVE_BYTES = 32 * 1024;
  // Replies to abandoned requests; more than a few means that something else is wrong.
  private static final int MAX_STALE_REPLIES = 64;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment received = arena.allocate(RECEIVE_BYTES, Long.BYTES);
  private final Socket socket;
  private int sequence;

  private NetlinkSocket(Socket socket) {
    this.socket = socket;
    // The first adds a message to errors, the second keeps them from quoting the request. Both are
    // useful, neither is required.
    int _ = socket.tryOption(SysSocket.SOL_NETLINK, Netlink.NETLINK_EXT_ACK, 1);
    int _ = socket.tryOption(SysSocket.SOL_NETLINK, Netlink.NETLINK_CAP_ACK, 1);
  }

  /// Opens a socket in the network namespace of the calling thread.
  ///
  /// @throws LinuxException if the kernel refuses
  public static NetlinkSocket open(String subject) throws LinuxException {
    return new NetlinkSocket(
        Socket.open(SysSocket.AF_NETLINK, SysSocket.SOCK_RAW, Netlink.NETLINK_ROUTE, subject, ""));
  }

  /// Makes a request and waits until the kernel has carried it out.
  ///
  /// @param operation how exceptions show the request, such as `RTM_NEWLINK(veth)`
  /// @throws LinuxException if the kernel refuses, with the kernel's own message if there is one
  public void execute(NetlinkRequest request, String operation, String subject)
      throws LinuxException {
    exchange(request, Netlink.NLM_F_ACK, operation, subject);
  }

  /// Makes a request that is answered by one message.
  ///
  /// @return the message with its header, valid until the next request
  /// @throws LinuxException if the kernel refuses, with the kernel's own message if there is one
  public MemorySegment ask(NetlinkRequest request, String operation, String subject)
      throws LinuxException {
    return exchange(request, 0, operation, subject);
  }

  /// Makes a request that is answered by any number of messages, and calls `visitor` with each,
  /// header included, before it returns.
  ///
  /// @return whether the answer is consistent. It is not if the listed objects changed meanwhile:
  ///   then discard what was visited and ask again
  /// @throws LinuxException if the kernel refuses, with the kernel's own message if there is one
  public boolean dump(
      NetlinkRequest request, String operation, String subject, Consumer<MemorySegment> visitor)
      throws LinuxException {
    send(request, Netlink.NLM_F_DUMP, operation, subject);
    NetlinkParts parts = new NetlinkParts(sequence, operation, subject, visitor);
    while (!parts.isComplete()) {
      parts.accept(receive(operation, subject));
    }
    return parts.isConsistent();
  }

  private MemorySegment exchange(
      NetlinkRequest request, int flags, String operation, String subject) throws LinuxException {
    send(request, flags, operation, subject);
    for (int i = 0; i < MAX_STALE_REPLIES; i++) {
      MemorySegment datagram = receive(operation, subject);
      if (datagram.byteSize() >= Nlmsghdr.BYTES && Nlmsghdr.sequence(datagram, 0) == sequence) {
        MemorySegment reply =
            datagram.asSlice(0, Math.min(datagram.byteSize(), Nlmsghdr.length(datagram, 0)));
        refuseError(reply, operation, subject);
        return reply;
      }
    }
    throw new LinuxException(operation, subject, Errno.EIO, "the kernel did not answer");
  }

  private void send(NetlinkRequest request, int flags, String operation, String subject)
      throws LinuxException {
    MemorySegment message = request.message(++sequence, flags);
    long sent =
        Libc.sendto(
            CallState.current(),
            socket.number(),
            message,
            message.byteSize(),
            0,
            MemorySegment.NULL,
            0);
    LinuxException.check((int) sent, operation, subject);
  }

  /// The next datagram, valid until the one after it.
  private MemorySegment receive(String operation, String subject) throws LinuxException {
    int bytes = LinuxException.check(socket.receive(received), operation, subject);
    if (bytes > RECEIVE_BYTES) {
      throw new LinuxException(
          operation, subject, Errno.EMSGSIZE, "the answer has " + bytes + " bytes");
    }
    return received.asSlice(0, bytes);
  }

  static void refuseError(MemorySegment reply, String operation, String subject)
      throws LinuxException {
    if (Nlmsghdr.type(reply, 0) == Netlink.NLMSG_ERROR) {
      LinuxException.check(
          Nlmsgerr.error(reply, Nlmsghdr.BYTES), operation, subject, kernelWords(reply));
    }
  }

  private static String kernelWords(MemorySegment reply) {
    int both = Netlink.NLM_F_CAPPED | Netlink.NLM_F_ACK_TLVS;
    if ((Nlmsghdr.flags(reply, 0) & both) != both) {
      return "";
    }
    long text =
        Rtattr.find(
            reply, Nlmsghdr.BYTES + Nlmsgerr.BYTES, reply.byteSize(), Netlink.NLMSGERR_ATTR_MSG);
    return text < 0 ? "" : reply.getString(Rtattr.data(text));
  }

  @Override
  public void close() {
    socket.close();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
