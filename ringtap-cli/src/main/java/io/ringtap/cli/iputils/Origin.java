package io.ringtap.cli.iputils;

import io.ringtap.cli.run.BadArgument;
import io.ringtap.cli.run.Messages;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// From where this machine reaches the destination: asked of the kernel before the first probe, by
/// connecting a datagram socket, so that what cannot be reached is refused as ping refuses it.
final class Origin {
  private static final int ANY_PORT = 1025; // of a socket that sends nothing
  private static final int MOST_IPV4_BYTES = 0xffff;

  private final Destination destination;
  private final @Nullable String device;
  private final RouteOptions options;
  private final Messages messages;
  private final boolean isIpv6;
  private @Nullable IpAddress source;
  private boolean isOwnAddress;

  private Origin(Destination destination, RouteOptions options, Messages messages) {
    this.destination = destination;
    this.options = options;
    this.messages = messages;
    source = options.source();
    device = options.device();
    isIpv6 = destination.address().isIpv6();
  }

  /// Finds out.
  ///
  /// @throws BadArgument if the destination cannot be reached that way
  static Origin of(Destination destination, RouteOptions options, Messages messages)
      throws BadArgument, LinuxException {
    Origin origin = new Origin(destination, options, messages);
    String device = origin.device;
    if (device != null && origin.isIpv6 && Destination.interfaceIndex(device) < 0) {
      throw new BadArgument("unknown iface: " + device);
    }
    try (Arena arena = Arena.ofConfined();
        Socket socket = origin.open()) {
      IpAddress source = origin.source;
      if (source == null) {
        origin.connect(socket, arena);
      } else {
        int rc = origin.bind(socket, arena, source);
        refuseIf(rc < 0, origin.isIpv6 ? "bind icmp socket" : "bind", rc);
      }
    }
    return origin;
  }

