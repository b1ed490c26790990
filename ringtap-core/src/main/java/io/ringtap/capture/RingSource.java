package io.ringtap.capture;

import io.ringtap.bpf.BpfProgram;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.Mapping;
import io.ringtap.packet.LinkType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A packet socket with a TPACKET_V3 ring, which the kernel fills and one thread walks
/// (Documentation/networking/packet_mmap.rst).
public final class RingSource extends PacketSource {
  private final Mapping mapping;
  private final PacketRing ring;

  private RingSource(PacketSocket socket, Mapping mapping, PacketRing ring) {
    super(socket);
    this.mapping = mapping;
    this.ring = ring;
  }

  /// Gives `socket` a ring. The source owns the socket from then on.
  ///
  /// @param packet shows the packets; its link type says what is put back before them
  /// @throws LinuxException if there is no memory for the ring
  static RingSource of(PacketSocket socket, RingShape shape, int snaplen, Packet packet)
      throws LinuxException {
    PacketRing.Restoring restoring =
        packet.linkType().equals(LinkType.LINUX_SLL2)
            ? PacketRing.Restoring.COOKED
            : packet.linkType().equals(LinkType.ETHERNET)
                ? PacketRing.Restoring.ETHERNET
                : PacketRing.Restoring.NOTHING;
    Mapping mapping = socket.mapRing(shape);
    PacketRing ring =
        new PacketRing(mapping.memory(), shape.blockCount(), restoring, snaplen, packet);
    return new RingSource(socket, mapping, ring);
  }

  /// Opens a cooked socket on every interface of the calling thread's network namespace, which
  /// shows what `filter` passes from the network header on, without a pseudo-header before it.
  ///
  /// @throws IOException (a LinuxException) without CAP_NET_RAW (`EPERM`) or without memory for the
  ///   ring
  public static RingSource openCooked(BpfProgram filter, RingShape shape) throws IOException {
    PacketSocket socket = PacketSocket.open(true, "the receive ring");
    try {
      Mapping mapping = socket.mapRing(shape);
      try {
        socket.filter(filter);
        socket.bind(0);
        PacketRing ring = new PacketRing(mapping.memory(), shape.blockCount());
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
  int shown() {
    return ring.shown();
  }

  @Override
  int screenedOut() {
    return ring.screenedOut();
  }

  @Override
  void screen(@Nullable Screen screen) {
    ring.screen(screen);
  }

  @Override
  @Nullable Screen screen() {
    return ring.screen();
  }

  @Override
  void abandon() {
    ring.abandon();
  }

  /// Whether the block that the kernel is filling holds packets, which [#drain] will show when the
  /// block is full or its time is over. Those shown before are older.
  @Override
  public boolean hasMore() {
    return ring.hasUnretired();
  }

  @Override
  long completeUntil(long nowNanos) {
    return ring.hasUnretired() ? Math.min(nowNanos, ring.openedNanos()) : nowNanos;
  }

  /// The descriptor to poll for `POLLIN`: readable while a block is to be drained.
  public int number() {
    return socket.number();
  }

  /// What the kernel has counted since the source was opened. Any thread may ask.
  public SocketCounters counters() {
    return socket.counters();
  }

  @Override
  long shownNanos() {
    return ring.shownNanos();
  }

  /// Unmaps the ring and closes the socket. Nobody may be draining.
  @Override
  public void close() {
    mapping.close();
    socket.close();
  }
}
