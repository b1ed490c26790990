package io.ringtap.linux.abi.socket;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct sock_extended_err` (`linux/errqueue.h`, `ip(7)` under IP_RECVERR). The address of the
/// host that reported the error follows it.
@CHeader(
    value = {"time.h", "linux/errqueue.h"},
    type = "struct sock_extended_err")
public final class SockExtendedErr {
  public static final StructLayout LAYOUT =
      structLayout(
          JAVA_INT.withName("ee_errno"),
          JAVA_BYTE.withName("ee_origin"),
          JAVA_BYTE.withName("ee_type"),
          JAVA_BYTE.withName("ee_code"),
          JAVA_BYTE.withName("ee_pad"),
          JAVA_INT.withName("ee_info"),
          JAVA_INT.withName("ee_data"));
  public static final int SO_EE_ORIGIN_LOCAL = 1;
  public static final int SO_EE_ORIGIN_ICMP = 2;
  public static final int SO_EE_ORIGIN_ICMP6 = 3;
  public static final int SO_EE_ORIGIN_TIMESTAMPING = 4;

  private static final long EE_ERRNO = Offsets.of(LAYOUT, "ee_errno");
  private static final long EE_ORIGIN = Offsets.of(LAYOUT, "ee_origin");
  private static final long EE_TYPE = Offsets.of(LAYOUT, "ee_type");
  private static final long EE_CODE = Offsets.of(LAYOUT, "ee_code");
  private static final long EE_INFO = Offsets.of(LAYOUT, "ee_info");

  private SockExtendedErr() {}

  public static int errno(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + EE_ERRNO);
  }

  public static int origin(MemorySegment memory, long offset) {
    return memory.get(JAVA_BYTE, offset + EE_ORIGIN);
  }

  /// The ICMP type.
  public static int type(MemorySegment memory, long offset) {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset + EE_TYPE));
  }

  /// The ICMP code.
  public static int code(MemorySegment memory, long offset) {
    return Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset + EE_CODE));
  }

  /// More about the error: the MTU, of one that reports one.
  public static int info(MemorySegment memory, long offset) {
    return memory.get(JAVA_INT, offset + EE_INFO);
  }

  /// The offset of the socket address of the reporting host (`SO_EE_OFFENDER`).
  public static long offender(long offset) {
    return offset + LAYOUT.byteSize();
  }
}
