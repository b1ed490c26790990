package io.ringtap.socket;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Clock;
import io.ringtap.linux.Libc;
import io.ringtap.linux.abi.Timespec;
import io.ringtap.linux.abi.packet.IfPacket;
import io.ringtap.linux.abi.packet.SockaddrLl;
import io.ringtap.linux.abi.packet.Tpacket3Hdr;
import io.ringtap.linux.abi.packet.TpacketAuxdata;
import io.ringtap.linux.abi.socket.Cmsghdr;
import io.ringtap.linux.abi.socket.Iovec;
import io.ringtap.linux.abi.socket.Mmsghdr;
import io.ringtap.linux.abi.socket.Msghdr;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.packet.LinkType;
import io.ringtap.packet.PacketHandler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A packet socket from which one thread receives batches by `recvmmsg(2)`. Packets are laid out as
/// in a ring, so that both are shown alike: header, link-level address, room for what is put back,
/// frame.
public final class RecvSource extends SocketSource {
  private static final int BATCH = 64;

  /// The longest packet but for Linux's "big TCP", which is cut off here.
  private static final int LONGEST = (1 << 16) + 256;

  private static final int FRAME =
      align(Tpacket3Hdr.SOCKADDR_OFFSET + SockaddrLl.BYTES + FrameRestorer.ROOM);
  private static final long CONTROL_BYTES =
      Cmsghdr.space(Timespec.LAYOUT.byteSize()) + Cmsghdr.space(TpacketAuxdata.LAYOUT.byteSize());

  private final RingFrame packet;
  private final FrameRestorer restorer;
  private final int snaplen;
  private final int slotBytes;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment callState = CallState.allocate(arena);
  private final Clock clock = new Clock(arena);
  private final MemorySegment slots;
  private final MemorySegment messages;
  private final MemorySegment controls;
  private @Nullable FrameFilter filter;
  private int shown; // by the last drain
  private int rejected; // by the last drain
  private long shownNanos;
  private boolean isAbandoned;

  /// Receives from `socket`, which it owns from then on.
  ///
  /// @param linkType what frames begin with, which says what is put back before them
  /// @param interfaceId the interface's place in the capture's list
  /// @throws LinuxException if the kernel does not tell of VLAN tags
  public RecvSource(PacketSocket socket, LinkType linkType, int interfaceId, int snaplen)
      throws LinuxException {
    super(socket);
    packet = new RingFrame(linkType, interfaceId);
    restorer = FrameRestorer.of(linkType);
    this.snaplen = snaplen;
    int room = Math.min(snaplen, LONGEST);
    slotBytes = align(FRAME + room);
    slots = arena.allocate((long) slotBytes * BATCH, Long.BYTES);
    messages = arena.allocate(Mmsghdr.LAYOUT, BATCH);
    controls = arena.allocate(CONTROL_BYTES * BATCH, Long.BYTES);
    MemorySegment iovecs = arena.allocate(Iovec.LAYOUT, BATCH);
    for (int i = 0; i < BATCH; i++) {
      long message = i * Mmsghdr.BYTES;
      long iovec = i * Iovec.LAYOUT.byteSize();
      MemorySegment slot = slots.asSlice((long) i * slotBytes, slotBytes);
      Iovec.set(iovecs, iovec, slot.asSlice(FRAME), room);
      Msghdr.iov(messages, message, iovecs.asSlice(iovec), 1);
      Msghdr.name(messages, message, slot.asSlice(Tpacket3Hdr.SOCKADDR_OFFSET), SockaddrLl.BYTES);
      Msghdr.control(
          messages, message, controls.asSlice(i * CONTROL_BYTES, CONTROL_BYTES), CONTROL_BYTES);
    }
    try {
      socket.packetOption(IfPacket.PACKET_AUXDATA, 1, "PACKET_AUXDATA");
    } catch (LinuxException e) {
      arena.close();
      throw e;
    }
  }

  private static int align(int bytes) {
    return (bytes + Long.BYTES - 1) & -Long.BYTES;
  }

  @Override
  public int drain(PacketHandler handler) {
    // An error, such as that of an interface gone down, is the poll set's affair.
    int count =
        Libc.recvmmsg(
            callState,
            socket().number(),
            messages,
            BATCH,
            SysSocket.MSG_DONTWAIT,
            MemorySegment.NULL);
    shown = 0;
    rejected = 0;
    while (shown + rejected < count && !isAbandoned) {
      show(shown + rejected, handler);
    }
    if (filter != null && filter.isOver()) {
      filter = null;
    }
    for (int i = 0; i < count; i++) {
      // The kernel has overwritten the room with what it used.
      Msghdr.controlLength(messages, i * Mmsghdr.BYTES, CONTROL_BYTES);
      Msghdr.nameLength(messages, i * Mmsghdr.BYTES, SockaddrLl.BYTES);
    }
    return shown;
  }

  private void show(int index, PacketHandler handler) {
    long message = index * Mmsghdr.BYTES;
    long header = (long) index * slotBytes;
    int caplen = Mmsghdr.length(messages, message);
    int origlen = caplen;
    int status = 0;
    int vlanTci = 0;
    int vlanTpid = 0;
    long epochNanos = 0;
    long control = index * CONTROL_BYTES;
    long end = control + Msghdr.controlLength(messages, message);
    for (; Cmsghdr.isPresent(controls, control, end); control = Cmsghdr.next(controls, control)) {
      long data = Cmsghdr.data(control);
      if (Cmsghdr.level(controls, control) == SysSocket.SOL_PACKET) {
        status = TpacketAuxdata.status(controls, data);
        origlen = TpacketAuxdata.origlen(controls, data);
        vlanTci = TpacketAuxdata.vlanTci(controls, data);
        vlanTpid = TpacketAuxdata.vlanTpid(controls, data);
      } else if (Cmsghdr.type(controls, control) == SysSocket.SCM_TIMESTAMPNS) {
        epochNanos = Timespec.nanos(controls, data);
      }
    }
    if (epochNanos == 0) {
      epochNanos = clock.epochNanos(); // taken from the kernel before it began to stamp
    }
    Tpacket3Hdr.write(slots, header, epochNanos, caplen, origlen, status, FRAME, vlanTci, vlanTpid);
    shownNanos = epochNanos;
    if (filter != null && !filter.passes(slots, header)) {
      rejected++;
      return;
    }
    restorer.restore(slots, header, snaplen);
    if (filter != null && !filter.passesRestored(slots, header)) {
      rejected++;
      return;
    }
    shown++;
    packet.show(slots, header);
    handler.onPacket(packet);
  }

  @Override
  public int shown() {
    return shown;
  }

  @Override
  public int rejected() {
    return rejected;
  }

  @Override
  public void filter(@Nullable FrameFilter newFilter) {
    filter = newFilter;
  }

  @Override
  public @Nullable FrameFilter filter() {
    return filter;
  }

  @Override
  public void abandon() {
    isAbandoned = true;
  }

  /// False: what waits in the socket is shown by the next [#drain].
  @Override
  public boolean hasMore() {
    return false;
  }

  @Override
  public long completeUntil(long nowNanos) {
    return nowNanos;
  }

  @Override
  public long shownNanos() {
    return shownNanos;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    socket().close();
  }
}
