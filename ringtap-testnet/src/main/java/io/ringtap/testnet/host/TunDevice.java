package io.ringtap.testnet.host;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.FileDescriptor;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Fcntl;
import io.ringtap.linux.abi.IfTun;
import io.ringtap.linux.abi.Ifreq;
import io.ringtap.testnet.Link;
import io.ringtap.testnet.NetworkNamespace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A TUN interface: this JVM reads the IP packets that the namespace routes to it, and the
/// namespace receives what is written here. Closing removes the interface.
///
/// Any thread may read and write, one packet per call.
final class TunDevice implements AutoCloseable {
  private static final String DEVICE = "/dev/net/tun";

  private final FileDescriptor descriptor;
  private final Link link;

  private TunDevice(FileDescriptor descriptor, Link link) {
    this.descriptor = descriptor;
    this.link = link;
  }

  /// Creates the interface `name` in `namespace`, down and without addresses.
  ///
  /// @throws IOException (a LinuxException) if the kernel refuses: `ENOENT` without /dev/net/tun,
  ///   `EBUSY` if the name is taken, `EPERM` without CAP_NET_ADMIN
  /// @throws IllegalArgumentException if `name` is empty or longer than 15 bytes
  static TunDevice create(NetworkNamespace namespace, String name) throws IOException {
    Link link = namespace.link(name);
    return namespace.call(() -> {
      FileDescriptor descriptor = open(link.toString());
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment request = Ifreq.allocate(arena, name, IfTun.IFF_TUN | IfTun.IFF_NO_PI);
        int rc = Libc.ioctl(CallState.current(), descriptor.number(), IfTun.TUNSETIFF, request);
        LinuxException.check(rc, "ioctl(TUNSETIFF)", link.toString(), "needs CAP_NET_ADMIN");
        return new TunDevice(descriptor, link);
      } catch (LinuxException | RuntimeException e) {
        descriptor.close();
        throw e;
      }
    });
  }

  private static FileDescriptor open(String subject) throws LinuxException {
    int flags = Fcntl.O_RDWR | Fcntl.O_NONBLOCK | Fcntl.O_CLOEXEC;
    try (Arena arena = Arena.ofConfined()) {
      int fd = Libc.open(CallState.current(), arena.allocateFrom(DEVICE), flags, 0);
      return new FileDescriptor(LinuxException.check(fd, "open(" + DEVICE + ")", subject));
    }
  }

  /// The interface in its namespace.
  Link link() {
    return link;
  }

  boolean isOpen() {
    return descriptor.isOpen();
  }

  /// The descriptor to poll for `POLLIN`.
  ///
  /// @throws IllegalStateException if the device is closed
  int number() {
    return descriptor.number();
  }

  /// Reads one packet without waiting.
  ///
  /// @return its bytes, or `-errno`: `-EAGAIN` when there is none
  long read(MemorySegment callState, MemorySegment packet) {
    return Libc.read(callState, descriptor.number(), packet, packet.byteSize());
  }

  /// Passes one packet, the first `bytes` of `packet`, to the namespace.
  ///
  /// @return its bytes, or `-errno`: `-EIO` when the link is down
  long write(MemorySegment callState, MemorySegment packet, long bytes) {
    return Libc.write(callState, descriptor.number(), packet, bytes);
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
