package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/// The memory of a ring buffer (Documentation/bpf/ringbuf.rst): a page with the reader's position,
/// one with the writers', and the records twice, so that none is in two pieces. Positions count
/// bytes since the beginning and are never taken back.
public final class BpfRingbuf {
  /// The number of the page with the writers' position, which can only be read.
  public static final int PRODUCER_PAGE = 1;

  /// What each of the two pages begins with (`kernel/bpf/ringbuf.c`).
  private static final StructLayout PAGE = structLayout(JAVA_LONG.withName("position"));

  private static final long POSITION = Offsets.of(PAGE, "position");
  private static final VarHandle LONG = JAVA_LONG.varHandle();
  private static final VarHandle INT = JAVA_INT.varHandle();

  private BpfRingbuf() {}

  /// Where the reader is. Only the reader changes it.
  public static long consumer(MemorySegment consumerPage) {
    return consumerPage.get(JAVA_LONG, POSITION);
  }

  /// Gives the bytes before `position` back. The kernel loads it with acquire, so it does not
  /// overwrite what is still being read (`__bpf_ringbuf_reserve` of `kernel/bpf/ringbuf.c`).
  public static void consumerRelease(MemorySegment consumerPage, long position) {
    LONG.setRelease(consumerPage, POSITION, position);
  }

  /// How far records have been reserved. The kernel stores it with release, after their headers.
  public static long producerAcquire(MemorySegment producerPage) {
    return (long) LONG.getAcquire(producerPage, POSITION);
  }

  /// The first word of a record's header: its length with [Bpf#BPF_RINGBUF_BUSY_BIT] and
  /// [Bpf#BPF_RINGBUF_DISCARD_BIT]. The kernel takes the first of them away after it has written
  /// the record.
  public static int headerAcquire(MemorySegment records, long offset) {
    return (int) INT.getAcquire(records, offset);
  }
}
