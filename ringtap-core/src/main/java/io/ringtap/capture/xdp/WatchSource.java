package io.ringtap.capture.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.ebpf.kernel.EbpfMap;
import io.ringtap.ebpf.kernel.RingBuffer;
import io.ringtap.error.LinuxException;
import io.ringtap.packet.PacketHandler;
import io.ringtap.socket.SocketCounters;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Shows the copies of frames that the program put into the ring buffer of one thread.
///
/// The kernel wakes the reader for a record that finds the buffer empty, which costs the CPU that
/// receives the frame more than the copy. So after a drain that found something the thread rests,
/// while the buffer fills.
final class WatchSource extends XdpSource implements RingBuffer.Handler {
  private static final long LONGEST_REST_NANOS = 1_000_000;

  // The share of the buffer that may fill during a rest, and how fast it then fills.
  private static final int SHARE = 4;
  private static final long BYTES_PER_MICROSECOND = 500;

  private final RingBuffer buffer;
  private final EbpfMap counts;
  private final int thread;
  private final long restNanos;
  private boolean wasQuiet; // the last drain found nothing

  /// @param buffer owned by this from now on
  /// @param counts the map [XdpProgram#COUNTS]
  /// @param bufferBytes bytes of the buffer
  WatchSource(XdpTap tap, RingBuffer buffer, EbpfMap counts, int thread, long bufferBytes) {
    super(tap);
    this.buffer = buffer;
    this.counts = counts;
    this.thread = thread;
    restNanos = Math.min(LONGEST_REST_NANOS, bufferBytes / SHARE * 1000 / BYTES_PER_MICROSECOND);
  }

  @Override
  public int drain(PacketHandler handler) {
    begin(handler);
    int _ = buffer.drain(this);
    wasQuiet = shown() + rejected() == 0;
    return shown();
  }

  @Override
  public void onRecord(MemorySegment memory, long offset, int length) {
    show(
        memory,
        offset + XdpProgram.RECORD_HEADER_BYTES,
        memory.get(JAVA_INT, offset + XdpProgram.RECORD_CAPLEN),
        memory.get(JAVA_INT, offset + XdpProgram.RECORD_ORIGLEN),
        stamps.epochNanos(memory.get(JAVA_LONG, offset)));
  }

  @Override
  public long restNanos() {
    return wasQuiet ? Long.MAX_VALUE : restNanos;
  }

  @Override
  public boolean hasMore() {
    return buffer.hasMore();
  }

  @Override
  public int number() {
    return buffer.number();
  }

  @Override
  SocketCounters read() {
    return new SocketCounters(count(XdpProgram.TAKEN), count(XdpProgram.LOST), 0);
  }

  /// The sum of a count over all CPUs.
  private long count(int which) {
    try (Arena asked = Arena.ofConfined()) {
      MemorySegment key = asked.allocateFrom(JAVA_INT, XdpProgram.count(thread, which));
      MemorySegment values = asked.allocate(counts.valueBytes(), Long.BYTES);
      boolean _ = counts.lookup(key, values); // an array has all its elements
      return values.elements(JAVA_LONG).mapToLong(value -> value.get(JAVA_LONG, 0)).sum();
    } catch (LinuxException e) {
      throw new IllegalStateException(e); // it was found when the capture was opened
    }
  }

  @Override
  void release() {
    buffer.close();
  }
}
