package io.ringtap.socket;

import io.ringtap.bpf.BpfAssembler;
import io.ringtap.bpf.BpfProgram;
import io.ringtap.ebpf.kernel.LoadedProgram;
import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Mapping;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.bpf.SockFprog;
import io.ringtap.linux.abi.packet.IfEther;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.PacketMreq;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.TpacketReq;
import io.ringtap.linux.abi.packet.TpacketReq3;
import io.ringtap.linux.abi.packet.TpacketStats;
import io.ringtap.linux.abi.packet.TpacketStatsV3;
import io.ringtap.linux.abi.socket.SysSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// An AF_PACKET socket and the calls that set it up (`packet(7)`). It listens to nothing until it
/// is bound, so that ring and filter can be in place before the first packet.
///
/// One thread sets it up. Afterwards any thread may ask for the counters and change the filter.
public final class PacketSocket implements AutoCloseable {
  /// The remedy that exceptions name when the kernel refuses a packet socket.
  static final String REMEDY = "needs CAP_NET_RAW";

  private static final String SMALLER = "ask for a smaller buffer";

  private static final BpfProgram DROP_ALL = new BpfAssembler().ret(0).assemble();

  private final Socket socket;
  private final String subject;
  private StructLayout statsLayout = TpacketStats.LAYOUT;
  private SocketCounters counters = SocketCounters.NONE; // guarded by this
  private boolean isShut; // guarded by this

  private PacketSocket(Socket socket, String subject) {
    this.socket = socket;
    this.subject = subject;
  }

