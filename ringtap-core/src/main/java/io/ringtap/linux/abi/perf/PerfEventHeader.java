package io.ringtap.linux.abi.perf;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct perf_event_header` (`linux/perf_event.h`), with which each record begins.
@CHeader(value = "linux/perf_event.h", type = "struct perf_event_header")
public final class PerfEventHeader {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("type"), JAVA_SHORT.withName("misc"), JAVA_SHORT.withName("size"));
  private static final long TYPE = Offsets.of(LAYOUT, "type");
  private static final long SIZE = Offsets.of(LAYOUT, "size");

  private PerfEventHeader() {}

  /// Such as [PerfEvent#PERF_RECORD_SAMPLE].
  public static int type(MemorySegment records, long at) {
    return records.get(JAVA_INT, at + TYPE);
  }

  /// Bytes of the record with this header, a multiple of 8.
  public static int bytes(MemorySegment records, long at) {
    return Short.toUnsignedInt(records.get(JAVA_SHORT, at + SIZE));
  }
}
