package io.ringtap.ebpf.kernel;

import io.ringtap.error.Errno;
import io.ringtap.error.LinuxException;
import io.ringtap.linux.CallState;
import io.ringtap.linux.Libc;
import io.ringtap.linux.Mapping;
import io.ringtap.linux.abi.PollFd;
import io.ringtap.linux.abi.bpf.Bpf;
import io.ringtap.linux.abi.bpf.BpfRingbuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Reads the records that programs put into a map of type [MapType#RING_BUFFER], of all CPUs in one
/// order. A map has one reader, and one thread reads.
///
/// A program that finds no room gets an error and must count it itself: the buffer does not.
public final class RingBuffer implements AutoCloseable {
  private static final int ALIGNMENT = Long.BYTES;
  private static final int PIECES = 16;

  /// Takes records.
  @FunctionalInterface
  public interface Handler {
    /// Takes one record, in memory that is lent until this returns.
    ///
    /// @param memory holds the record among others
    /// @param offset of its first byte
    /// @param length in bytes
    void onRecord(MemorySegment memory, long offset, int length);
  }

  private final EbpfMap map;
  private final Mapping consumer;
  private final Mapping producer;
  private final long firstRecord;
  private final long mask;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment poll = arena.allocate(PollFd.LAYOUT);

  private RingBuffer(EbpfMap map, Mapping consumer, Mapping producer, long pageBytes) {
    this.map = map;
    this.consumer = consumer;
    this.producer = producer;
    this.firstRecord = pageBytes;
    this.mask = map.definition().entries() - 1L;
  }

  /// Maps the records of `map`, which stays the caller's and must be closed after this.
  ///
  /// @throws LinuxException if the kernel refuses
  /// @throws IllegalArgumentException if the map is of another type
  public static RingBuffer open(EbpfMap map) throws LinuxException {
    if (map.definition().type() != MapType.RING_BUFFER) {
      throw new IllegalArgumentException(map + " is no ring buffer");
    }
    long page = Mapping.pageBytes();
    Mapping consumer = Mapping.ofDescriptor(map.descriptor(), page, map.toString());
    try {
      long bytes = page + 2L * map.definition().entries();
      Mapping producer =
          Mapping.readOnly(
              map.descriptor(), BpfRingbuf.PRODUCER_PAGE * page, bytes, map.toString());
      return new RingBuffer(map, consumer, producer, page);
    } catch (LinuxException | RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /// Shows `handler` the records that are there. Their room is given back in pieces of a sixteenth
  /// of the buffer, because the writers look at the reader's position for each record, and at the
  /// end, also if `handler` throws: after the record for which it did.
  ///
  /// @return records shown
  public int drain(Handler handler) {
    MemorySegment written = producer.memory();
    MemorySegment read = consumer.memory();
    int shown = 0;
    long given = BpfRingbuf.consumer(read);
    long position = given;
    // Once: what is written meanwhile is for the next time, so that this comes to an end.
    long end = BpfRingbuf.producerAcquire(written);
    try {
      while (position < end) {
        long record = firstRecord + (position & mask);
        int header = BpfRingbuf.headerAcquire(written, record);
        if ((header & Bpf.BPF_RINGBUF_BUSY_BIT) != 0) {
          break;
        }
        int length = header & ~Bpf.BPF_RINGBUF_DISCARD_BIT;
        position += (length + Bpf.BPF_RINGBUF_HDR_SZ + ALIGNMENT - 1L) & -ALIGNMENT;
        if (length == header) {
          shown++;
          handler.onRecord(written, record + Bpf.BPF_RINGBUF_HDR_SZ, length);
        }
        if (position - given > mask / PIECES) {
          BpfRingbuf.consumerRelease(read, position);
          given = position;
        }
      }
    } finally {
      BpfRingbuf.consumerRelease(read, position);
    }
    return shown;
  }

  /// Whether records wait.
  public boolean hasMore() {
    return BpfRingbuf.consumer(consumer.memory()) != BpfRingbuf.producerAcquire(producer.memory());
  }

  /// The descriptor, to be polled for `POLLIN` with others.
  public int number() {
    return map.number();
  }

  /// Waits until there are records. A program that asks for no wake-up does not end this.
  ///
  /// @param timeoutMillis negative to wait without a limit
  /// @return whether there are any; also false if a signal came
  /// @throws LinuxException if the kernel refuses
  public boolean await(int timeoutMillis) throws LinuxException {
    PollFd.set(poll, 0, map.number(), PollFd.POLLIN);
    int result = Libc.poll(CallState.current(), poll, 1, timeoutMillis);
    return !Errno.EINTR.is(result) && LinuxException.check(result, "poll", map.toString()) > 0;
  }

  /// Ends the reading; the map stays open.
  @Override
  public void close() {
    consumer.close();
    producer.close();
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
