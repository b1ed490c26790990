package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import io.ringtap.linux.abi.Pointer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// The member `raw_tracepoint` of `union bpf_attr` (`linux/bpf.h`).
@CHeader(
    value = "linux/bpf.h",
    type = "__typeof__(((union bpf_attr *) 0)->raw_tracepoint)",
    isBeginning = true)
public final class BpfRawTracepointAttr {
  public static final StructLayout LAYOUT =
      structLayout(JAVA_LONG.withName("name"), JAVA_INT.withName("prog_fd"));
  private static final long NAME = Offsets.of(LAYOUT, "name");
  private static final long PROG_FD = Offsets.of(LAYOUT, "prog_fd");

  private BpfRawTracepointAttr() {}

  /// `BPF_RAW_TRACEPOINT_OPEN`: the program runs whenever the kernel passes the tracepoint.
  ///
  /// @param name such as `sys_enter`
  public static MemorySegment open(Arena arena, String name, int program) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_LONG, NAME, Pointer.of(arena.allocateFrom(name)));
    attributes.set(JAVA_INT, PROG_FD, program);
    return attributes;
  }
}
