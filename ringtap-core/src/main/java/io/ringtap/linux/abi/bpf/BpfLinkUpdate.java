package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// The member `link_update` of `union bpf_attr` (`linux/bpf.h`).
@CHeader(
    value = "linux/bpf.h",
    type = "__typeof__(((union bpf_attr *) 0)->link_update)",
    isBeginning = true)
public final class BpfLinkUpdate {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("link_fd"),
          JAVA_INT.withName("new_prog_fd"),
          JAVA_INT.withName("flags"));
  private static final long LINK_FD = Offsets.of(LAYOUT, "link_fd");
  private static final long NEW_PROG_FD = Offsets.of(LAYOUT, "new_prog_fd");

  private BpfLinkUpdate() {}

  /// `BPF_LINK_UPDATE`: the link runs another program from now on.
  public static MemorySegment allocate(Arena arena, int link, int program) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, LINK_FD, link);
    attributes.set(JAVA_INT, NEW_PROG_FD, program);
    return attributes;
  }
}
