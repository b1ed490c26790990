package io.ringtap.linux.abi.bpf;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct sock_filter` (`linux/filter.h`): one instruction of a classic BPF program.
@CHeader(value = "linux/filter.h", type = "struct sock_filter")
public final class SockFilter {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_SHORT.withName("code"),
          JAVA_BYTE.withName("jt"),
          JAVA_BYTE.withName("jf"),
          JAVA_INT.withName("k"));
  public static final long BYTES = LAYOUT.byteSize();
  private static final long CODE = Offsets.of(LAYOUT, "code");
  private static final long JT = Offsets.of(LAYOUT, "jt");
  private static final long JF = Offsets.of(LAYOUT, "jf");
  private static final long K = Offsets.of(LAYOUT, "k");

  private SockFilter() {}

  /// Writes an instruction.
  public static void write(MemorySegment memory, long offset, int code, int jt, int jf, int k) {
    memory.set(JAVA_SHORT, offset + CODE, (short) code);
    memory.set(JAVA_BYTE, offset + JT, (byte) jt);
    memory.set(JAVA_BYTE, offset + JF, (byte) jf);
    memory.set(JAVA_INT, offset + K, k);
  }
}
