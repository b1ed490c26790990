package io.ringtap.linux.abi.perf;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.MemoryLayout.unionLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct perf_event_attr` (`linux/perf_event.h`) as of Linux 4.1: what an event counts and
/// records.
@CHeader(value = "linux/perf_event.h", type = "struct perf_event_attr", isBeginning = true)
public final class PerfEventAttr {
  // The bits of the word after read_format, as a little-endian machine numbers bit fields.
  private static final long DISABLED = 1L;
  private static final long COMM = 1L << 9;
  private static final long MMAP2 = 1L << 23;
  private static final long KSYMBOL = 1L << 29;

  /// With the bit `mmap`, without which there are no records of mappings.
  private static final long MMAP = 1L << 8;

  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("type"),
          JAVA_INT.withName("size"),
          JAVA_LONG.withName("config"),
          unionLayout(JAVA_LONG.withName("sample_period"), JAVA_LONG.withName("sample_freq")),
          JAVA_LONG.withName("sample_type"),
          JAVA_LONG.withName("read_format"),
          JAVA_LONG, // bit fields have no address
          unionLayout(JAVA_INT.withName("wakeup_events"), JAVA_INT.withName("wakeup_watermark")),
          JAVA_INT.withName("bp_type"),
          JAVA_LONG.withName("bp_addr"),
          JAVA_LONG.withName("bp_len"),
          JAVA_LONG.withName("branch_sample_type"),
          JAVA_LONG.withName("sample_regs_user"),
          JAVA_INT.withName("sample_stack_user"),
          JAVA_INT.withName("clockid"),
          JAVA_LONG.withName("sample_regs_intr"),
          JAVA_INT.withName("aux_watermark"),
          JAVA_SHORT.withName("sample_max_stack"),
          JAVA_SHORT.withName("__reserved_2"));
  private static final long TYPE = Offsets.of(LAYOUT, "type");
  private static final long SIZE = Offsets.of(LAYOUT, "size");
  private static final long CONFIG = Offsets.of(LAYOUT, "config");
  private static final long SAMPLE_PERIOD = Offsets.of(LAYOUT, "sample_period");
  private static final long SAMPLE_TYPE = Offsets.of(LAYOUT, "sample_type");
  private static final long FLAGS = Offsets.of(LAYOUT, "read_format") + JAVA_LONG.byteSize();

  private PerfEventAttr() {}

  /// Samples of [PerfEvent#PERF_COUNT_SW_CPU_CLOCK], not yet enabled, with thread and call chain;
  /// and records of names, mappings of code, and functions of the kernel that come and go.
  ///
  /// @param periodNanos between two samples of a CPU
  public static MemorySegment cpuClock(Arena arena, long periodNanos) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, TYPE, PerfEvent.PERF_TYPE_SOFTWARE);
    attributes.set(JAVA_INT, SIZE, (int) LAYOUT.byteSize());
    attributes.set(JAVA_LONG, CONFIG, PerfEvent.PERF_COUNT_SW_CPU_CLOCK);
    attributes.set(JAVA_LONG, SAMPLE_PERIOD, periodNanos);
    attributes.set(
        JAVA_LONG, SAMPLE_TYPE, PerfEvent.PERF_SAMPLE_TID | PerfEvent.PERF_SAMPLE_CALLCHAIN);
    attributes.set(JAVA_LONG, FLAGS, DISABLED | COMM | MMAP | MMAP2 | KSYMBOL);
    return attributes;
  }
}
