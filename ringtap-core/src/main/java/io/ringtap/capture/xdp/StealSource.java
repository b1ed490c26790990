package io.ringtap.capture.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.ringtap.packet.PacketHandler;
import io.ringtap.socket.SocketCounters;
import io.ringtap.socket.xdp.Umem;
import io.ringtap.socket.xdp.XdpSocket;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/// Shows the frames that an AF_XDP socket was given: those of one queue.
///
/// As with [WatchSource], a wake-up costs the CPU that receives the frames more than all else, so
/// after a drain that emptied the socket the thread rests.
final class StealSource extends XdpSource {
  private static final int BATCH = 256;

  private static final long LONGEST_REST_NANOS = 250_000;

  // A quarter of the chunks at 5 million frames a second.
  private static final long REST_NANOS_PER_CHUNK = 50;

  private final Umem umem;
  private final XdpSocket socket;
  private final int mark;
  private final int snaplen;
  private final boolean isPolling;
  private final long restNanos;
  private final MemorySegment whole; // a frame that came in pieces
  private final AtomicLong taken = new AtomicLong(); // frames; written by the draining thread only
  private long rest;

  /// @param umem of the socket; both are owned by this from now on
  /// @param mark as the program writes it before frames
  StealSource(XdpTap tap, Umem umem, XdpSocket socket, int mark) {
    super(tap);
    this.umem = umem;
    this.socket = socket;
    this.mark = mark;
    snaplen = tap.wish().snaplen();
    isPolling = tap.wish().isPolling();
    restNanos =
        isPolling ? 0 : Math.min(LONGEST_REST_NANOS, umem.chunkCount() * REST_NANOS_PER_CHUNK);
    whole = arena.allocate(XdpProgram.LONGEST);
  }

  @Override
  public int drain(PacketHandler handler) {
    begin(handler);
    int waiting = socket.received();
    if (waiting == 0 && isPolling) {
      socket.poll();
      waiting = socket.received();
    }
    rest = waiting == 0 ? Long.MAX_VALUE : waiting > BATCH ? 0 : restNanos;
    int entry = 0;
    try {
      while (entry < Math.min(waiting, BATCH) && !isAbandoned()) {
        int first = entry;
        while (socket.isContinued(entry) && entry + 1 < waiting) {
          entry++; // the kernel hands over all pieces of a frame at once
        }
        entry++;
        showEntries(first, entry);
      }
    } finally {
      if (entry > 0) {
        socket.release(entry);
      }
      taken.setRelease(taken.getPlain() + shown() + rejected());
    }
    return shown();
  }

  /// Shows the frame that the entries from `first` to before `end` are.
  private void showEntries(int first, int end) {
    MemorySegment memory = socket.memory();
    long begin = socket.address(first);
    long metadata = begin - XdpProgram.METADATA_BYTES;
    boolean isMarked = memory.get(JAVA_INT_UNALIGNED, metadata + XdpProgram.METADATA_MARK) == mark;
    long epoch =
        isMarked
            ? stamps.epochNanos(memory.get(JAVA_LONG_UNALIGNED, metadata))
            : clock.epochNanos(); // the driver has no room for metadata
    int keep =
        isMarked ? memory.get(JAVA_INT_UNALIGNED, metadata + XdpProgram.METADATA_KEEP) : snaplen;
    int length = socket.length(first);
    if (end - first > 1) {
      length = join(first, end);
      memory = whole;
      begin = 0;
    }
    show(memory, begin, Math.min(keep, length), length, epoch);
  }

  /// Copies the pieces of a frame into one.
  ///
  /// @return its length
  private int join(int first, int end) {
    int length = 0;
    for (int i = first; i < end; i++) {
      int piece = Math.min(socket.length(i), (int) whole.byteSize() - length);
      MemorySegment.copy(socket.memory(), socket.address(i), whole, length, piece);
      length += piece;
    }
    return length;
  }

  @Override
  public long restNanos() {
    return rest;
  }

  /// False: what waits is shown by the next [#drain].
  @Override
  public boolean hasMore() {
    return false;
  }

  @Override
  public int number() {
    return socket.number();
  }

  @Override
  SocketCounters read() {
    long shownSoFar = taken.getAcquire();
    return new SocketCounters(shownSoFar + socket.waitingFrames(), socket.counters().dropped(), 0);
  }

  @Override
  void release() {
    socket.close();
    umem.close();
  }
}
