package io.ringtap.ping.engine;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.Icmp6Filter;
import io.ringtap.linux.abi.IcmpFilter;
import io.ringtap.linux.abi.NetinetIn;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.SysSocket;
import io.ringtap.packet.IcmpHeader;
import io.ringtap.packet.IcmpType;
import io.ringtap.packet.Icmpv6Type;
import io.ringtap.packet.Ipv4Header;
import io.ringtap.socket.RingLayout;
import io.ringtap.socket.RingSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Raw ICMP sockets to send through, and a packet ring on all interfaces to receive from. The ring
/// also shows the requests as they depart, so both ends of a round trip carry stamps of one clock,
/// taken by the kernel at one place.
///
/// Large replies, which may have come in fragments, are read from the raw sockets instead, put
/// together.
final class RawEchoSockets implements EchoSockets {
  private static final String REMEDY = "needs CAP_NET_RAW";
  private static final int BATCH = 128;

  // The retire timer hands over a block each millisecond, however little is in it. Many small
  // blocks thus outlast a pause of this process that a few large ones of the same memory do not:
  // here, a second.
  private static final int BLOCK_BYTES = 16 * 1024;
  private static final int BLOCKS = 1024;
  private static final int RETIRE_MILLIS = 1;

  // A block waits for its retire timer, which older kernels round up to jiffies of up to 10 ms.
  private static final long DELIVERY_NANOS = 20_000_000;

  /// Packets of 576 bytes, which every IPv4 host takes (RFC 791 §3.2), are not worth splitting.
  private static final int LARGEST_BEHIND_OUR_HEADER =
      576 - Ipv4Header.MIN_BYTES - IcmpHeader.BYTES;

  private static final int SEND_BUFFER_BYTES = 4 << 20;
  private static final int RECEIVE_BUFFER_BYTES = 8 << 20;

  private final IdentifierBlock identifiers;
  private final Arena arena;
  private final Socket ipv4;

  // Small requests go out with an IP header of our own: a tenth less work for the kernel, which
  // need not be ready to put the packet together from parts, or to split it.
  private final Socket ipv4WithHeader;
  private final @Nullable Socket ipv6;
  private final RingSource ring;
  private final SendBatch batch4WithHeader;
  private final SendBatch batch4;
  private final @Nullable SendBatch batch6;
  private final List<SendBatch> batches;
  private final SocketReader reader4;
  private final @Nullable SocketReader reader6;
  private @Nullable RingReader ringReader; // the receiving thread's
  private boolean expectsLargeReplies; // the sending thread's

  private RawEchoSockets(
      IdentifierBlock identifiers,
      Socket ipv4,
      Socket ipv4WithHeader,
      @Nullable Socket ipv6,
      RingSource ring,
      Arena arena)
      throws LinuxException {
    this.identifiers = identifiers;
    this.ipv4 = ipv4;
    this.ipv4WithHeader = ipv4WithHeader;
    this.ipv6 = ipv6;
    this.ring = ring;
    this.arena = arena;
    int timeToLive = ipv4.intOption(NetinetIn.IPPROTO_IP, NetinetIn.IP_TTL, "IP_TTL");
    batch4WithHeader =
        new SendBatch(false, timeToLive, ipv4WithHeader.number(), BATCH, identifiers, arena);
    batch4 = new SendBatch(false, 0, ipv4.number(), BATCH, identifiers, arena);
    reader4 = new SocketReader(ipv4, false, true, identifiers, arena);
    batch6 = ipv6 == null ? null : new SendBatch(true, 0, ipv6.number(), BATCH, identifiers, arena);
    batches =
        batch6 == null
            ? List.of(batch4WithHeader, batch4)
            : List.of(batch4WithHeader, batch4, batch6);
    reader6 = ipv6 == null ? null : new SocketReader(ipv6, true, false, identifiers, arena);
  }

  /// Opens all in the network namespace of the calling thread.
  ///
  /// @throws IOException a [io.ringtap.error.LinuxException] without CAP_NET_RAW
  static RawEchoSockets open(IdentifierBlock identifiers) throws IOException {
    Arena arena = Arena.ofShared();
    Socket ipv4 = null;
    Socket ipv4WithHeader = null;
    Socket ipv6 = null;
    RingSource ring = null;
    try {
      ipv4 = openIpv4();
      prepare(ipv4, arena);
      ipv4WithHeader = openIpv4();
      prepare(ipv4WithHeader, arena);
      ipv4WithHeader.option(NetinetIn.IPPROTO_IP, NetinetIn.IP_HDRINCL, 1, "IP_HDRINCL");
      ipv4.attachFilter(EchoFilter.onRawIpv4(identifiers).toSockFilters(arena));
      ipv6 = openIpv6();
      if (ipv6 != null) {
        filter6(ipv6, Icmp6Filter.blockingAll(arena));
        ipv6.attachFilter(EchoFilter.onRawIpv6(identifiers).toSockFilters(arena));
      }
      ring =
          RingSource.openCooked(
              EchoFilter.onRing(identifiers), new RingLayout(BLOCK_BYTES, BLOCKS, RETIRE_MILLIS));
      return new RawEchoSockets(identifiers, ipv4, ipv4WithHeader, ipv6, ring, arena);
    } catch (Throwable e) {
      close(arena, ring, ipv6, ipv4WithHeader, ipv4);
      throw e;
    }
  }

  private static Socket open(int family, int protocol, String name) throws LinuxException {
    Socket socket =
        Socket.open(family, SysSocket.SOCK_RAW, protocol, name, "echo requests", REMEDY);
    // Room for bursts to a neighbour that is still being resolved; as much as is allowed will do.
    int _ = socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_SNDBUF, SEND_BUFFER_BYTES);
    // And for bursts of large replies, of which the default holds less than a batch of requests
    // brings. Beyond net.core.rmem_max only with CAP_NET_ADMIN.
    if (socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUFFORCE, RECEIVE_BUFFER_BYTES)
        < 0) {
      int _ = socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    }
    return socket;
  }

  private static Socket openIpv4() throws LinuxException {
    return open(SysSocket.AF_INET, NetinetIn.IPPROTO_ICMP, "socket(AF_INET, SOCK_RAW)");
  }

  private static void prepare(Socket ipv4, Arena arena) throws LinuxException {
    ipv4.option(SysSocket.SOL_SOCKET, SysSocket.SO_BROADCAST, 1, "SO_BROADCAST");
    filter(ipv4, IcmpFilter.blockingAll(arena));
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
  public boolean mayReportEarlierErrors() {
    return false;
  }

  @Override
  public int maxProbes() {
    return IdentifierBlock.MAX_PROBES;
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
  public @Nullable SendBatch batch(boolean forIpv6, ProbeForm form) {
    if (forIpv6) {
      return batch6;
    }
    // Whoever brings the header may forge the source: the kernel no longer asks whose it is.
    boolean withHeader = form.payloadBytes() <= LARGEST_BEHIND_OUR_HEADER && form.source() == null;
    return withHeader ? batch4WithHeader : batch4;
  }

  @Override
  public List<SendBatch> batches() {
    return batches;
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
      int packets = ring.drain(reader);
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
    return ring.hasMore();
  }

  @Override
  public long dropped() {
    return ring.counters().dropped();
  }

  @Override
  public void close() {
    close(arena, ring, ipv6, ipv4WithHeader, ipv4);
  }

  private static void close(Arena arena, @Nullable RingSource ring, @Nullable Socket... sockets) {
    if (ring != null) {
      ring.close();
    }
    for (Socket socket : sockets) {
      if (socket != null) {
        socket.close();
      }
    }
    arena.close();
  }
}
