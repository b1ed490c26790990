package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.linux.CallState;
import io.ringtap.linux.IfEther;
import io.ringtap.linux.IfPacket;
import io.ringtap.linux.LinuxException;
import io.ringtap.linux.Mapping;
import io.ringtap.linux.SockaddrLl;
import io.ringtap.linux.Socket;
import io.ringtap.linux.SysSocket;
import io.ringtap.linux.TpacketReq3;
import io.ringtap.linux.TpacketStatsV3;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A cooked AF_PACKET socket with a TPACKET_V3 ring, on every interface of the namespace in which
/// it was opened. It sees arriving and departing packets from their network header on, each with
/// the kernel's stamp (`packet(7)`, Documentation/networking/packet_mmap.rst).
public final class PacketSocket implements AutoCloseable {
  /// The remedy that exceptions name when the kernel refuses a packet socket.
  public static final String REMEDY = "needs CAP_NET_RAW";

  private static final String SUBJECT = "the receive ring";

  private final Socket socket;
  private final Mapping mapping;
  private final PacketRing ring;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment callState = CallState.allocate(arena);
  private final MemorySegment stats = arena.allocate(TpacketStatsV3.LAYOUT);
  private final MemorySegment statsLength = arena.allocate(ValueLayout.JAVA_INT);
  private long received;
  private long dropped;
  private long freezes;

  private PacketSocket(Socket socket, Mapping mapping, int blockCount) {
    this.socket = socket;
    this.mapping = mapping;
    this.ring = new PacketRing(mapping.memory(), blockCount);
  }

  /// Opens a socket that shows what `filter` passes, from its very first packet on: the socket
  /// listens to no protocol until ring and filter are in place.
  ///
  /// @param blockSize bytes of a block, a power of two and a multiple of the page size
  /// @param retireMillis after how long the kernel hands over a block that is not full
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`) or without memory for the ring
  public static PacketSocket openCooked(
      BpfProgram filter, int blockSize, int blockCount, int retireMillis) throws LinuxException {
    Socket socket =
        Socket.open(
            SysSocket.AF_PACKET, SysSocket.SOCK_DGRAM, 0, "socket(AF_PACKET)", SUBJECT, REMEDY);
    try (Arena setUp = Arena.ofConfined()) {
      socket.option(
          SysSocket.SOL_PACKET, IfPacket.PACKET_VERSION, IfPacket.TPACKET_V3, "PACKET_VERSION");
      // Turns on the stamp at the earliest point of reception; a stamp taken later, when the packet
      // reaches this socket, would depend on who else listens.
      socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
      socket.option(
          SysSocket.SOL_PACKET,
          IfPacket.PACKET_RX_RING,
          TpacketReq3.allocate(setUp, blockSize, blockCount, retireMillis),
          "PACKET_RX_RING");
      Mapping mapping =
          Mapping.ofDescriptor(socket.descriptor(), (long) blockSize * blockCount, SUBJECT);
      try {
        socket.attachFilter(filter.toSockFilters(setUp));
        MemorySegment everyInterface = setUp.allocate(SockaddrLl.LAYOUT);
        // ETH_P_ALL, because a socket bound to one protocol is not shown departing packets.
        SockaddrLl.write(everyInterface, 0, IfEther.ETH_P_ALL, 0);
        socket.bind(everyInterface);
        return new PacketSocket(socket, mapping, blockCount);
      } catch (LinuxException | RuntimeException e) {
        mapping.close();
        throw e;
      }
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /// The descriptor to poll for `POLLIN`: readable while a block is to be drained.
  public int number() {
    return socket.number();
  }

  /// The ring, for the one thread that drains it.
  public PacketRing ring() {
    return ring;
  }

  /// Adds what the kernel counted since the last call, which clears its own counters. One thread
  /// calls it.
  public RingCounters counters() {
    int rc =
        socket.readOption(
            callState, SysSocket.SOL_PACKET, IfPacket.PACKET_STATISTICS, stats, statsLength);
    if (rc >= 0) {
      long drops = TpacketStatsV3.drops(stats);
      received += TpacketStatsV3.packets(stats) - drops;
      dropped += drops;
      freezes += TpacketStatsV3.freezes(stats);
    }
    return new RingCounters(received, dropped, freezes);
  }

  /// Unmaps the ring and closes the socket. Nobody may be draining.
  @Override
  public void close() {
    mapping.close();
    socket.close();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