  /// A socket that goes the way of the probes.
  private Socket open() throws BadArgument, LinuxException {
    int domain = isIpv6 ? SysSocket.AF_INET6 : SysSocket.AF_INET;
    Socket socket = Socket.open(domain, SysSocket.SOCK_DGRAM, 0, "the look-up of the route", "");
    if (device != null) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment name = arena.allocateFrom(device, StandardCharsets.UTF_8);
        int rc = socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_BINDTODEVICE, name);
        if (rc < 0) {
          socket.close();
        }
        refuseIf(rc < 0, "SO_BINDTODEVICE " + device, rc);
      }
    }
    return socket;
  }

  private void connect(Socket socket, Arena arena) throws BadArgument {
    MemorySegment to = address(arena, destination.address(), scopeId(), ANY_PORT);
    int rc = connect(socket, to);
    if (Errno.EACCES.is(rc) && !isIpv6) {
      if (!options.isBroadcast) {
        throw new BadArgument(
            "Do you want to ping broadcast? Then -b. If not, check your local firewall rules");
      }
      messages.line("WARNING: pinging broadcast address");
      int _ = socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_BROADCAST, 1);
      rc = connect(socket, to);
    }
    refuseIf(rc < 0, "connect", rc);
    IpAddress chosen = localAddress(socket, arena);
    source = chosen;
    if (device != null && !isIpv6) {
      if (!hasAddress(device, chosen)) {
        messages.print("Warning: source address might be selected on device other than: " + device);
      } else {
        isOwnAddress = chosen.equals(destination.address());
      }
    }
  }

  private static int connect(Socket socket, MemorySegment to) {
    return Libc.connect(CallState.current(), socket.number(), to, (int) to.byteSize());
  }

  private int bind(Socket socket, Arena arena, IpAddress from) {
    MemorySegment address = address(arena, from, isLinkLocal(from) ? scopeId() : 0, 0);
    return Libc.bind(CallState.current(), socket.number(), address, (int) address.byteSize());
  }

  private static void refuseIf(boolean isRefused, String call, int rc) throws BadArgument {
    if (isRefused) {
      throw new BadArgument(call + ": " + text(Errno.of(rc)));
    }
  }

  /// An error in the words of `strerror(3)`.
  static String text(Errno errno) {
    if (errno.equals(Errno.EADDRNOTAVAIL)) {
      return "Cannot assign requested address";
    }
    String description = errno.description();
    return description.substring(0, 1).toUpperCase(Locale.ROOT) + description.substring(1);
  }

  private MemorySegment address(Arena arena, IpAddress address, int scopeId, int port) {
    if (isIpv6) {
      MemorySegment memory = arena.allocate(SockaddrIn6.LAYOUT);
      SockaddrIn6.write(memory, 0, port, address.high(), address.low(), scopeId);
      return memory;
    }
    MemorySegment memory = arena.allocate(SockaddrIn.LAYOUT);
    SockaddrIn.write(memory, 0, port, (int) address.low());
    return memory;
  }

  private IpAddress localAddress(Socket socket, Arena arena) throws BadArgument {
    MemorySegment memory = arena.allocate(isIpv6 ? SockaddrIn6.LAYOUT : SockaddrIn.LAYOUT);
    MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) memory.byteSize());
    int rc = Libc.getsockname(CallState.current(), socket.number(), memory, length);
    refuseIf(rc < 0, "getsockname", rc);
    return isIpv6
        ? IpAddress.ofIpv6(SockaddrIn6.high(memory, 0), SockaddrIn6.low(memory, 0))
        : IpAddress.ofIpv4(SockaddrIn.address(memory, 0));
  }

  private static boolean hasAddress(String device, IpAddress address) {
    try {
      NetworkInterface found = NetworkInterface.getByName(device);
      InetAddress wanted = address.toInetAddress();
      return found != null && found.inetAddresses().anyMatch(wanted::equals);
    } catch (SocketException e) {
      return false;
    }
  }

  /// The address that probes come from.
  @Nullable IpAddress source() {
    return source;
  }

  /// The interface that probes are to leave by; 0 leaves the choice to routing, as it does for an
  /// address of the interface itself, to which the way is another.
  int interfaceIndex() {
    return device == null || isOwnAddress ? 0 : Math.max(0, Destination.interfaceIndex(device));
  }

  /// The interface index that a link-local destination needs.
  int scopeId() {
    int scopeId = destination.scopeId();
    return scopeId == 0 && device != null && isLinkLocal(destination.address())
        ? Math.max(0, Destination.interfaceIndex(device))
        : scopeId;
  }

  private static boolean isLinkLocal(IpAddress address) {
    long top = address.high() >>> 48;
    return address.isIpv6() && ((top & 0xFFC0) == 0xFE80 || (top & 0xFF0F) == 0xFF02);
  }

  /// What follows an address that is on the link: `%` and the interface; else nothing.
  String scopeOf(IpAddress address) {
    int scopeId = scopeId();
    if (scopeId == 0 || !isLinkLocal(address)) {
      return "";
    }
    try {
      NetworkInterface found = NetworkInterface.getByIndex(scopeId);
      return "%" + (found == null ? Integer.toString(scopeId) : found.getName());
    } catch (SocketException e) {
      return "%" + scopeId;
    }
  }

  /// Appends where probes come from, if that was asked for.
  void appendFrom(StringBuilder text) {
    if (device != null || options.isSourceFixed()) {
      text.append("from ").append(source).append(' ');
      text.append(device == null ? "" : device).append(": ");
    }
  }

  /// The address that probes go to: the unspecified one stands for this machine.
  IpAddress target() {
    IpAddress address = destination.address();
    boolean isUnspecified = address.high() == 0 && address.low() == 0;
    IpAddress chosen = source;
    return isUnspecified && chosen != null ? chosen : address;
  }

  /// Whether many may answer.
  boolean isToMany() {
    return options.isBroadcast || destination.address().isMulticast();
  }

  /// The MTU of the way to the destination, as far as the kernel knows it; 0 if it does not.
  int mtu() {
    try (Arena arena = Arena.ofConfined();
        Socket socket = open()) {
      int rc = connect(socket, address(arena, destination.address(), scopeId(), ANY_PORT));
      int mtu =
          rc < 0
              ? 0
              : isIpv6
                  ? socket.intOption(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_MTU, "IPV6_MTU")
                  : socket.intOption(NetinetIn.IPPROTO_IP, NetinetIn.IP_MTU, "IP_MTU");
      return Math.min(mtu, MOST_IPV4_BYTES);
    } catch (BadArgument | LinuxException e) {
      return 0;
    }
  }
}
