package io.ringtap.linux.abi.xdp;

import io.ringtap.linux.abi.CHeader;

/// Options and flags of AF_XDP sockets.
@CHeader("linux/if_xdp.h")
public final class IfXdp {
  public static final int XDP_MMAP_OFFSETS = 1;
  public static final int XDP_RX_RING = 2;
  public static final int XDP_TX_RING = 3;
  public static final int XDP_UMEM_REG = 4;
  public static final int XDP_UMEM_FILL_RING = 5;
  public static final int XDP_UMEM_COMPLETION_RING = 6;
  public static final int XDP_STATISTICS = 7;
  public static final int XDP_OPTIONS = 8;

  /// Frames are copied to the UMEM.
  public static final int XDP_COPY = 1 << 1;

  /// The network card itself reads and writes the UMEM.
  public static final int XDP_ZEROCOPY = 1 << 2;

  /// The kernel says when it needs to be woken ([#XDP_RING_NEED_WAKEUP]).
  public static final int XDP_USE_NEED_WAKEUP = 1 << 3;

  /// In the flags of a ring: the kernel does not look at the ring until it is woken.
  public static final int XDP_RING_NEED_WAKEUP = 1;

  public static final long XDP_PGOFF_RX_RING = 0;
  public static final long XDP_PGOFF_TX_RING = 0x8000_0000L;
  public static final long XDP_UMEM_PGOFF_FILL_RING = 0x1_0000_0000L;
  public static final long XDP_UMEM_PGOFF_COMPLETION_RING = 0x1_8000_0000L;

  private IfXdp() {}
}
