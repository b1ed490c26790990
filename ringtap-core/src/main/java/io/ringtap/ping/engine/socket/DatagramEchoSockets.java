package io.ringtap.ping.engine.socket;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.NetTstamp;
import io.ringtap.linux.abi.socket.NetinetIn;
import io.ringtap.linux.abi.socket.SockaddrIn;
import io.ringtap.linux.abi.socket.SockaddrIn6;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.ping.engine.probe.IdentifierBlock;
import io.ringtap.ping.engine.probe.ProbeForm;
import io.ringtap.ping.engine.probe.ProbeIdentity;
import io.ringtap.ping.engine.probe.ProbeJudge;
import io.ringtap.socket.PollSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ICMP datagram sockets (`icmp(7)`), one for each family, for processes without CAP_NET_RAW. The
/// kernel owns the identifiers and stamps what arrives. Departures, with their stamps, and ICMP
/// errors come through the error queue.
public final class DatagramEchoSockets implements EchoSockets {
  /// Probes that one identifier distinguishes.
  private static final int MAX_PROBES = 1 << 16;

  private static final int BATCH = 32;

  /// Batches of a pass: more than the receive buffer holds.
  private static final int MOST_BATCHES = 1024;

  /// Requests come back as they depart, with a stamp.
  private static final int STAMP_DEPARTURES =
      NetTstamp.SOF_TIMESTAMPING_TX_SOFTWARE | NetTstamp.SOF_TIMESTAMPING_SOFTWARE;

  private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
  private static final String REMEDY =
      "grant CAP_NET_RAW (run as root, or with setpriv --ambient-caps +net_raw), or let the group"
          + " use ICMP sockets: sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"";

  private final Arena arena;
  private final Socket ipv4;
  private final @Nullable Socket ipv6;
  private final SendBatch batch4;
  private final @Nullable SendBatch batch6;
  private final List<SendBatch> batches;
  private final SocketReader reader4;
  private final @Nullable SocketReader reader6;
  private final ErrorQueueReader errors4;
  private final @Nullable ErrorQueueReader errors6;
  private boolean isCutShort; // the receiving thread's

  private DatagramEchoSockets(
      Socket ipv4, @Nullable Socket ipv6, int tag, int identifier, Arena arena)
      throws LinuxException {
    this.arena = arena;
    this.ipv4 = ipv4;
    this.ipv6 = ipv6;
    IdentifierBlock identifier4 = bind(ipv4, false, identifier);
    batch4 = batch(ipv4, false, new ProbeIdentity(identifier4, tag), arena);
    reader4 = new SocketReader(ipv4, false, false, identifier4, arena);
    errors4 = new ErrorQueueReader(ipv4, false, identifier4, arena);
    if (ipv6 == null) {
      batch6 = null;
      reader6 = null;
      errors6 = null;
      batches = List.of(batch4);
    } else {
      IdentifierBlock identifier6 = bind(ipv6, true, identifier);
      batch6 = batch(ipv6, true, new ProbeIdentity(identifier6, tag), arena);
      batches = List.of(batch4, batch6);
      reader6 = new SocketReader(ipv6, true, false, identifier6, arena);
      errors6 = new ErrorQueueReader(ipv6, true, identifier6, arena);
    }
  }

  private static SendBatch batch(Socket socket, boolean ipv6, ProbeIdentity identity, Arena arena)
      throws LinuxException {
    return new SendBatch(ipv6, new EchoOutlet(socket, ipv6), BATCH, identity, arena);
  }

  /// Opens all in the network namespace of the calling thread.
  ///
  /// @param tag the pinger's, for its payloads
  /// @param identifier the ICMP identifier; 0 has the kernel choose one
  /// @throws LinuxException if the process's groups are not in `net.ipv4.ping_group_range`
  ///   (`EACCES`)
  public static DatagramEchoSockets open(int tag, int identifier) throws LinuxException {
    Arena arena = Arena.ofShared();
    Socket ipv4 = null;
    Socket ipv6 = null;
    try {
      ipv4 = socket(SysSocket.AF_INET, NetinetIn.IPPROTO_ICMP);
      ipv4.option(NetinetIn.IPPROTO_IP, NetinetIn.IP_RECVERR, 1, "IP_RECVERR");
      ipv6 = openIpv6();
      return new DatagramEchoSockets(ipv4, ipv6, tag, identifier, arena);
    } catch (Throwable e) {
      close(ipv4, ipv6, arena);
      throw e;
    }
  }

