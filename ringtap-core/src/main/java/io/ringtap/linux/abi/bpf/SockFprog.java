package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct sock_fprog` (`linux/filter.h`): a classic BPF program for `SO_ATTACH_FILTER`.
@CHeader(value = "linux/filter.h", type = "struct sock_fprog")
public final class SockFprog {
  public static final StructLayout LAYOUT =
      structLayout(JAVA_SHORT.withName("len"), paddingLayout(6), ADDRESS.withName("filter"));
  private static final long LEN = Offsets.of(LAYOUT, "len");
  private static final long FILTER = Offsets.of(LAYOUT, "filter");

  private SockFprog() {}

  /// A program of `instructions`.
  ///
  /// @param instructions an array of [SockFilter], alive as long as `arena`
  public static MemorySegment allocate(Arena arena, MemorySegment instructions) {
    MemorySegment program = arena.allocate(LAYOUT);
    program.set(JAVA_SHORT, LEN, (short) (instructions.byteSize() / SockFilter.BYTES));
    program.set(ADDRESS, FILTER, instructions);
    return program;
  }
}
