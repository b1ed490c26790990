package io.ringtap.linux.abi.socket;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// What `SO_MEMINFO` returns, an array of 32-bit numbers (`linux/sock_diag.h`).
@CHeader("linux/sock_diag.h")
public final class SockDiag {
  public static final int SK_MEMINFO_DROPS = 8;
  public static final int SK_MEMINFO_VARS = 9;

  private SockDiag() {}

  /// Room for all of them.
  public static MemorySegment allocate(Arena arena) {
    return arena.allocate(JAVA_INT, SK_MEMINFO_VARS);
  }

  /// Packets that the socket has dropped, modulo 2³².
  public static int drops(MemorySegment meminfo) {
    return meminfo.getAtIndex(JAVA_INT, SK_MEMINFO_DROPS);
  }
}