  private static @Nullable Socket openIpv6() throws LinuxException {
    try {
      Socket socket = socket(SysSocket.AF_INET6, NetinetIn.IPPROTO_ICMPV6);
      int _ = socket.tryOption(NetinetIn.IPPROTO_IPV6, NetinetIn.IPV6_RECVERR, 1);
      return socket;
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.EAFNOSUPPORT)) {
        return null;
      }
      throw e;
    }
  }

  private static Socket socket(int family, int protocol) throws LinuxException {
    Socket socket = Socket.open(family, SysSocket.SOCK_DGRAM, protocol, "echo requests", REMEDY);
    int _ = socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
    socket.option(
        SysSocket.SOL_SOCKET, SysSocket.SO_TIMESTAMPING, STAMP_DEPARTURES, "SO_TIMESTAMPING");
    return socket;
  }

  /// Gives a socket its identifier, which is the port that it is bound to: one that the kernel
  /// chooses for port 0.
  private static IdentifierBlock bind(Socket socket, boolean ipv6, int identifier)
      throws LinuxException {
    try (Arena setUp = Arena.ofConfined()) {
      MemorySegment address = setUp.allocate(ipv6 ? SockaddrIn6.LAYOUT : SockaddrIn.LAYOUT);
      MemorySegment length = setUp.allocateFrom(ValueLayout.JAVA_INT, (int) address.byteSize());
      if (ipv6) {
        SockaddrIn6.write(address, 0, identifier, 0, 0, 0);
      } else {
        SockaddrIn.write(address, 0, identifier, 0);
      }
      socket.bind(address);
      int rc = Libc.getsockname(CallState.current(), socket.number(), address, length);
      LinuxException.check(rc, "getsockname", "echo requests");
      int port = ipv6 ? SockaddrIn6.port(address, 0) : SockaddrIn.port(address, 0);
      return new IdentifierBlock(port, 0);
    }
  }

  @Override
  public boolean mayReportEarlierErrors() {
    return true;
  }

  @Override
  public int maxProbes() {
    return MAX_PROBES;
  }

  /// The kernel lets these sockets send echo requests only.
  @Override
  public boolean sendsTimestampRequests() {
    return false;
  }

  @Override
  public long deliveryNanos() {
    return DELIVERY_NANOS;
  }

  @Override
  public @Nullable SendBatch batch(boolean forIpv6) {
    return forIpv6 ? batch6 : batch4;
  }

  /// Another socket would have another identifier: there is none.
  @Override
  public void relieve(SendBatch batch) {}

  /// The receiving thread reads the error queue.
  @Override
  public void refused(SendBatch batch) {}

  @Override
  public List<SendBatch> batches() {
    return batches;
  }

  /// Datagram sockets are shown all replies whole.
  @Override
  public void expectReplies(ProbeForm form) {}

  @Override
  public void watch(PollSet descriptors) {
    PollSet _ = descriptors.add(reader4.number());
    if (reader6 != null) {
      PollSet _ = descriptors.add(reader6.number());
    }
  }

  @Override
  public int drain(ProbeJudge judge) {
    isCutShort = false;
    int shown = drain(reader4, errors4, judge);
    return reader6 == null || errors6 == null ? shown : shown + drain(reader6, errors6, judge);
  }

  private int drain(SocketReader reader, ErrorQueueReader errors, ProbeJudge judge) {
    int shown = 0;
    for (int batch = 0; batch < MOST_BATCHES; batch++) {
      int received = reader.receive();
      shown += errors.drain(judge); // what the replies answer has departed by now
      reader.show(received, judge);
      shown += received;
      if (!SocketReader.isFull(received)) {
        return shown;
      }
    }
    isCutShort = true;
    return shown;
  }

  @Override
  public long completeUntil(long before, long shown) {
    return isCutShort ? Long.MIN_VALUE : before;
  }

  /// Half of what there is, for departures lie in the same buffer.
  @Override
  public int bufferBytes() {
    int bytes = reader4.bufferBytes() / 2;
    return reader6 == null ? bytes : Math.min(bytes, reader6.bufferBytes() / 2);
  }

  @Override
  public long answersDropped() {
    long dropped = reader4.dropped();
    return reader6 == null ? dropped : dropped + reader6.dropped();
  }

  @Override
  public long departuresDropped() {
    return 0; // the kernel does not count them
  }

  @Override
  public void close() {
    errors4.close();
    reader4.close();
    if (reader6 != null && errors6 != null) {
      errors6.close();
      reader6.close();
    }
    close(ipv4, ipv6, arena);
  }

  private static void close(@Nullable Socket ipv4, @Nullable Socket ipv6, Arena arena) {
    if (ipv6 != null) {
      ipv6.close();
    }
    if (ipv4 != null) {
      ipv4.close();
    }
    arena.close();
  }
}
