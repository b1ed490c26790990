package io.ringtap.socket.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.socket.SysSocket;
import io.ringtap.linux.abi.xdp.IfXdp;
import io.ringtap.linux.abi.xdp.XdpDesc;
import io.ringtap.linux.abi.xdp.XdpMmapOffsets;
import io.ringtap.linux.abi.xdp.XdpOptions;
import io.ringtap.linux.abi.xdp.XdpStatistics;
import io.ringtap.linux.abi.xdp.XdpUmemReg;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An AF_XDP socket on one queue of an interface. It receives the frames that the interface's XDP
/// program redirects to it, and transmits frames past the host's network stack.
///
/// Receiving: [#received], then [#address] and so on of each entry, then [#release]. Transmitting:
/// write frames into chunks of the [Umem], [#put] each of them, [#transmit], [#wakeTransmit] until
/// the kernel has taken them, and [#reap] what has left.
///
/// One thread uses it. Any thread may ask for the counters.
public final class XdpSocket implements AutoCloseable {
  private static final int SMALLEST_RING = 64;
  private static final int POLL_MICROS = 20;
  private static final int POLL_FRAMES = 64; // of one poll

  /// Where a socket is bound.
  ///
  /// @param name the interface's name, for exceptions
  /// @param interfaceIndex the kernel's index of it
  /// @param queue the queue, from 0
  public record Place(String name, int interfaceIndex, int queue) {
    @Override
    public String toString() {
      return "queue " + queue + " of " + name;
    }
  }

  /// How big the rings are.
  ///
  /// @param received entries of the receive ring, a power of two; 0 for a socket that only
  ///   transmits. As many chunks are given to the kernel for frames
  /// @param transmitted entries of the transmit ring, a power of two; 0 for a socket that only
  ///   receives
  /// @param longFrames what is to become of frames longer than a chunk
  public record Rings(int received, int transmitted, LongFrames longFrames) {}

  /// Frames longer than a chunk, which can be received in several entries. Not every driver that
  /// needs no copy can do that too.
  public enum LongFrames {
    /// There are none.
    NONE,
    /// Only the kernel makes them, by joining segments: they are received if frames are copied.
    IF_COPIED,
    /// The interface receives them.
    ALWAYS
  }

  /// What the kernel has counted since the socket was opened.
  ///
  /// @param dropped frames that were redirected here and found no room
  /// @param fillEmpty how often the kernel found no chunk for a frame
  /// @param invalid entries that this process wrote and the kernel did not understand
  public record Counters(long dropped, long fillEmpty, long invalid) {}

  private final Socket socket;
  private final Umem umem;
  private final List<XdpRing> rings = new ArrayList<>();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment callState = CallState.allocate(arena);
  private @Nullable XdpRing receive;
  private @Nullable XdpRing transmit;
  private final XdpRing fill;
  private final XdpRing completion;
  private XdpBinding binding = new XdpBinding(null, false);
  private Counters counters = new Counters(0, 0, 0); // guarded by this

