package io.ringtap.socket.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.error.LinuxException;
import io.ringtap.linux.Mapping;
import io.ringtap.linux.Socket;
import io.ringtap.linux.abi.xdp.IfXdp;
import io.ringtap.linux.abi.xdp.XdpMmapOffsets;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/// This process's end of one of the four rings: of the fill and the transmit ring it writes
/// entries, of the receive and the completion ring it reads them. One thread uses it.
///
/// Both ends count entries since the beginning in 32 bits. The kernel publishes its count with
/// release after the entries that it wrote, or after it has read ours, and loads our count with
/// acquire (`net/xdp/xsk_queue.h`).
final class XdpRing implements AutoCloseable {
  private static final VarHandle INT = JAVA_INT.varHandle();

  /// Which ring it is.
  enum Kind {
    RECEIVE(XdpMmapOffsets.RX, IfXdp.XDP_PGOFF_RX_RING, false),
    TRANSMIT(XdpMmapOffsets.TX, IfXdp.XDP_PGOFF_TX_RING, true),
    FILL(XdpMmapOffsets.FR, IfXdp.XDP_UMEM_PGOFF_FILL_RING, true),
    COMPLETION(XdpMmapOffsets.CR, IfXdp.XDP_UMEM_PGOFF_COMPLETION_RING, false);

    private final long offsets;
    private final long page;
    private final boolean isWritten; // by this process

    Kind(long offsets, long page, boolean isWritten) {
      this.offsets = offsets;
      this.page = page;
      this.isWritten = isWritten;
    }
  }

  private final Mapping mapping;
  private final MemorySegment memory;
  private final long ourWord; // our count
  private final long theirWord; // the kernel's
  private final long flags;
  private final long entries;
  private final int entryBytes;
  private final int mask;
  private final int lead; // how far our count may be ahead of the kernel's
  private int ours;

  private XdpRing(Mapping mapping, MemorySegment offsets, Kind kind, int size, int entryBytes) {
    this.mapping = mapping;
    this.memory = mapping.memory();
    long producer = XdpMmapOffsets.producer(offsets, kind.offsets);
    long consumer = XdpMmapOffsets.consumer(offsets, kind.offsets);
    ourWord = kind.isWritten ? producer : consumer;
    theirWord = kind.isWritten ? consumer : producer;
    flags = XdpMmapOffsets.flags(offsets, kind.offsets);
    entries = XdpMmapOffsets.desc(offsets, kind.offsets);
    this.entryBytes = entryBytes;
    mask = size - 1;
    lead = kind.isWritten ? size : 0;
  }

  /// Maps a ring that the socket has been given.
  ///
  /// @param offsets an [XdpMmapOffsets]
  /// @param size entries, a power of two
  /// @throws LinuxException if the kernel refuses
  static XdpRing map(Socket socket, MemorySegment offsets, Kind kind, int size, int entryBytes)
      throws LinuxException {
    long bytes = XdpMmapOffsets.desc(offsets, kind.offsets) + (long) size * entryBytes;
    String subject = "the " + kind.name().toLowerCase(Locale.ROOT) + " ring";
    Mapping mapping = Mapping.ofDescriptor(socket.descriptor(), kind.page, bytes, subject);
    return new XdpRing(mapping, offsets, kind, size, entryBytes);
  }

  /// The memory that [#entry] points into.
  MemorySegment memory() {
    return memory;
  }

  /// How many entries this process can use now: write, or read.
  int usable() {
    return theirCount() + lead - ours;
  }

  /// Where an entry is.
  ///
  /// @param index from 0, less than [#usable]
  long entry(int index) {
    return entryOf(ours + index);
  }

  /// Where the entry of a count is.
  long entryOf(int count) {
    return entries + (long) (count & mask) * entryBytes;
  }

  /// Our count as the kernel sees it. Any thread may ask.
  int ourCount() {
    return (int) INT.getAcquire(memory, ourWord);
  }

  /// The kernel's count. Any thread may ask.
  int theirCount() {
    return (int) INT.getAcquire(memory, theirWord);
  }

  /// Hands the first `count` usable entries to the kernel: written, or read.
  void advance(int count) {
    ours += count;
    INT.setRelease(memory, ourWord, ours);
  }

  /// Whether the kernel does not look at the ring until it is woken.
  boolean needsWakeUp() {
    return ((int) INT.getOpaque(memory, flags) & IfXdp.XDP_RING_NEED_WAKEUP) != 0;
  }

  @Override
  public void close() {
    mapping.close();
  }
}
