package io.ringtap.linux.abi.perf;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.VarHandle;

/// `struct perf_event_mmap_page` (`linux/perf_event.h`), the first page of an event's mapping.
/// Positions count bytes since the beginning; the ring begins on the next page.
@CHeader(value = "linux/perf_event.h", type = "struct perf_event_mmap_page", isBeginning = true)
public final class PerfEventMmapPage {
  private static final long BEFORE_POSITIONS = 1024;

  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("version"),
          JAVA_INT.withName("compat_version"),
          paddingLayout(BEFORE_POSITIONS - 2 * JAVA_INT.byteSize()),
          JAVA_LONG.withName("data_head"),
          JAVA_LONG.withName("data_tail"));
  private static final long DATA_HEAD = Offsets.of(LAYOUT, "data_head");
  private static final long DATA_TAIL = Offsets.of(LAYOUT, "data_tail");
  private static final VarHandle POSITION = JAVA_LONG.varHandle();

  private PerfEventMmapPage() {}

  /// How far the kernel has written. It stores this after the records (`perf_output_put_handle` of
  /// kernel/events/ring_buffer.c).
  public static long headAcquire(MemorySegment page) {
    return (long) POSITION.getAcquire(page, DATA_HEAD);
  }

  /// How far the reader has read. Only the reader changes it.
  public static long tail(MemorySegment page) {
    return page.get(JAVA_LONG, DATA_TAIL);
  }

  /// Gives the bytes before `position` back, once they have been read.
  public static void tailRelease(MemorySegment page, long position) {
    POSITION.setRelease(page, DATA_TAIL, position);
  }
}