  private XdpSocket(Socket socket, Umem umem, Rings sizes) throws LinuxException {
    this.socket = socket;
    this.umem = umem;
    try (Arena setUp = Arena.ofConfined()) {
      socket.option(
          SysSocket.SOL_XDP,
          IfXdp.XDP_UMEM_REG,
          XdpUmemReg.allocate(setUp, umem.memory(), umem.chunkBytes()),
          "XDP_UMEM_REG");
      int filled = Math.max(SMALLEST_RING, sizes.received);
      int completed = Math.max(SMALLEST_RING, sizes.transmitted);
      give(IfXdp.XDP_UMEM_FILL_RING, filled, "XDP_UMEM_FILL_RING");
      give(IfXdp.XDP_UMEM_COMPLETION_RING, completed, "XDP_UMEM_COMPLETION_RING");
      if (sizes.received > 0) {
        give(IfXdp.XDP_RX_RING, sizes.received, "XDP_RX_RING");
      }
      if (sizes.transmitted > 0) {
        give(IfXdp.XDP_TX_RING, sizes.transmitted, "XDP_TX_RING");
      }
      MemorySegment offsets = setUp.allocate(XdpMmapOffsets.LAYOUT);
      read(IfXdp.XDP_MMAP_OFFSETS, offsets, "XDP_MMAP_OFFSETS");
      fill = map(offsets, XdpRing.Kind.FILL, filled, Long.BYTES);
      completion = map(offsets, XdpRing.Kind.COMPLETION, completed, Long.BYTES);
      if (sizes.received > 0) {
        receive = map(offsets, XdpRing.Kind.RECEIVE, sizes.received, XdpDesc.BYTES);
      }
      if (sizes.transmitted > 0) {
        transmit = map(offsets, XdpRing.Kind.TRANSMIT, sizes.transmitted, XdpDesc.BYTES);
      }
    } catch (LinuxException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Opens a socket, gives the kernel its chunks and binds it: without copying if the driver can,
  /// otherwise with it; then [#zeroCopyRefusal] says why. A socket that only transmits copies, so
  /// that the queue goes on receiving as before.
  ///
  /// @param umem of this socket only; the caller closes it, after the socket
  /// @throws LinuxException if the kernel refuses: `EPERM` without CAP_NET_RAW, `EBUSY` if the
  ///   queue has a socket already, `EINVAL` if there is no such queue
  public static XdpSocket open(Umem umem, Place place, Rings sizes) throws LinuxException {
    Socket socket =
        Socket.open(SysSocket.AF_XDP, SysSocket.SOCK_RAW, 0, place.toString(), "needs CAP_NET_RAW");
    XdpSocket opened = new XdpSocket(socket, umem, sizes);
    try {
      opened.fill(sizes.received);
      opened.binding = XdpBinding.of(socket, place, sizes);
      return opened;
    } catch (LinuxException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void give(int option, int entries, String name) throws LinuxException {
    socket.option(SysSocket.SOL_XDP, option, entries, name);
  }

  private void read(int option, MemorySegment value, String name) throws LinuxException {
    try (Arena setUp = Arena.ofConfined()) {
      MemorySegment length = setUp.allocate(JAVA_INT);
      int rc = socket.readOption(callState, SysSocket.SOL_XDP, option, value, length);
      LinuxException.check(rc, "getsockopt(" + name + ")", "an AF_XDP socket");
    }
  }

  private XdpRing map(MemorySegment offsets, XdpRing.Kind kind, int size, int entryBytes)
      throws LinuxException {
    XdpRing ring = XdpRing.map(socket, offsets, kind, size, entryBytes);
    rings.add(ring);
    return ring;
  }

  private void fill(int chunks) {
    int count = 0;
    while (count < chunks && umem.freeCount() > 0) {
      fill.memory().set(JAVA_LONG, fill.entry(count), umem.take());
      count++;
    }
    fill.advance(count);
  }

  /// The descriptor, for polling and for a map of sockets.
  public int number() {
    return socket.number();
  }

  /// The memory of the frames.
  public MemorySegment memory() {
    return umem.memory();
  }

  /// Why frames are copied between the UMEM and the driver's memory; null if they are not.
  public @Nullable LinuxException zeroCopyRefusal() {
    return binding.zeroCopyRefusal();
  }

  /// Whether frames may come in several entries.
  public boolean isInPieces() {
    return binding.isInPieces();
  }

  /// Whether the network card itself reads and writes the UMEM, as the kernel says.
  ///
  /// @throws LinuxException if the kernel refuses
  public boolean isZeroCopy() throws LinuxException {
    try (Arena setUp = Arena.ofConfined()) {
      MemorySegment options = setUp.allocate(XdpOptions.LAYOUT);
      read(IfXdp.XDP_OPTIONS, options, "XDP_OPTIONS");
      return XdpOptions.isZeroCopy(options);
    }
  }

  /// Prefers that the driver is polled by this socket's [#poll] to interrupts (since Linux 5.11).
  ///
  /// @throws LinuxException if the kernel refuses
  public void preferPolling() throws LinuxException {
    socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_PREFER_BUSY_POLL, 1, "SO_PREFER_BUSY_POLL");
    socket.option(SysSocket.SOL_SOCKET, SysSocket.SO_BUSY_POLL, POLL_MICROS, "SO_BUSY_POLL");
    socket.option(
        SysSocket.SOL_SOCKET, SysSocket.SO_BUSY_POLL_BUDGET, POLL_FRAMES, "SO_BUSY_POLL_BUDGET");
  }

  /// Wakes the driver for frames, or polls it on this thread after [#preferPolling].
  public void poll() {
    long _ =
        Libc.recvfrom(
            callState,
            number(),
            MemorySegment.NULL,
            0,
            SysSocket.MSG_DONTWAIT,
            MemorySegment.NULL,
            MemorySegment.NULL);
  }

  /// How many entries of the receive ring wait.
  public int received() {
    return receiveRing().usable();
  }

  /// How many frames wait. Any thread may ask; while another one takes frames it may be a few too
  /// many or too few.
  public int waitingFrames() {
    XdpRing ring = receiveRing();
    int end = ring.theirCount();
    int frames = 0;
    for (int at = ring.ourCount(); at != end; at++) {
      frames += XdpDesc.isContinued(ring.memory(), ring.entryOf(at)) ? 0 : 1;
    }
    return frames;
  }

  /// Where the bytes of an entry are in the UMEM.
  ///
  /// @param index from 0, less than [#received]
  public long address(int index) {
    XdpRing ring = receiveRing();
    return XdpDesc.address(ring.memory(), ring.entry(index));
  }

  /// How many bytes an entry has.
  ///
  /// @param index from 0, less than [#received]
  public int length(int index) {
    XdpRing ring = receiveRing();
    return XdpDesc.length(ring.memory(), ring.entry(index));
  }

  /// Whether the frame goes on with the next entry.
  ///
  /// @param index from 0, less than [#received]
  public boolean isContinued(int index) {
    XdpRing ring = receiveRing();
    return XdpDesc.isContinued(ring.memory(), ring.entry(index));
  }

  /// Gives the chunks of the first `count` received entries back to the kernel, which wakes up if
  /// it must.
  public void release(int count) {
    XdpRing ring = receiveRing();
    // There are at most as many entries of both rings in use as there are chunks.
    for (int i = 0; i < count; i++) {
      long address = XdpDesc.address(ring.memory(), ring.entry(i));
      fill.memory().set(JAVA_LONG, fill.entry(i), umem.chunkOf(address));
    }
    fill.advance(count);
    ring.advance(count);
    if (fill.needsWakeUp()) {
      poll();
    }
  }

  /// How many frames can be put on the transmit ring.
  public int transmitRoom() {
    return transmitRing().usable();
  }

  /// Puts a frame on the transmit ring, where the kernel does not see it before [#transmit].
  ///
  /// @param index which frame of those that the next [#transmit] hands over, from 0, less than
  ///   [#transmitRoom]
  /// @param address where it begins, in a chunk taken from the [Umem]
  /// @param length its bytes, which must end in the same chunk
  public void put(int index, long address, int length) {
    XdpRing ring = transmitRing();
    XdpDesc.write(ring.memory(), ring.entry(index), address, length);
  }

  /// Hands the first `count` frames that were put to the kernel. They leave once it is woken.
  public void transmit(int count) {
    transmitRing().advance(count);
  }

  /// Whether the kernel waits for [#wakeTransmit].
  public boolean needsTransmitWakeUp() {
    return transmitRing().needsWakeUp();
  }

  /// Makes the kernel send. Where frames are copied, a call sends some of them (32 by default).
  ///
  /// @return 0; or `-errno`: `EAGAIN` if frames are left, `EBUSY` or `ENOBUFS` if the interface
  ///   takes no more now, `ENETDOWN` if it is down
  public int wakeTransmit() {
    return (int)
        Libc.sendto(
            callState,
            number(),
            MemorySegment.NULL,
            0,
            SysSocket.MSG_DONTWAIT,
            MemorySegment.NULL,
            0);
  }

  /// Takes the chunks of frames that have left back into the [Umem].
  ///
  /// @return how many
  public int reap() {
    int count = completion.usable();
    for (int i = 0; i < count; i++) {
      umem.give(completion.memory().get(JAVA_LONG, completion.entry(i)));
    }
    completion.advance(count);
    return count;
  }

  /// What the kernel has counted; the last word once the socket is closed.
  public synchronized Counters counters() {
    if (socket.descriptor().isOpen()) {
      try (Arena asked = Arena.ofConfined()) {
        MemorySegment value = asked.allocate(XdpStatistics.LAYOUT);
        MemorySegment length = asked.allocate(JAVA_INT);
        int rc =
            socket.readOption(
                CallState.current(), SysSocket.SOL_XDP, IfXdp.XDP_STATISTICS, value, length);
        if (rc >= 0) {
          // A frame for which there is no chunk counts as dropped and as a chunk that was missing.
          counters =
              new Counters(
                  XdpStatistics.dropped(value) + XdpStatistics.ringFull(value),
                  XdpStatistics.fillEmpty(value),
                  XdpStatistics.invalidFill(value) + XdpStatistics.invalidTransmit(value));
        }
      }
    }
    return counters;
  }

  private XdpRing receiveRing() {
    return required(receive, "receives nothing");
  }

  private XdpRing transmitRing() {
    return required(transmit, "transmits nothing");
  }

  private static XdpRing required(@Nullable XdpRing ring, String why) {
    if (ring == null) {
      throw new IllegalStateException("the socket " + why);
    }
    return ring;
  }

  /// Reads the counters for the last time and closes the socket. The kernel gives up its chunks
  /// then.
  @Override
  public synchronized void close() {
    if (socket.descriptor().isOpen()) {
      counters = counters();
      rings.forEach(XdpRing::close);
      socket.close();
      arena.close();
    }
  }
}
