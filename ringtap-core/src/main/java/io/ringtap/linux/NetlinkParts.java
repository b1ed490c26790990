package io.ringtap.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.abi.netlink.Netlink;
import io.ringtap.linux.abi.netlink.Nlmsghdr;
import io.ringtap.linux.abi.netlink.Rtattr;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// Assembles an answer that comes in parts (`NLM_F_DUMP`, `netlink(7)`): any number of datagrams,
/// each of any number of messages, the last of which is `NLMSG_DONE`.
final class NetlinkParts {
  private final int sequence;
  private final String operation;
  private final String subject;
  private final Consumer<MemorySegment> visitor;
  private boolean isComplete;
  private boolean isConsistent = true;

  /// @param sequence the number of the request; messages with another number are ignored
  /// @param visitor called with each message, header included
  NetlinkParts(int sequence, String operation, String subject, Consumer<MemorySegment> visitor) {
    this.sequence = sequence;
    this.operation = operation;
    this.subject = subject;
    this.visitor = visitor;
  }

  /// Takes one datagram.
  ///
  /// @throws LinuxException if it reports that the kernel refused the request or could not finish
  ///   it
  void accept(MemorySegment datagram) throws LinuxException {
    long end = datagram.byteSize();
    long at = 0;
    while (!isComplete && end - at >= Nlmsghdr.BYTES) {
      int length = Nlmsghdr.length(datagram, at);
      if (length < Nlmsghdr.BYTES || length > end - at) {
        throw new LinuxException(
            operation, subject, Errno.EIO, "a message of " + length + " bytes");
      }
      if (Nlmsghdr.sequence(datagram, at) == sequence) {
        message(datagram.asSlice(at, length));
      }
      at += Rtattr.align(length);
    }
  }

  private void message(MemorySegment message) throws LinuxException {
    if ((Nlmsghdr.flags(message, 0) & Netlink.NLM_F_DUMP_INTR) != 0) {
      isConsistent = false;
    }
    switch (Nlmsghdr.type(message, 0)) {
      case Netlink.NLMSG_NOOP -> {}
      case Netlink.NLMSG_ERROR -> {
        NetlinkSocket.refuseError(message, operation, subject);
        isComplete = true;
      }
      case Netlink.NLMSG_DONE -> {
        if (message.byteSize() >= Nlmsghdr.BYTES + Integer.BYTES) {
          LinuxException.check(message.get(JAVA_INT, Nlmsghdr.BYTES), operation, subject);
        }
        isComplete = true;
      }
      default -> visitor.accept(message);
    }
  }

  boolean isComplete() {
    return isComplete;
  }

  /// Whether the listed objects stayed the same from the first part to the last.
  boolean isConsistent() {
    return isConsistent;
  }
}
