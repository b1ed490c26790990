package io.ringtap.linux.abi.perf;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CText;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// The records of a [PerfEventAttr#cpuClock] event. C has no structs for them: `enum
/// perf_event_type` of `linux/perf_event.h` describes them in comments, and `perf_event_open(2)`
/// does. What follows the last member, text or addresses, fills the rest of the record.
public final class PerfRecord {
  private static final StructLayout SAMPLE =
      structLayout(
          PerfEventHeader.LAYOUT.withName("header"),
          JAVA_INT.withName("pid"),
          JAVA_INT.withName("tid"),
          JAVA_LONG.withName("nr"));
  private static final StructLayout LOST =
      structLayout(
          PerfEventHeader.LAYOUT.withName("header"),
          JAVA_LONG.withName("id"),
          JAVA_LONG.withName("lost"));
  private static final StructLayout COMM =
      structLayout(
          PerfEventHeader.LAYOUT.withName("header"),
          JAVA_INT.withName("pid"),
          JAVA_INT.withName("tid"));
  private static final StructLayout MMAP2 =
      structLayout(
          PerfEventHeader.LAYOUT.withName("header"),
          JAVA_INT.withName("pid"),
          JAVA_INT.withName("tid"),
          JAVA_LONG.withName("addr"),
          JAVA_LONG.withName("len"),
          JAVA_LONG.withName("pgoff"),
          paddingLayout(24), // device and inode, or a build id
          JAVA_INT.withName("prot"),
          JAVA_INT.withName("flags"));
  private static final StructLayout KSYMBOL =
      structLayout(
          PerfEventHeader.LAYOUT.withName("header"),
          JAVA_LONG.withName("addr"),
          JAVA_INT.withName("len"),
          JAVA_SHORT.withName("ksym_type"),
          JAVA_SHORT.withName("flags"));
  private static final long PID = Offsets.of(SAMPLE, "pid"); // of all that have one
  private static final long TID = Offsets.of(SAMPLE, "tid");
  private static final long NR = Offsets.of(SAMPLE, "nr");
  private static final long LOST_COUNT = Offsets.of(LOST, "lost");
  private static final long ADDR = Offsets.of(MMAP2, "addr");
  private static final long LEN = Offsets.of(MMAP2, "len");
  private static final long PGOFF = Offsets.of(MMAP2, "pgoff");
  private static final long KSYMBOL_ADDR = Offsets.of(KSYMBOL, "addr");
  private static final long KSYMBOL_LEN = Offsets.of(KSYMBOL, "len");
  private static final long KSYMBOL_FLAGS = Offsets.of(KSYMBOL, "flags");

  private PerfRecord() {}

  /// The process of a sample, of a name or of a mapping.
  public static int pid(MemorySegment records, long at) {
    return records.get(JAVA_INT, at + PID);
  }

  /// The thread of a sample or of a name.
  public static int tid(MemorySegment records, long at) {
    return records.get(JAVA_INT, at + TID);
  }

  /// A sample's call chain, from the function that ran outwards, with marks such as
  /// [PerfEvent#PERF_CONTEXT_USER] between.
  public static long[] callChain(MemorySegment records, long at) {
    long length = records.get(JAVA_LONG, at + NR);
    return records.asSlice(at + SAMPLE.byteSize(), length * Long.BYTES).toArray(JAVA_LONG);
  }

  /// How many records a `PERF_RECORD_LOST` stands for, for which the ring had no room.
  public static long lost(MemorySegment records, long at) {
    return records.get(JAVA_LONG, at + LOST_COUNT);
  }

  /// The new name of a thread.
  public static String comm(MemorySegment records, long at) {
    return text(records, at, COMM);
  }

  /// Where a mapping begins.
  public static long address(MemorySegment records, long at) {
    return records.get(JAVA_LONG, at + ADDR);
  }

  /// Bytes of a mapping.
  public static long length(MemorySegment records, long at) {
    return records.get(JAVA_LONG, at + LEN);
  }

  /// Where in its file a mapping begins, in bytes.
  public static long fileOffset(MemorySegment records, long at) {
    return records.get(JAVA_LONG, at + PGOFF);
  }

  /// The file of a mapping, or what `/proc/PID/maps` would say, such as `[vdso]`; `//anon` for
  /// memory without a file.
  public static String fileName(MemorySegment records, long at) {
    return text(records, at, MMAP2);
  }

  /// Where a function of the kernel begins.
  public static long symbolAddress(MemorySegment records, long at) {
    return records.get(JAVA_LONG, at + KSYMBOL_ADDR);
  }

  /// Bytes of a function of the kernel.
  public static long symbolLength(MemorySegment records, long at) {
    return Integer.toUnsignedLong(records.get(JAVA_INT, at + KSYMBOL_LEN));
  }

  /// Whether a function of the kernel has gone, not come.
  public static boolean isSymbolGone(MemorySegment records, long at) {
    short flags = records.get(JAVA_SHORT, at + KSYMBOL_FLAGS);
    return (flags & PerfEvent.PERF_RECORD_KSYMBOL_FLAGS_UNREGISTER) != 0;
  }

  /// The name of a function of the kernel.
  public static String symbolName(MemorySegment records, long at) {
    return text(records, at, KSYMBOL);
  }

  private static String text(MemorySegment records, long at, StructLayout before) {
    return CText.read(
        records, at + before.byteSize(), PerfEventHeader.bytes(records, at) - before.byteSize());
  }
}
