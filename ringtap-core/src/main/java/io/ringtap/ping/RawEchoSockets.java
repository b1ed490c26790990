package io.ringtap.ping;

import io.ringtap.capture.PacketSocket;
import io.ringtap.linux.Errno;
import io.ringtap.linux.Icmp6Filter;
import io.ringtap.linux.IcmpFilter;
import io.ringtap.linux.LinuxException;
import io.ringtap.linux.NetinetIn;
import io.ringtap.linux.PollFd;
import io.ringtap.linux.Socket;
import io.ringtap.linux.SysSocket;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Raw ICMP sockets to send through, and a packet ring on all interfaces to receive from. The ring
/// also shows the requests as they depart, so both ends of a round trip carry stamps of one clock,
/// taken by the kernel at one place.
///
/// Large replies, which may have come in fragments, are read from the raw sockets instead, put
/// together.
final class RawEchoSockets implements EchoSockets {
  private static final int BATCH = 128;

  // The retire timer hands over a block each millisecond, however little is in it. Many small
  // blocks thus
  // outlast a pause of this process that a few large ones of the same memory do not: here, a
  // second.
  private static final int BLOCK_BYTES = 16 * 1024;
  private static final int BLOCKS = 1024;
  private static final int RETIRE_MILLIS = 1;

  // A block waits for its retire timer, which older kernels round up to jiffies of up to 10 ms.
  private static final long DELIVERY_NANOS = 20_000_000;
  private static final int SEND_BUFFER_BYTES = 4 << 20;
  private static final int RECEIVE_BUFFER_BYTES = 8 << 20;

  private final IdentifierBlock identifiers;
  private final Arena arena;
  private final Socket ipv4;
  private final @Nullable Socket ipv6;
  private final PacketSocket ring;
  private final SendBatch batch4;
  private final @Nullable SendBatch batch6;
  private final SocketReader reader4;
  private final @Nullable SocketReader reader6;
  private @Nullable RingReader ringReader; // the receiving thread's
  private boolean expectsLargeReplies; // the sending thread's

  private RawEchoSockets(
      IdentifierBlock identifiers,
      Socket ipv4,
      @Nullable Socket ipv6,
      PacketSocket ring,
      Arena arena)
      throws LinuxException {
    this.identifiers = identifiers;
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
    this.ring = ring;
    this.arena = arena;
    batch4 = new SendBatch(false, ipv4.number(), BATCH, identifiers, arena);
    reader4 = new SocketReader(ipv4, false, true, identifiers, arena);
    batch6 = ipv6 == null ? null : new SendBatch(true, ipv6.number(), BATCH, identifiers, arena);
    reader6 = ipv6 == null ? null : new SocketReader(ipv6, true, false, identifiers, arena);
  }

  /// Opens all in the network namespace of the calling thread.
  ///
  /// @throws LinuxException without CAP_NET_RAW
  static RawEchoSockets open(IdentifierBlock identifiers) throws LinuxException {
    Arena arena = Arena.ofShared();
    Socket ipv4 = null;
    Socket ipv6 = null;
    PacketSocket ring = null;
    try {
      ipv4 = open(SysSocket.AF_INET, NetinetIn.IPPROTO_ICMP, "socket(AF_INET, SOCK_RAW)");
      ipv4.option(SysSocket.SOL_SOCKET, SysSocket.SO_BROADCAST, 1, "SO_BROADCAST");
      filter(ipv4, IcmpFilter.blockingAll(arena));
      ipv4.attachFilter(EchoFilter.onRawIpv4(identifiers).toSockFilters(arena));
      ipv6 = openIpv6();
      if (ipv6 != null) {
        filter6(ipv6, Icmp6Filter.blockingAll(arena));
        ipv6.attachFilter(EchoFilter.onRawIpv6(identifiers).toSockFilters(arena));
      }
      ring =
          PacketSocket.openCooked(
              EchoFilter.onRing(identifiers), BLOCK_BYTES, BLOCKS, RETIRE_MILLIS);
      return new RawEchoSockets(identifiers, ipv4, ipv6, ring, arena);
    } catch (LinuxException | RuntimeException e) {
      close(ipv4, ipv6, ring, arena);
      throw e;
    }
  }