  /// Opens a socket in the network namespace of the calling thread.
  ///
  /// @param isCooked whether packets are shown from their network header on
  /// @param subject what exceptions call it
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`)
  public static PacketSocket open(boolean isCooked, String subject) throws LinuxException {
    int type = isCooked ? SysSocket.SOCK_DGRAM : SysSocket.SOCK_RAW;
    // Protocol 0: with ETH_P_ALL it would see every interface from here on.
    Socket socket = Socket.open(SysSocket.AF_PACKET, type, 0, subject, REMEDY);
    try {
      // Turns on the stamp at the earliest point of reception; a stamp taken later, when the packet
      // reaches this socket, would depend on who else listens.
      socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
      return new PacketSocket(socket, subject);
    } catch (LinuxException e) {
      socket.close();
      throw e;
    }
  }

  /// Gives the socket a TPACKET_V3 ring and maps it. The caller closes the mapping, before the
  /// socket.
  ///
  /// @throws LinuxException if there is no memory for it (`ENOMEM`)
  public Mapping mapRing(RingLayout layout) throws LinuxException {
    packetOption(IfPacket.PACKET_VERSION, IfPacket.TPACKET_V3, "PACKET_VERSION");
    try (Arena setUp = Arena.ofConfined()) {
      MemorySegment request =
          TpacketReq3.allocate(
              setUp,
              layout.blockBytes(),
              layout.blockCount(),
              layout.retireMillis(),
              layout.hasHashes() ? IfPacket.TP_FT_REQ_FILL_RXHASH : 0);
      statsLayout = TpacketStatsV3.LAYOUT;
      return mapRing(request, layout.bytes());
    }
  }

  /// Gives the socket a TPACKET_V2 ring and maps it. The caller closes the mapping, before the
  /// socket.
  ///
  /// @param blockBytes bytes of a block, a power-of-two multiple of the page size
  /// @param frameBytes bytes of a frame, a multiple of `TPACKET_ALIGNMENT`
  /// @throws LinuxException if there is no memory for it (`ENOMEM`)
  public Mapping mapFrames(int blockBytes, int blockCount, int frameBytes) throws LinuxException {
    packetOption(IfPacket.PACKET_VERSION, IfPacket.TPACKET_V2, "PACKET_VERSION");
    try (Arena setUp = Arena.ofConfined()) {
      MemorySegment request = TpacketReq.allocate(setUp, blockBytes, blockCount, frameBytes);
      return mapRing(request, (long) blockBytes * blockCount);
    }
  }

  private Mapping mapRing(MemorySegment request, long bytes) throws LinuxException {
    int rc = socket.tryOption(SysSocket.SOL_PACKET, IfPacket.PACKET_RX_RING, request);
    String name = "setsockopt(PACKET_RX_RING of " + bytes + " bytes)";
    LinuxException.check(rc, name, subject, Errno.ENOMEM.is(rc) ? SMALLER : "");
    return Mapping.ofDescriptor(socket.descriptor(), bytes, subject);
  }

  /// Sets an option of `SOL_PACKET`.
  ///
  /// @throws LinuxException if the kernel refuses
  public void packetOption(int option, int value, String name) throws LinuxException {
    socket.option(SysSocket.SOL_PACKET, option, value, name);
  }

  /// Sees no departing packets, if the kernel knows how (since 4.20); the filter sees to it anyway.
  public void ignoreOutgoing() {
    int _ = socket.tryOption(SysSocket.SOL_PACKET, IfPacket.PACKET_IGNORE_OUTGOING, 1);
  }

  /// Sets the memory in which packets wait. Beyond the system's limit it takes CAP_NET_ADMIN;
  /// without it the limit is what there is.
  ///
  /// @throws LinuxException if the kernel refuses
  public void receiveBuffer(int bytes) throws LinuxException {
    // The kernel doubles what it is given, for its own overhead.
    int half = bytes / 2;
    if (socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUFFORCE, half) < 0) {
      socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_RCVBUF, half, "SO_RCVBUF");
    }
  }

  /// Shows what `filter` passes from now on; null passes all. Does nothing once the socket is shut.
  ///
  /// @throws LinuxException if the kernel rejects the program (`EINVAL`) or has no room for it
  public synchronized void filter(@Nullable BpfProgram filter) throws LinuxException {
    if (isShut) {
      return;
    }
    if (filter == null) {
      int rc = socket.tryOption(SysSocket.SOL_SOCKET, SysSocket.SO_DETACH_FILTER, 0);
      LinuxException.check(Errno.ENOENT.is(rc) ? 0 : rc, "setsockopt(SO_DETACH_FILTER)", subject);
      return;
    }
    try (Arena setUp = Arena.ofConfined()) {
      socket.attachFilter(filter.toSockFilters(setUp));
    }
  }

  /// Shows what an eBPF program for sockets passes from now on. The socket holds the program. Does
  /// nothing once the socket is shut.
  ///
  /// @throws LinuxException if the kernel has no room for it (`ENOMEM`)
  public synchronized void filter(LoadedProgram filter) throws LinuxException {
    if (!isShut) {
      socket.option(
          SysSocket.SOL_SOCKET, SysSocket.SO_ATTACH_BPF, filter.number(), "SO_ATTACH_BPF");
    }
  }

  /// Shows nothing until there is another filter.
  public void dropAll() throws LinuxException {
    filter(DROP_ALL);
  }

  /// Shows nothing more, for good; what has been taken is still to be read. Does nothing once
  /// closed.
  public synchronized void shut() throws LinuxException {
    if (socket.descriptor().isOpen()) {
      dropAll();
      isShut = true;
    }
  }

  /// Listens to an interface; 0 is all. One that is down is listened to when it comes up.
  ///
  /// @throws LinuxException if there is no such interface (`ENODEV`)
  public void bind(int ifindex) throws LinuxException {
    try (Arena setUp = Arena.ofConfined()) {
      MemorySegment address = setUp.allocate(SockaddrLl.LAYOUT);
      // ETH_P_ALL, because a socket bound to one protocol is not shown departing packets.
      SockaddrLl.write(address, 0, IfEther.ETH_P_ALL, ifindex);
      socket.bind(address);
    }
  }

  /// Keeps the interface promiscuous while the socket is open. The kernel counts who wants it.
  ///
  /// @throws LinuxException if the kernel refuses
  public void promiscuous(int ifindex) throws LinuxException {
    try (Arena setUp = Arena.ofConfined()) {
      socket.option(
          SysSocket.SOL_PACKET,
          IfPacket.PACKET_ADD_MEMBERSHIP,
          PacketMreq.allocate(setUp, ifindex, IfPacket.PACKET_MR_PROMISC),
          "PACKET_ADD_MEMBERSHIP");
    }
  }

  /// Makes a fanout group of a number that no other has.
  ///
  /// @param mode the mode with its flags, `PACKET_FANOUT_HASH` and so on
  /// @return the group's number, which may be 0
  /// @throws LinuxException if the kernel refuses
  public int createFanout(int mode) throws LinuxException {
    joinFanout(0, mode | IfPacket.PACKET_FANOUT_FLAG_UNIQUEID);
    return socket.intOption(SysSocket.SOL_PACKET, IfPacket.PACKET_FANOUT, "PACKET_FANOUT") & 0xFFFF;
  }

  /// Joins the fanout group of that number, or makes it.
  ///
  /// @param mode the mode with its flags, which must be those of the group
  /// @throws LinuxException if the group has another mode (`EINVAL`)
  public void joinFanout(int group, int mode) throws LinuxException {
    int argument = group | mode << 16;
    int rc = socket.tryOption(SysSocket.SOL_PACKET, IfPacket.PACKET_FANOUT, argument);
    String remedy =
        Errno.EINVAL.is(rc) || Errno.ENETDOWN.is(rc)
            ? "is the interface up, and is group " + group + " not another capture's?"
            : "";
    LinuxException.check(rc, "setsockopt(PACKET_FANOUT)", subject, remedy);
  }

  /// Gives the group of a `PACKET_FANOUT_CBPF` the program that shares its packets out.
  public void steerFanout(BpfProgram steering) throws LinuxException {
    try (Arena setUp = Arena.ofConfined()) {
      socket.option(
          SysSocket.SOL_PACKET,
          IfPacket.PACKET_FANOUT_DATA,
          SockFprog.allocate(setUp, steering.toSockFilters(setUp)),
          "PACKET_FANOUT_DATA");
    }
  }

  /// The descriptor, for calls and poll sets.
  public int number() {
    return socket.number();
  }

  /// Takes back the error that makes the socket readable, such as `ENETDOWN` when its interface
  /// goes down.
  public void clearError() throws LinuxException {
    int _ = socket.intOption(SysSocket.SOL_SOCKET, SysSocket.SO_ERROR, "SO_ERROR");
  }

  /// What the kernel has counted since the socket was opened; the last word once it is closed. The
  /// kernel's own counters are 32 bits wide and begin anew each time they are read, so they are
  /// added up here.
  public synchronized SocketCounters counters() {
    if (socket.descriptor().isOpen()) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment stats = arena.allocate(TpacketStatsV3.LAYOUT);
        MemorySegment value = stats.asSlice(0, statsLayout.byteSize());
        MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
        int rc =
            socket.readOption(
                CallState.current(),
                SysSocket.SOL_PACKET,
                IfPacket.PACKET_STATISTICS,
                value,
                length);
        if (rc >= 0) {
          long drops = TpacketStatsV3.drops(stats);
          // The kernel's packets include its drops.
          long taken = TpacketStatsV3.packets(stats) - drops;
          counters = counters.plus(taken, drops, TpacketStatsV3.freezes(stats));
        }
      }
    }
    return counters;
  }

  /// Reads the counters for the last time and closes. Nobody may be reading packets.
  @Override
  public synchronized void close() {
    if (socket.descriptor().isOpen()) {
      counters = counters();
      socket.close();
    }
  }
}
