package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct bpf_prog_info` (`linux/bpf.h`), up to the program's name.
@CHeader(value = "linux/bpf.h", type = "struct bpf_prog_info", isBeginning = true)
public final class BpfProgInfo {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("type"),
          JAVA_INT.withName("id"),
          sequenceLayout(8, JAVA_BYTE).withName("tag"),
          JAVA_INT.withName("jited_prog_len"),
          JAVA_INT.withName("xlated_prog_len"),
          JAVA_LONG.withName("jited_prog_insns"),
          JAVA_LONG.withName("xlated_prog_insns"),
          JAVA_LONG.withName("load_time"),
          JAVA_INT.withName("created_by_uid"),
          JAVA_INT.withName("nr_map_ids"),
          JAVA_LONG.withName("map_ids"),
          sequenceLayout(16, JAVA_BYTE).withName("name"));
  private static final long ID = Offsets.of(LAYOUT, "id");
  private static final long NAME = Offsets.of(LAYOUT, "name");

  private BpfProgInfo() {}

  /// The number under which the kernel lists the program.
  public static int id(MemorySegment info) {
    return info.get(JAVA_INT, ID);
  }

  /// The name that its loader gave it; may be empty.
  public static String name(MemorySegment info) {
    return info.getString(NAME);
  }
}