  private static Socket open(int family, int protocol, String name) throws LinuxException {
    Socket socket =
        Socket.open(
            family, SysSocket.SOCK_RAW, protocol, name, "echo requests", PacketSocket.REMEDY);
    // Room for bursts to a neighbour that is still being resolved; as much as is allowed will do.
    int _ = socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_SNDBUF, SEND_BUFFER_BYTES);
    // And for bursts of large replies, of which the default holds less than a batch of requests
    // brings. Beyond net.core.rmem_max with CAP_NET_ADMIN alone.
    if (socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES)
        < 0) {
      int _ = socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    }
    return socket;
  }

  private static @Nullable Socket openIpv6() throws LinuxException {
    try {
      return open(SysSocket.AF_INET6, NetinetIn.IPPROTO_ICMPV6, "socket(AF_INET6, SOCK_RAW)");
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.EAFNOSUPPORT)) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public Transport transport() {
    return Transport.RAW;
  }

  @Override
  public boolean seesDepartures() {
    return true;
  }

  @Override
  public long deliveryNanos() {
    return DELIVERY_NANOS;
  }

  @Override
  public @Nullable SendBatch batch(boolean forIpv6) {
    return forIpv6 ? batch6 : batch4;
  }

  /// Until now the raw sockets are shown nothing, which saves the kernel a copy of every reply.
  @Override
  public void expectLargeReplies() throws LinuxException {
    if (expectsLargeReplies) {
      return;
    }
    try (Arena setUp = Arena.ofConfined()) {
      filter(ipv4, IcmpFilter.passing(setUp, IcmpType.ECHO_REPLY));
      if (ipv6 != null) {
        filter6(ipv6, Icmp6Filter.passing(setUp, Icmpv6Type.ECHO_REPLY));
      }
    }
    expectsLargeReplies = true;
  }

  private static void filter(Socket socket, MemorySegment filter) throws LinuxException {
    socket.option(SysSocket.SOL_RAW, IcmpFilter.ICMP_FILTER, filter, "ICMP_FILTER");
  }

  private static void filter6(Socket socket, MemorySegment filter) throws LinuxException {
    socket.option(NetinetIn.IPPROTO_ICMPV6, Icmp6Filter.ICMP6_FILTER, filter, "ICMP6_FILTER");
  }

  @Override
  public int watch(MemorySegment pollFds, int index) {
    int next = index;
    PollFd.set(pollFds, next++, ring.number(), PollFd.POLLIN);
    PollFd.set(pollFds, next++, reader4.number(), PollFd.POLLIN);
    if (reader6 != null) {
      PollFd.set(pollFds, next++, reader6.number(), PollFd.POLLIN);
    }
    return next;
  }

  @Override
  public int drain(ProbeJudge judge) {
    RingReader reader = ringReader;
    if (reader == null) {
      reader = new RingReader(judge, identifiers);
      ringReader = reader;
    }
    int shown = 0;
    // Once round the ring takes all that was handed over before; what comes meanwhile can wait its
    // turn.
    for (int i = 0; i < BLOCKS; i++) {
      int packets = ring.ring().drain(reader);
      if (packets == 0) {
        break;
      }
      shown += packets;
    }
    shown += reader4.drain(judge);
    return reader6 == null ? shown : shown + reader6.drain(judge);
  }

  @Override
  public boolean hasMore() {
    return ring.ring().hasUnretired();
  }

  @Override
  public long dropped() {
    return ring.counters().dropped();
  }

  @Override
  public void close() {
    close(ipv4, ipv6, ring, arena);
  }

  private static void close(
      @Nullable Socket ipv4, @Nullable Socket ipv6, @Nullable PacketSocket ring, Arena arena) {
    if (ring != null) {
      ring.close();
    }
    if (ipv6 != null) {
      ipv6.close();
    }
    if (ipv4 != null) {
      ipv4.close();
    }
    arena.close();
  }
}
