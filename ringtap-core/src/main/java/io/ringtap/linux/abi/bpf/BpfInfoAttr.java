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

/// The member `info` of `union bpf_attr` (`linux/bpf.h`), for `BPF_OBJ_GET_INFO_BY_FD`.
@CHeader(value = "linux/bpf.h", type = "__typeof__(((union bpf_attr *) 0)->info)")
public final class BpfInfoAttr {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("bpf_fd"), JAVA_INT.withName("info_len"), JAVA_LONG.withName("info"));
  private static final long BPF_FD = Offsets.of(LAYOUT, "bpf_fd");
  private static final long INFO_LEN = Offsets.of(LAYOUT, "info_len");
  private static final long INFO = Offsets.of(LAYOUT, "info");

  private BpfInfoAttr() {}

  /// Asks for what is known of a program, map or link.
  ///
  /// @param info memory for the answer, such as a [BpfProgInfo]
  public static MemorySegment allocate(Arena arena, int descriptor, MemorySegment info) {
    MemorySegment attributes = arena.allocate(LAYOUT);
    attributes.set(JAVA_INT, BPF_FD, descriptor);
    attributes.set(JAVA_INT, INFO_LEN, (int) info.byteSize());
    attributes.set(JAVA_LONG, INFO, Pointer.of(info));
    return attributes;
  }
}
