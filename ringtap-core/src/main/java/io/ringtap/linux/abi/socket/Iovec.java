package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct iovec` (`sys/uio.h`).
@CHeader(value = "sys/uio.h", type = "struct iovec")
public final class Iovec {
  public static final StructLayout LAYOUT =
      structLayout(ADDRESS.withName("iov_base"), JAVA_LONG.withName("iov_len"));
  private static final long IOV_BASE = Offsets.of(LAYOUT, "iov_base");
  private static final long IOV_LEN = Offsets.of(LAYOUT, "iov_len");

  private Iovec() {}

  /// Points the vector at `bytes` bytes from the beginning of `buffer`.
  public static void set(MemorySegment memory, long offset, MemorySegment buffer, long bytes) {
    memory.set(ADDRESS, offset + IOV_BASE, buffer);
    length(memory, offset, bytes);
  }

  /// Changes only the length.
  public static void length(MemorySegment memory, long offset, long bytes) {
    memory.set(JAVA_LONG, offset + IOV_LEN, bytes);
  }
}
