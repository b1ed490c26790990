package io.ringtap.record;

import io.ringtap.packet.Frame;
import io.ringtap.packet.PacketHandler;
import io.ringtap.savefile.PacketFlags;
import io.ringtap.savefile.SavefileEncoder;
import io.ringtap.savefile.SavefileOutput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The handler of a capture thread: encodes each packet into a buffer in the format of the file,
/// which is the only copy, and hands full buffers over.
final class RecordHandler implements PacketHandler {
  private static final long HAND_OVER_NANOS = 100_000_000;

  // Ordered records wait for other threads; if each buffer held only a few, all buffers would soon
  // be in use.
  private static final long ORDERED_HAND_OVER_NANOS = 10_000_000;
  // Large enough for few system calls, and small enough to be still in the CPU's caches when it is
  // copied.
  private static final int FULL_BYTES = 128 << 10;

  private static final VarHandle TAKEN;
  private static final VarHandle LOST;
  private static final VarHandle WAITS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      TAKEN = lookup.findVarHandle(RecordHandler.class, "taken", long.class);
      LOST = lookup.findVarHandle(RecordHandler.class, "lost", long.class);
      WAITS = lookup.findVarHandle(RecordHandler.class, "waits", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final RecordQueue queue;
  private final SavefileEncoder encoder;
  private final RecordWriter writer;
  private final boolean isPacketBuffered;
  private final int capacity; // bytes of a buffer for records
  private final int fullBytes; // a buffer with as many bytes is handed over
  private final long handOverNanos; // the shortest time between hand-overs of partly filled buffers
  private long start; // of the buffer
  private int used; // bytes of the buffer
  private int count; // packets in it
  private long handedOverNanos = System.nanoTime();
  private long taken; // written only by the capture thread, read by any thread
  private long lost;
  private long waits;

  RecordHandler(
      RecordQueue queue, SavefileOutput output, RecordWriter writer, RecorderOptions options) {
    this.queue = queue;
    encoder = output.encoder();
    // For direct writes the buffer needs room for filler.
    int alignment = options.isOrdered() ? 0 : output.alignment();
    capacity = RecordQueue.BUFFER_BYTES - 2 * alignment;
    fullBytes = alignment == 0 ? FULL_BYTES : capacity;
    this.writer = writer;
    isPacketBuffered = options.isPacketBuffered();
    if (!isPacketBuffered) {
      handOverNanos = HAND_OVER_NANOS;
    } else {
      handOverNanos = options.isOrdered() ? ORDERED_HAND_OVER_NANOS : 0;
    }
  }

  @Override
  public void onPacket(Frame packet) {
    TAKEN.setOpaque(this, taken + 1);
    int caplen = packet.caplen();
    int most = encoder.recordBytes(caplen);
    if (used >= fullBytes || most > capacity - used) {
      handOver();
    }
    if (most > capacity || writer.isOver() || !hasBuffer()) {
      LOST.setOpaque(this, lost + 1);
      return;
    }
    int flags = PacketFlags.of(packet.direction());
    used += encoder.packet(queue.memory(), start + used, packet, flags);
    count++;
  }

  @Override
  public void onDrained(long completeUntil) {
    boolean isEnd = completeUntil == Long.MAX_VALUE;
    if (count > 0) {
      if (!isEnd && handOverNanos > 0 && System.nanoTime() - handedOverNanos < handOverNanos) {
        return; // the buffer may hold older records than the time to report
      }
      handOver();
    }
    queue.completeUntil(completeUntil);
    if (isPacketBuffered) {
      writer.wakeUp(); // it may be waiting for this thread's report
    }
  }

  private void handOver() {
    if (count == 0) {
      return;
    }
    queue.handOver(used, count);
    used = 0;
    count = 0;
    handedOverNanos = System.nanoTime();
    writer.wakeUp();
  }

  /// Waits for a free buffer; false if the recording is over.
  private boolean hasBuffer() {
    if (count > 0) {
      return true;
    }
    if (queue.isFull()) {
      WAITS.setOpaque(this, waits + 1);
      writer.wakeUp();
      if (!queue.awaitRoom()) {
        return false;
      }
    }
    start = queue.start(queue.filling());
    return true;
  }

  /// Hands over the last buffer. The capture thread must have ended.
  void end() {
    handOver();
    queue.completeUntil(Long.MAX_VALUE);
  }

  long taken() {
    return (long) TAKEN.getOpaque(this);
  }

  long lost() {
    return (long) LOST.getOpaque(this);
  }

  long waits() {
    return (long) WAITS.getOpaque(this);
  }
}
