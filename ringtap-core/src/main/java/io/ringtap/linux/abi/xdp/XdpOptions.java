package io.ringtap.linux.abi.xdp;

import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.ringtap.linux.abi.CHeader;
import io.ringtap.linux.abi.Offsets;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/// `struct xdp_options` (`linux/if_xdp.h`): how a bound socket works.
@CHeader(value = "linux/if_xdp.h", type = "struct xdp_options")
public final class XdpOptions {
  public static final StructLayout LAYOUT = structLayout(JAVA_INT.withName("flags"));
  private static final long FLAGS = Offsets.of(LAYOUT, "flags");

  /// `XDP_OPTIONS_ZEROCOPY`
  private static final int ZEROCOPY = 1;

  private XdpOptions() {}

  /// Whether the network card itself reads and writes the UMEM.
  public static boolean isZeroCopy(MemorySegment options) {
    return (options.get(JAVA_INT, FLAGS) & ZEROCOPY) != 0;
  }
}
