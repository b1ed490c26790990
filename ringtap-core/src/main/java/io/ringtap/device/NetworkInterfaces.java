package io.ringtap.device;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import java.util.List;
import java.util.Optional;

/// Answers single questions about the interfaces of the calling thread's network namespace. For
/// many questions, or from threads that may be in other namespaces, use [RtnetlinkSocket].
public final class NetworkInterfaces {
  private NetworkInterfaces() {}

  /// All interfaces with their addresses, by index.
  ///
  /// @throws LinuxException `EMFILE` or `ENFILE` if there are no descriptors left; `EBUSY` if
  ///   interfaces or addresses keep changing while they are listed
  public static List<NetworkInterface> list() throws LinuxException {
    try (RtnetlinkSocket socket = RtnetlinkSocket.open()) {
      return socket.interfaces();
    }
  }

  /// The interface of this name; empty if there is none.
  ///
  /// @throws LinuxException as [#list]
  public static Optional<NetworkInterface> byName(String name) throws LinuxException {
    try (RtnetlinkSocket socket = RtnetlinkSocket.open()) {
      Optional<Link> link = socket.byName(name);
      return link.isEmpty() ? Optional.empty() : Optional.of(socket.withAddresses(link.get()));
    }
  }

  /// The interface of this index; empty if there is none.
  ///
  /// @throws LinuxException as [#list]
  public static Optional<NetworkInterface> byIndex(int index) throws LinuxException {
    try (RtnetlinkSocket socket = RtnetlinkSocket.open()) {
      Optional<Link> link = socket.byIndex(index);
      return link.isEmpty() ? Optional.empty() : Optional.of(socket.withAddresses(link.get()));
    }
  }

  /// The counters of an interface.
  ///
  /// @throws LinuxException `ENODEV` if no interface has this index; `EMFILE` or `ENFILE` if there
  ///   are no descriptors left
  public static InterfaceCounters counters(int index) throws LinuxException {
    try (RtnetlinkSocket socket = RtnetlinkSocket.open()) {
      return socket
          .counters(index)
          .orElseThrow(() ->
              new LinuxException(
                  "RTM_GETLINK", "the counters of interface " + index, Errno.ENODEV, ""));
    }
  }
}
