package io.ringtap.socket;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.Mapping;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketHandler;
import org.jspecify.annotations.Nullable;

/// A packet socket with a TPACKET_V3 ring, which the kernel fills and one thread walks
/// (Documentation/networking/packet_mmap.rst).
public final class RingSource extends SocketSource {
  private final Mapping mapping;
  private final PacketRing ring;

  private RingSource(PacketSocket socket, Mapping mapping, PacketRing ring) {
    super(socket);
    this.mapping = mapping;
    this.ring = ring;
  }

  /// Gives `socket` a ring. The source owns the socket from then on.
  ///
  /// @param linkType what frames begin with, which says what is put back before them
  /// @param interfaceId the interface's place in the capture's list
  /// @throws LinuxException if there is no memory for the ring
  public static RingSource of(
      PacketSocket socket, RingLayout layout, LinkType linkType, int interfaceId, int snaplen)
      throws LinuxException {
    Mapping mapping = socket.mapRing(layout);
    RingFrame packet = new RingFrame(linkType, interfaceId);
    PacketRing ring =
        new PacketRing(
            mapping.memory(), layout.blockCount(), FrameRestorer.of(linkType), snaplen, packet);
    return new RingSource(socket, mapping, ring);
  }

  /// Opens a cooked socket on every interface of the calling thread's network namespace, which
  /// shows what `filter` passes from the network header on, without a pseudo-header before it.
  ///
  /// @throws LinuxException without CAP_NET_RAW (`EPERM`) or without memory for the ring
  public static RingSource openCooked(BpfProgram filter, RingLayout layout) throws LinuxException {
    PacketSocket socket = PacketSocket.open(true, "the receive ring");
    try {
      Mapping mapping = socket.mapRing(layout);
      try {
        socket.filter(filter);
        socket.bind(0);
        PacketRing ring = new PacketRing(mapping.memory(), layout.blockCount());
        return new RingSource(socket, mapping, ring);
      } catch (LinuxException | RuntimeException e) {
        mapping.close();
        throw e;
      }
    } catch (LinuxException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /// Lends `handler` each packet of the next block that the kernel has handed over, and gives it
  /// back.
  ///
  /// @return packets shown; 0 while the kernel still owns the block
  @Override
  public int drain(PacketHandler handler) {
    return ring.drain(handler);
  }

  @Override
  public int shown() {
    return ring.shown();
  }

  @Override
  public int rejected() {
    return ring.rejected();
  }

  @Override
  public void filter(@Nullable FrameFilter filter) {
    ring.filter(filter);
  }

  @Override
  public @Nullable FrameFilter filter() {
    return ring.filter();
  }

  @Override
  public void abandon() {
    ring.abandon();
  }

  /// Whether the block that the kernel is filling holds packets, which [#drain] will show when the
  /// block is full or its time is over. Those shown before are older.
  @Override
  public boolean hasMore() {
    return ring.hasUnretired();
  }

  @Override
  public long completeUntil(long nowNanos) {
    return ring.hasUnretired() ? Math.min(nowNanos, ring.openedNanos()) : nowNanos;
  }

  @Override
  public long shownNanos() {
    return ring.shownNanos();
  }

  /// Unmaps the ring and closes the socket. Nobody may be draining.
  @Override
  public void close() {
    mapping.close();
    socket().close();
  }
}
