package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.MemoryLayout.unionLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// The member `link_create` of `union bpf_attr` (`linux/bpf.h`), as far as a link to an interface
/// needs it (since Linux 5.9).
@CHeader(
    value = "linux/bpf.h",
    type = "__typeof__(((union bpf_attr *) 0)->link_create)",
    isBeginning = true)
public final class BpfLinkAttr {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("prog_fd"),
          unionLayout(JAVA_INT.withName("target_fd"), JAVA_INT.withName("target_ifindex")),
          JAVA_INT.withName("attach_type"),
          JAVA_INT.withName("flags"));
  private static final long PROG_FD = Offsets.of(LAYOUT, "prog_fd");
  private static final long TARGET_IFINDEX = Offsets.of(LAYOUT, "target_ifindex");
  private static final long ATTACH_TYPE = Offsets.of(LAYOUT, "attach_type");
  private static final long FLAGS = Offsets.of(LAYOUT, "flags");

  private BpfLinkAttr() {}

  /// `BPF_LINK_CREATE` of an XDP program.
  ///
  /// @param flags the mode, such as [Bpf#XDP_FLAGS_DRV_MODE]
  public static MemorySegment createXdp(Arena arena, int program, int interfaceIndex, int flags) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, PROG_FD, program);
    attributes.set(JAVA_INT, TARGET_IFINDEX, interfaceIndex);
    attributes.set(JAVA_INT, ATTACH_TYPE, Bpf.BPF_XDP);
    attributes.set(JAVA_INT, FLAGS, flags);
    return attributes;
  }
}
